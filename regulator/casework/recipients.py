"""Who a letter goes to, and the words that are theirs alone."""

from __future__ import annotations

from flask import current_app

from config import Config
from regulator.casework import sight, wishes
from regulator.casework.facts import Facts
from regulator.casework.merging import Reader
from regulator.casework.models import Participant, Party
from regulator.casework.taking import Taking
from regulator.letters import commands as letters
from regulator.letters.commands import Recipient

PAGES = {
    "complainant": "/complaint",
    "body": "/body/cases/{}",
    "oversight": "/body/cases/{}",
    "staff": "/cases/{}",
}


def of(taking: Taking, to: str) -> list[Recipient]:
    """The recipients of a letter to the complainant, the body, those who oversee it or the managers.

    A letter to a body, or to its overseer, goes only to those that see the case, and only to the one concerned.
    Raises: LookupError for a side that nobody knows how to write to
    """
    known = taking.facts
    match to:
        case "body" | "oversight":
            return [_of_body(known, party, to) for party in sight.seeing(known, to, taking.concerned)]
        case "manager":
            return [Recipient("staff", "The managers on duty", letters.holders_of("manager"), None, None)]
        case "complainant":
            return [_of_person(who) for who in known.participants if who.left_on is None]
    raise LookupError(f"nobody is written to as “{to}”")


def _of_body(known: Facts, party: Party, side: str) -> Recipient:
    return Recipient(
        side=side,
        name=known.names[party.body_id],
        address=letters.contacts_of(party.body_id),
        party_id=party.id,
        participant_id=None,
    )


def _of_person(who: Participant) -> Recipient:
    wish = wishes.of(who)
    return Recipient(
        side="complainant",
        name=who.name or "complainant",
        address=wish.email,
        party_id=None,
        participant_id=who.id,
        follows_page=wish.reads_page,
        postal=wish.postal,
        is_discreet=wish.is_discreet,
        language=wish.language,
        no_post=wish.no_post,
    )


def reader_of(known: Facts, recipient: Recipient) -> Reader:
    """What a recipient may know of the case: a body its own part, its overseer those of the bodies it oversees."""
    party = next((one for one in known.parties if one.id == recipient.party_id), None)
    if party is None:
        return Reader(recipient.side)
    theirs = known.overseen_by(party) if recipient.side == "oversight" else [party]
    return Reader(recipient.side, frozenset(one.id for one in theirs), is_one=True)


def words_for(known: Facts, recipient: Recipient) -> dict[str, str]:
    """Who writes, to whom, and where this reader can follow the case."""
    config: Config = current_app.extensions["regulator"]
    page = PAGES[recipient.side].format(known.case.reference)
    return {
        "regulator": config.regulator_name,
        "contact": config.mail_from,
        "recipient": recipient.name,
        "page": f"{config.public_url}{page}",
        "complainant": name_for(known, recipient.side),
    }


def name_for(known: Facts, side: str) -> str:
    """What a side may call the complainant: bodies read the name only with consent."""
    who = known.complainant
    if who is None or not who.name or (side in ("body", "oversight") and not who.shares_identity):
        return "the complainant"
    return who.name
