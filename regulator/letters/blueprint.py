"""The blueprint of the letters’ pages."""

from flask import Blueprint

views = Blueprint("letters", __name__)
