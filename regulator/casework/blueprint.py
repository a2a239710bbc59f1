"""The staff’s pages of cases, gathered under one name."""

from flask import Blueprint

views = Blueprint("casework", __name__)
