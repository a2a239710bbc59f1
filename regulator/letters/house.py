"""Sending the mail that belongs to no case: invitations and new passwords."""

from __future__ import annotations

from flask import current_app

from config import Config
from regulator.accounts import mail as house_mail
from regulator.letters import delivery
from regulator.letters.post import Mail


def deliver() -> None:
    """Send what waits; in development, with nothing to carry it, it is shown on a page."""
    config: Config = current_app.extensions["regulator"]
    is_carried = config.mail_server or config.notify
    house_mail.deliver((lambda message: _send(message, config)) if is_carried else None)


def _send(message: house_mail.Mail, config: Config) -> house_mail.Handed:
    mail = Mail(message.recipient, message.subject, message.words, message.message_id)
    outcome = delivery.carry(mail, config)
    return house_mail.Handed(outcome.state.value, outcome.problem)
