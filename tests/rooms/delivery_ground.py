"""The worker that delivers, now and later."""

from datetime import timedelta

from regulator import moments, worker


def deliver(app) -> None:
    """Let the worker do what is queued, as if every other worker were dead."""
    worker.work(app, once=True, silence=0)


def later(**time):
    """So much later than now."""
    return moments.as_at(moments.now() + timedelta(**time))
