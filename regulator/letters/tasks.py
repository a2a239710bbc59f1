"""What the worker does about letters."""

from __future__ import annotations

from regulator import jobs
from regulator.letters import delivery, house


@jobs.task
def deliver(letter: int) -> None:
    """Send one letter."""
    delivery.deliver(letter)


@jobs.task
def set_on_paper(letter: int) -> None:
    """Make the paper of one letter that goes by post."""
    delivery.set_on_paper(letter)


@jobs.task
def ask_about(letter: int) -> None:
    """Ask GOV.UK Notify what became of one letter."""
    delivery.ask_about(letter)


@jobs.every_minute
def ask_after_letters() -> None:
    """Find letters of which Notify may know more by now."""
    delivery.ask_after()


@jobs.every_minute
def look_after_letters() -> None:
    """Find letters that wait and that no job is about."""
    delivery.look_after()


@jobs.every_minute
def deliver_house_mail() -> None:
    """Send what belongs to no case: invitations and new passwords."""
    house.deliver()
