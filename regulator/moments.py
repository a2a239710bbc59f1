"""The only reader of the time.

Moments are aware datetimes in UTC; days are London days. A replay tells the past through `as_at`, which is the
one way to make `now` something else; what was recorded is always stamped by `recorded`, the true present.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_as_at: ContextVar[datetime | None] = ContextVar("as_at", default=None)


def recorded() -> datetime:
    """The true present, whatever day a replay is telling; UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """The present moment, or the moment a replay is telling; UTC."""
    return _as_at.get() or recorded()


def today() -> date:
    """Today in London."""
    return london_day(now())


def london_day(moment: datetime) -> date:
    """The London day on which `moment` falls."""
    return moment.astimezone(LONDON).date()


def is_replayed() -> bool:
    """Whether the past is being told."""
    return _as_at.get() is not None


@contextmanager
def as_at(moment: datetime) -> Iterator[None]:
    """Tell the time as `moment` (aware) within the block: for replays and for tests."""
    token = _as_at.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _as_at.reset(token)
