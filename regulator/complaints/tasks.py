"""What the worker does for complaints by itself: those begun and never sent are thrown away when their time is over."""

from __future__ import annotations

from regulator import jobs
from regulator.complaints import asking_back, drafts


@jobs.every_minute
def forget_drafts() -> int:
    """Throw away every complaint begun whose time is over; returns how many there were."""
    return drafts.forget_old()


@jobs.every_minute
def answer_lost_codes() -> int:
    """Send a link to a new code to each who asked and may have one; returns how many were sent."""
    return asking_back.answer_all()
