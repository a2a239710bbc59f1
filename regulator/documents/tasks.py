"""What the worker does about documents."""

from __future__ import annotations

from regulator import jobs
from regulator.documents import scanning


@jobs.task
def scan_document(document: int) -> None:
    """Have one file scanned."""
    scanning.scan(document)


@jobs.every_minute
def look_after_scans() -> None:
    """Find files that wait to be scanned and that no job is about."""
    scanning.look_after()
