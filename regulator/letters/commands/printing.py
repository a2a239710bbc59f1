"""Setting a letter on paper: an accessible PDF of its frozen words, kept by its hash, with an entry of its own."""

from __future__ import annotations

import io
from collections.abc import Collection

import sqlalchemy as sa

from regulator import ledger
from regulator.actors import SYSTEM
from regulator.db import ask_as, db, end_read
from regulator.documents import store
from regulator.documents.sweeping import NAMED
from regulator.letters import paper, queries
from regulator.letters.commands.deciding import tell
from regulator.letters.models import LetterPrint

_HASHES = sa.select(LetterPrint.sha256)


def print_letter(number: int) -> None:
    """Make the paper of a letter, once: the same words give the same file, so a worker that died may begin again.

    Raises: CannotSet where it cannot be made so that everybody can read it
    """
    letter = queries.get(number, by=SYSTEM)
    if letter.sha256 is not None:
        return
    made = paper.of(letter)
    kept = store.keep(io.BytesIO(made), "letter.pdf", len(made))
    with ledger.change("print_letter", by=SYSTEM, streams=[f"case:{letter.case_id}"]) as intent:
        db.session.add(
            LetterPrint(
                letter_id=number,
                case_id=letter.case_id,
                sha256=kept.sha256,
                size=kept.size,
                made_at=intent.present,
            )
        )
        intent.data["sha256"] = kept.sha256
        tell(intent, letter, f"The letter “{letter.subject}” was set on paper, to be posted")


def _kept() -> Collection[str]:
    """The hashes of all papers of letters, which no sweep may take for spare."""
    ask_as(SYSTEM)
    found = db.session.scalars(_HASHES).all()
    end_read()
    return found


NAMED["letters"] = _kept
