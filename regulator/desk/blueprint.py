"""Where the pages of this room are added, and for whom they are."""

from __future__ import annotations

from flask import Blueprint

from regulator.access import BODY

views = Blueprint("desk", __name__)
OUTSIDE_BODIES = (*BODY, "oversight_contact")
MANAGERS = ("contact", "approving_officer")
