"""How somebody asked to be written to: read here and nowhere else, by whatever was recorded of them."""

from __future__ import annotations

from dataclasses import dataclass

from regulator.casework.models import Participant
from regulator.db import db
from regulator.letters.commands import Address
from regulator.letters.commands.deciding import KEEPERS
from regulator.letters.models import Letter


@dataclass(frozen=True)
class Wish:
    """What is respected whenever somebody is written to.

    email, postal: where they may be written to; none where they may not, or gave nothing
    reads_page:    they chose to read it on their own page, and are sent nothing
    is_discreet:   nothing that is sent says on its outside who writes
    language:      the one they asked for
    no_post:       why nothing can be posted to them, in a sentence for staff; none where it can
    """

    email: str | None
    postal: str | None
    reads_page: bool
    is_discreet: bool
    language: str
    no_post: str | None


def of(who: Participant) -> Wish:
    """How this person is to be written to: by email where they chose that and did not ask us not to, else on paper."""
    by_email = who.contact_by == "email" and not who.no_email
    return Wish(
        email=who.email if by_email else None,
        postal=None if who.no_post else who.address,
        reads_page=who.contact_by == "page",
        is_discreet=who.is_discreet,
        language=who.language,
        no_post=_no_post(who),
    )


def _no_post(who: Participant) -> str | None:
    if who.no_post:
        return "They asked us not to write to them by post."
    if who.contact_by == "phone":
        return "They asked to be reached by telephone."
    if not who.address:
        return "We have no address to post it to."
    return None


def keep(letter: Letter, to: Address) -> None:
    """Keep the new address of somebody outside for the next letter to them, in the same change."""
    who = db.session.get(Participant, letter.participant_id) if letter.participant_id else None
    if who is None:
        return
    if to.email:
        who.email, who.contact_by, who.no_email = to.email, "email", False
    elif to.postal:
        who.address, who.contact_by, who.no_post = to.postal, "post", False


KEEPERS.append(keep)
