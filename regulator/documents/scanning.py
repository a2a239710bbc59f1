"""Files are held back until they were scanned: what the scanner said is written down, one case at a time.

The job is queued in the transaction that adds the row, so none is forgotten; whatever goes wrong, the file stays
held back and is tried again.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import sqlalchemy as sa

from regulator import jobs, ledger, moments
from regulator.actors import SYSTEM
from regulator.db import ask_as, db, end_read
from regulator.documents.models import Document, Scan
from regulator.documents.scanner import Scanner, ScannerDown, Verdict, scanner
from regulator.documents.store import store
from regulator.ledger.writing import caching

LONGEST_WAIT, DOUBLINGS = timedelta(hours=1), 6
FOUND = "A file was held back: the check for viruses found {} in it. Nobody can open it."
UNREADABLE = "A file was held back: the check for viruses could not read it ({})."
AUDIENCES = {
    "internal": "for_staff",
    "body": "for_body",
    "complainant": "for_complainant",
    "oversight": "for_oversight",
}
_log = logging.getLogger("regulator.scan")
_UNSCANNED = sa.select(Document.id, Document.scan_tries, Document.scanned_at).where(
    Document.scan == Scan.unscanned
)
_ONE = sa.select(Document.case_id, Document.sha256, Document.scan_tries).where(
    Document.id == sa.bindparam("document"), Document.scan == Scan.unscanned
)


def begin(document: Document) -> None:
    """See to it that a file just given is scanned, in the open change that gives it.

    A scanner that answers at once says so here if it is clean; all else is the worker’s.
    """
    looker = scanner()
    if looker.is_instant and (verdict := _look(looker, document.sha256)) and verdict.scan is Scan.clean:
        _keep(document, verdict)
    else:
        jobs.defer("scan_document", document=document.id)


def scan(number: int) -> None:
    """Ask the scanner about one document and write down what it said; one already scanned is left alone."""
    ask_as(SYSTEM)
    row = db.session.execute(_ONE, {"document": number}).one_or_none()
    end_read()  # a scan may take minutes
    if row is None:
        return
    case_id, sha256, tries = row
    verdict = _look(scanner(), sha256)
    if verdict is None:
        with caching(case_id):
            document = db.session.get_one(Document, number)
            document.scan_tries, document.scanned_at = tries + 1, moments.now()
    elif verdict.scan is Scan.clean:
        with caching(case_id):
            _keep(db.session.get_one(Document, number), verdict)
    else:
        _hold_back(number, case_id, verdict)


def _hold_back(number: int, case_id: int, verdict: Verdict) -> None:
    """Tell everybody who was given the file, and staff, that it stays where it is."""
    with ledger.change("hold_back_file", by=SYSTEM, streams=[f"case:{case_id}"]) as intent:
        document = db.session.get_one(Document, number)
        _keep(document, verdict)
        intent.party_id, intent.keys = document.party_id, {"document": number}
        says = FOUND if verdict.scan is Scan.infected else UNREADABLE
        for audience in _told(document):
            intent.tell(audience, says.format(verdict.found))


def _told(document: Document) -> list[str]:
    """Who is told; of a file that a body keeps to itself, that body alone."""
    told = [name for name, flag in AUDIENCES.items() if getattr(document, flag)]
    return ["body_only"] if told == ["body"] else told


def _keep(document: Document, verdict: Verdict) -> None:
    document.scan, document.scan_found = verdict.scan.value, verdict.found
    document.scanned_at = moments.now()


def _look(looker: Scanner, sha256: str) -> Verdict | None:
    """What the scanner says, or None where it says nothing or the file cannot be had."""
    try:
        with store().open(sha256) as file:
            return looker.look(file)
    except ScannerDown as down:
        _log.warning("not scanned", extra={"facts": {"outcome": down.sentence}})
    except OSError as error:
        _log.warning("not scanned", extra={"facts": {"outcome": f"the store: {type(error).__name__}"}})
    return None


def look_after() -> None:
    """Queue again each file that waits, that no job is about and whose time has come: nothing is forgotten."""
    ask_as(SYSTEM)
    begun = {job["document"] for job in jobs.waiting("scan_document")}
    for number, tries, last in db.session.execute(_UNSCANNED).all():
        if number not in begun and due(tries, last) <= moments.now():
            jobs.defer("scan_document", document=number)
    end_read()


def due(tries: int, last: datetime | None) -> datetime:
    """When to ask the scanner again: after 1, 2, 4, ... minutes, at most an hour."""
    if last is None:
        return moments.now()
    return last + min(timedelta(minutes=2 ** min(max(tries - 1, 0), DOUBLINGS)), LONGEST_WAIT)
