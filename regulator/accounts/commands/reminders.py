"""How somebody wants to be told of what falls due on their cases."""

from __future__ import annotations

from regulator import ledger
from regulator.accounts.models import Person
from regulator.actors import Actor
from regulator.db import db
from regulator.errors import Invalid

DAILY, AT_ONCE = "daily", "at_once"
SAID = {DAILY: "once a day", AT_ONCE: "at once"}


def choose_reminders(how: str, *, by: Actor) -> None:
    """Somebody is told at once, or once a day, of what is no duty in law; the rest always comes at once.

    Raises: Invalid for anything else
    """
    if how not in SAID:
        raise Invalid("Choose how you want to be told.", "how")
    with ledger.change("choose_reminders", by=by, streams=[f"person:{by.person_id}"]) as intent:
        person = db.session.get_one(Person, by.person_id)
        person.reminders = DAILY if how == DAILY else None
        intent.data["how"] = how
        intent.tell("internal", f"{by.name} chose to be told {SAID[how]} of what falls due.")
