"""What the worker does for complaints by itself: those begun and never sent are thrown away when their time is over."""

from __future__ import annotations

from regulator import jobs
from regulator.complaints import drafts


@jobs.every_minute
def forget_drafts() -> int:
    """Throw away every complaint begun whose time is over; returns how many there were."""
    return drafts.forget_old()
