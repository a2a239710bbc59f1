"""What the worker does about letters."""

from __future__ import annotations

from regulator import jobs
from regulator.letters import delivery, house


@jobs.task
def deliver(letter: int) -> None:
    """Send one letter."""
    delivery.deliver(letter)


@jobs.every_minute
def look_after_letters() -> None:
    """Find letters that wait and that no job is about."""
    delivery.look_after()


@jobs.every_minute
def deliver_house_mail() -> None:
    """Send what belongs to no case: invitations and new passwords."""
    house.deliver()
