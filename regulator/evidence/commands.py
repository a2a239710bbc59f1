"""What a body’s people do among themselves about a case: notes, items sent back or chased. The regulator is told of none.

Each leaves its entry on the case, told to the body alone. No rule of an edition says who may: it is the body’s own affair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa

from regulator import ledger, moments
from regulator.accounts import mail
from regulator.accounts.models import Person
from regulator.actors import Actor, Side
from regulator.casework.models import Party
from regulator.casework.queries import CaseRow
from regulator.db import db
from regulator.errors import Invalid, NotNow, Refused
from regulator.evidence.facts import handed_to
from regulator.evidence.models import EvidenceItem, EvidenceRequest
from regulator.evidence.own_models import BodyNote, BodyTeamMember

MANAGES = ("contact", "approving_officer")
WORKS = (*MANAGES, "contributor")
CHASED_SUBJECT = "An answer is waited for: case {case}"
CHASED_WORDS = """Hello {name}

{by} asks how far you are with item {number} of case {case}{due}.

You find it here, and can save what you have so far:

{link}
"""
BACK_SUBJECT = "Sent back to you: case {case}"
BACK_WORDS = """Hello {name}

{by} read item {number} of case {case} before signing, and asks you to change something. What it is stands beside the item:

{link}
"""


def add_note(case: CaseRow, text: str, *, by: Actor, item: int | None = None) -> None:
    """Note something for one’s colleagues about a case, or one item of it.

    Raises: Refused for anyone but the body’s people, and for an item not handed to a contributor; Invalid with no words
    """
    if not text.strip():
        raise Invalid("Write the note", "words")
    with _inside("add_body_note", case, by) as (intent, party):
        found = _item(case, item, party, by) if item else None
        if found is None and not by.holds(*MANAGES):
            raise Refused("Choose the item that your note is about.")
        db.session.add(
            BodyNote(
                case_id=case.id,
                party_id=party.id,
                item_id=found.id if found else None,
                by_id=by.person_id or 0,
                words=text.strip(),
                written_at=intent.present,
            )
        )
        about = f" about item {found.number}" if found else ""
        intent.tell("body_only", f"{by.name} added a note{about}")


def send_back(case: CaseRow, item: int, text: str, *, by: Actor, link: str) -> None:
    """Send one item back to whoever answered it, with a word on what is to change; it then waits for an answer again.

    link: the page of the case, for the letter to that colleague
    Raises: Refused for anyone but the approving officer; NotNow once the response is submitted; Invalid with no word
    """
    if not by.holds("approving_officer"):
        raise Refused("Only your approving officer sends an item back before signing.")
    if not text.strip():
        raise Invalid("Say what is to change, so that your colleague knows", "words")
    with _inside("send_item_back", case, by) as (intent, party):
        found = _open_item(case, item, party, by)
        found.sent_back, found.sent_back_version = text.strip(), found.version
        whom = _holders(found) or _people([found.answered_by_id])
        for person in whom:
            _write(person, BACK_SUBJECT, BACK_WORDS, by, case, found, link)
        intent.keys["item"] = found.id
        intent.tell("body_only", f"{by.name} sent item {found.number} back to {_named(whom)}")


def chase(case: CaseRow, item: int, *, by: Actor, link: str, due: str = "") -> str:
    """Remind whoever has an item of it, with a letter; once a day at most. Returns who was written to.

    Raises: Refused for anyone but contact and approving officer; NotNow where nobody has it, or it was chased today
    """
    if not by.holds(*MANAGES):
        raise Refused("Only your single point of contact or approving officer chases a colleague.")
    with _inside("chase_colleague", case, by) as (intent, party):
        found = _open_item(case, item, party, by)
        whom = _holders(found)
        if not whom:
            raise NotNow("Nobody has this item yet: hand it to somebody first.")
        if found.chased_on == moments.today():
            raise NotNow(f"{_named(whom)} was reminded of this item today already.")
        found.chased_on = moments.today()
        for person in whom:
            _write(person, CHASED_SUBJECT, CHASED_WORDS, by, case, found, link, due)
        intent.keys["item"] = found.id
        intent.tell("body_only", f"{by.name} reminded {_named(whom)} of item {found.number}")
        return _named(whom)


@contextmanager
def _inside(action: str, case: CaseRow, by: Actor) -> Iterator[tuple[ledger.Intent, Party]]:
    """A change on a case that the body’s own people alone are told of, with the body’s part in it."""
    if by.side is not Side.body or not by.holds(*WORKS):
        raise Refused("This is for the people of the organisation that the case concerns.")
    with ledger.change(action, by=by, streams=[f"case:{case.id}"]) as intent:
        asked = sa.select(Party).where(
            Party.case_id == case.id, Party.body_id == by.body_id, Party.capacity == "subject"
        )
        party = db.session.scalars(asked).one()
        intent.party_id = intent.keys["party"] = party.id
        yield intent, party


def _item(case: CaseRow, number: int, party: Party, by: Actor) -> EvidenceItem:
    asked = sa.select(EvidenceItem).where(EvidenceItem.case_id == case.id, EvidenceItem.id == number)
    found = db.session.scalars(asked).one_or_none()
    if found is None or found.party_id != party.id:
        raise Invalid("That item is not one of yours.", "item")
    if not by.holds(*MANAGES) and not handed_to([found], by.person_id or 0):
        raise Refused(f"Item {found.number} was not handed to you.")
    return found


def _open_item(case: CaseRow, number: int, party: Party, by: Actor) -> EvidenceItem:
    found = _item(case, number, party, by)
    request = db.session.get_one(EvidenceRequest, found.request_id)
    if request.submitted_on is not None:
        raise NotNow("The response was submitted already: the regulator has this item now.")
    return found


def _holders(item: EvidenceItem) -> list[Person]:
    if item.handed_to_team_id is None:
        return _people([item.handed_to_id])
    members = sa.select(BodyTeamMember.person_id).where(BodyTeamMember.team_id == item.handed_to_team_id)
    return _people(db.session.scalars(members).all())


def _people(numbers: Sequence[int | None]) -> list[Person]:
    asked = sa.select(Person).where(Person.id.in_([one for one in numbers if one])).order_by(Person.name)
    today = moments.today()
    return [one for one in db.session.scalars(asked) if one.left_on is None or one.left_on > today]


def _named(people: Sequence[Person]) -> str:
    names = [one.name for one in people]
    first, last = ", ".join(names[:-1]), names[-1] if names else "whoever answers it"
    return f"{first} and {last}" if first else last


def _write(  # noqa: PLR0917 - as a letter is headed: to whom, what, from whom, about what
    person: Person,
    subject: str,
    text: str,
    by: Actor,
    case: CaseRow,
    item: EvidenceItem,
    link: str,
    due: str = "",
) -> None:
    said = {"name": person.name, "by": by.name, "number": item.number, "case": case.reference, "link": link}
    mail.post(person.email, subject.format(**said), text.format(**said, due=due))
