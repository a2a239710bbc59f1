"""What of a case is public, as it was published, and what was put right since: of every kind of case."""

from __future__ import annotations

from collections.abc import Mapping

from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.db import db
from regulator.errors import NotNow
from regulator.findings.facts import publications
from regulator.findings.models import Publication
from regulator.findings.reporting import count_from, hand_over, still_to_do

WHAT: Mapping[str, str] = {"audit": "summary", "inspection": "report"}
"""What is published of each kind of case; of enforcement, the instrument."""


@effect
def publish(taking: Taking) -> None:
    """Make the words public; what is withheld, and on what ground, stays inside with the entry."""
    kind = taking.facts.kind.name
    _add(taking, WHAT.get(kind) or _instrument(taking))


def _instrument(taking: Taking) -> str:
    """What was served, which the entry repeats."""
    told = [event.data["instrument"] for event in taking.facts.told if event.data.get("instrument")]
    taking.intent.data["instrument"] = told[-1]
    return str(told[-1])


def _add(taking: Taking, what: str, correction: str | None = None) -> None:
    db.session.add(
        Publication(
            case_id=taking.case_id,
            number=1 + len(publications(taking.facts)),
            what=what,
            words="\n\n".join(str(line).strip() for line in taking.data["public_words"]),
            published_on=taking.on,
            correction=correction,
        )
    )


@effect
def publish_report(taking: Taking) -> None:
    """Publish the report of an inspection: its recommendations have their dates from now on, and comments are due."""
    publish(taking)
    hand_over(taking)
    count_from(taking, still_to_do(taking), taking.facts.subjects)


@effect
def correct_publication(taking: Taking) -> None:
    """Put right words in the place of what is public, and say what was wrong; the old words are kept inside."""
    before = publications(taking.facts)
    if not before:
        raise NotNow("Nothing of this case is published yet.")
    _add(taking, before[-1].what, str(taking.data["correction"]))
    before[-1].replaced, before[-1].words = before[-1].words, ""
