"""Complaints begun and not sent. What was typed is sealed with the writer’s own code: without it nobody reads it.

Only the hash of the code is kept, so the code cannot be looked up either. A page is kept over the version its writer
saw, so two tabs lose nothing. These writes leave no entry in the ledger: nothing has been told to the regulator yet.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.dialects.postgresql import JSONB

from config import Config
from regulator import moments
from regulator.accounts import doors
from regulator.accounts.codes import new_code, tidy
from regulator.accounts.keys import marked, sealed, unsealed
from regulator.accounts.sessions import browser
from regulator.casework import editions
from regulator.errors import Refused

DRAFT = "draft"
_BEGUN = sa.text("select draft_begun(:secret, :now, :until)")
_FOUND = sa.text("select * from draft_found(:secret, :now)").columns(pages=JSONB)
_KEPT = sa.text("select draft_kept(:secret, :page, :said, :seen, :now)").bindparams(
    sa.bindparam("said", type_=JSONB)
)
_ENDED = sa.text("select draft_ended(:secret)")
_FORGOTTEN = sa.text("select drafts_forgotten(:now)")
_POSTED = sa.text("select draft_link_posted(:address, :heading, :message, :number, :now)")

Said = Mapping[str, Sequence[str]]
"""What was typed on a page: for each question, the texts of its boxes."""


@dataclass(frozen=True)
class Kept:
    """A page as it was kept; `version` counts how often it was."""

    version: int = 0
    said: Said = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """A complaint begun and not sent, open to whoever has its code."""

    code: str
    pages: Mapping[str, Kept]
    expires_at: datetime

    @property
    def said(self) -> dict[str, Sequence[str]]:
        """Everything typed, by question."""
        return {name: texts for page in self.pages.values() for name, texts in page.said.items()}

    @property
    def answers(self) -> dict[str, str]:
        """The first text of each answer, which of a coded one is the code."""
        return {name: texts[0] for name, texts in self.said.items() if texts}

    @property
    def last_day(self) -> date:
        """The last day on which it can be gone on with."""
        return moments.london_day(self.expires_at)

    @property
    def key(self) -> str:
        """The key under which it is sent: however often and from wherever, it opens one case."""
        return str(UUID(marked("sending of a draft", tidy(self.code))[:32]))


def begin() -> Draft:
    """Begin a complaint, in this browser; what the code is, only the browser is told."""
    code, now = new_code(), moments.now()
    until = now + timedelta(days=editions.current().intake.draft_days)
    doors.tell(_BEGUN, secret=_hashed(code), now=now, until=until)
    enter(code)
    return Draft(code, {}, until)


def found(code: str) -> Draft | None:
    """The complaint that a code opens, however it is typed; None for a wrong one, one sent and one too old."""
    row = doors.ask(_FOUND, secret=_hashed(code), now=moments.now())
    if row is None:
        return None
    pages = {name: Kept(kept["version"], _opened(kept["said"], code)) for name, kept in row.pages.items()}
    return Draft(code, pages, row.expires_at)


def keep(draft: Draft, page: str, said: Said, seen: int) -> bool:
    """Keep what was typed on a page; False when it was kept meanwhile from elsewhere.

    seen: the version that the writer was shown
    """
    words = sealed(json.dumps(said), _purpose(draft.code))
    kept = {"version": seen + 1, "said": words}
    return bool(
        doors.tell(_KEPT, secret=_hashed(draft.code), page=page, said=kept, seen=seen, now=moments.now())
    )


def end(code: str) -> None:
    """Throw a complaint away that was begun, or was sent."""
    doors.tell(_ENDED, secret=_hashed(code))


def forget_old() -> int:
    """Throw away what was never sent in time; returns how many there were."""
    return int(doors.tell(_FORGOTTEN, now=moments.now()))


def post_link(address: str, subject: str, text: str) -> None:
    """Have a message with the way back sent to an address, which is kept with the message alone and goes with it."""
    config: Config = current_app.extensions["regulator"]
    number = f"<{uuid4()}@{config.mail_from.rpartition('@')[2]}>"
    doors.tell(_POSTED, address=address, heading=subject, message=text, number=number, now=moments.now())


def enter(code: str) -> None:
    """Let this browser go on with a complaint."""
    browser()[DRAFT] = sealed(code, DRAFT)


def leave() -> None:
    """Let this browser forget which complaint it was writing."""
    browser().pop(DRAFT, None)


def here(sent: str | None = None) -> Draft | None:
    """The complaint being written: the one a form says it belongs to, else the browser’s.

    sent: the sealed code that a form carries, so that a page open for longer than its session still finds its draft
    """
    for kept in (sent, browser().get(DRAFT)):
        if kept and (draft := _found_sealed(kept)):
            return draft
    return None


def carried(draft: Draft) -> str:
    """What a form carries to say which complaint it belongs to."""
    return sealed(draft.code, DRAFT)


def _found_sealed(kept: str) -> Draft | None:
    try:
        return found(unsealed(kept, DRAFT))
    except Refused:
        return None


def _opened(words: str, code: str) -> Said:
    said: dict[str, list[str]] = json.loads(unsealed(words, _purpose(code)))
    return said


def _hashed(code: str) -> str:
    return marked("code of a draft", tidy(code))


def _purpose(code: str) -> str:
    return f"words of a draft {tidy(code)}"
