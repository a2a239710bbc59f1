"""Who a letter goes to, and the words that are theirs alone."""

from __future__ import annotations

from flask import current_app

from config import Config
from regulator.casework.facts import Facts
from regulator.casework.models import Participant, Party
from regulator.casework.taking import Taking
from regulator.letters import commands as letters
from regulator.letters.commands import Recipient

PAGES = {"complainant": "/complaint", "body": "/body/cases/{}", "staff": "/cases/{}"}


def of(taking: Taking, to: str) -> list[Recipient]:
    """The recipients of a letter to the complainant, the body or the managers.

    A letter to a body goes only to those that see the case, and only to the one the step concerns.
    """
    if to == "body":
        ours = taking.intent.party_id
        told = [p for p in taking.facts.parties if p.sees and p.capacity == "subject"]
        return [_of_body(taking.facts, party) for party in told if ours in (None, party.id)]
    if to == "manager":
        return [Recipient("staff", "The managers on duty", letters.holders_of("manager"), None, None)]
    return [_of_person(who) for who in taking.facts.participants if who.left_on is None]


def _of_body(known: Facts, party: Party) -> Recipient:
    return Recipient(
        side="body",
        name=known.names[party.body_id],
        address=letters.contacts_of(party.body_id),
        party_id=party.id,
        participant_id=None,
    )


def _of_person(who: Participant) -> Recipient:
    return Recipient(
        side="complainant",
        name=who.name or "complainant",
        address=who.email if who.contact_by == "email" else None,
        party_id=None,
        participant_id=who.id,
        follows_page=who.contact_by == "page",
    )


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
    """What a side may call the complainant: the body reads the name only with consent."""
    who = known.complainant
    if who is None or not who.name or (side == "body" and not who.shares_identity):
        return "the complainant"
    return who.name
