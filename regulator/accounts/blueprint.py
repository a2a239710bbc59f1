"""The pages of accounts, gathered under one name."""

from flask import Blueprint

from regulator.access import BODY, REGULATOR

views = Blueprint("accounts", __name__)
PEOPLE = (*REGULATOR, "administrator", *BODY, "oversight_contact", "body_administrator")
"""Everyone who signs in."""
