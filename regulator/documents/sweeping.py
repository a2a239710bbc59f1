"""Files that no document names, left behind where a step was refused or a machine stopped: found and destroyed.

A file is in the store before its row is committed, so what a crash leaves is a file without a row, never the reverse.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import click
import sqlalchemy as sa

from regulator import moments
from regulator.actors import SYSTEM
from regulator.cli import in_app
from regulator.db import ask_as, db, end_read
from regulator.documents.models import Document
from regulator.documents.store import COMING, incoming, store
from regulator.errors import RegulatorError

GRACE = timedelta(days=1)
"""Longer than any step, and any form half filled in, keeps a file that no row names yet."""
NAMED: dict[str, Callable[[], Collection[str]]] = {}
"""What else names files by their hash, such as forms half filled in: `() -> hashes`; registered by rooms."""


@dataclass(frozen=True)
class Swept:
    """What was found: hashes of files without a row, now destroyed, and of rows without their file."""

    destroyed: list[str]
    lost: list[str]
    leftovers: int


def sweep(grace: timedelta = GRACE) -> Swept:
    """Destroy what no document names and is older than `grace`; say which documents’ files are not there."""
    before = moments.recorded() - grace
    kept = dict(store().kept())
    named = _named()
    spare = sorted(sha256 for sha256, put in kept.items() if sha256 not in named and put < before)
    now = dict(store().kept()) if spare else {}
    spare = [sha256 for sha256 in spare if now.get(sha256) == kept[sha256]]  # put again meanwhile: wanted
    for sha256 in spare:
        store().delete(sha256)
    return Swept(spare, sorted(named - kept.keys()), _leftovers(before))


def _named() -> set[str]:
    """The hashes that are named. Read after what is there, so that nothing named meanwhile is taken for spare."""
    ask_as(SYSTEM)
    found = set(
        db.session.scalars(sa.select(Document.sha256).where(Document.destroyed_on.is_(None)).distinct())
    )
    end_read()
    return found.union(*(more() for more in NAMED.values()))


def _leftovers(before: datetime) -> int:
    """Destroy what came in and was never whole; how many there were."""
    old = [
        path
        for path in incoming().glob(f"{COMING}*")
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


@click.group("files")
def files_group() -> None:
    """Look after the files of documents."""


@files_group.command("sweep")
@click.option("--hours", default=24, show_default=True, help="Leave alone what is younger than this.")
@in_app
def sweep_command(hours: int) -> None:
    """Destroy files that no document names, and list documents whose file is not in the store: exit 1 if any."""
    swept = sweep(timedelta(hours=hours))
    click.echo(f"{len(swept.destroyed)} files without a document and {swept.leftovers} leftovers destroyed.")
    if swept.lost:
        raise RegulatorError(f"The store does not have {len(swept.lost)} files: {', '.join(swept.lost)}")
