"""Sending the mail that belongs to no case: invitations and new passwords."""

from __future__ import annotations

from flask import current_app

from config import Config, MailServer
from regulator.accounts import mail as house_mail
from regulator.letters import post


def deliver() -> None:
    """Send what waits; in development, without a mail server, it is shown on a page."""
    config: Config = current_app.extensions["regulator"]
    server = config.mail_server
    house_mail.deliver((lambda message: _send(message, config, server)) if server else None)


def _send(message: house_mail.Mail, config: Config, server: MailServer) -> house_mail.Handed:
    mail = post.Mail(message.recipient, message.subject, message.words, message.message_id)
    outcome = post.hand_over(mail, config, server)
    return house_mail.Handed(outcome.state.value, outcome.problem)
