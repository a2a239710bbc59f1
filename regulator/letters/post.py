"""Handing a letter to the mail server, and telling afterwards whether it was taken.

After the words have gone over the line a broken connection may hide a letter that was taken: that is `unknown`, not
`queued`. Before that nothing can have been sent, and it is tried again.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from config import Config, MailServer
from regulator import moments
from regulator.letters.addresses import addresses
from regulator.letters.models import Delivery

PATIENCE = 30
"""Seconds the mail server is given for each answer."""
_NAMES_ADDRESS = re.compile(r"\S+@\S+")
_UNFOLDED = SMTP.clone(max_line_length=500)  # folding at 78 puts a space before a long subject
TAKEN, GO_ON, FOR_GOOD = 250, 354, 500


@dataclass(frozen=True)
class Mail:
    """One message to one or more addresses. `to` has commas between them.

    is_discreet: its outside does not say who writes
    tried:       it was handed over before, so whoever can be asked what came of that is asked first
    """

    to: str
    subject: str
    text: str
    message_id: str
    is_discreet: bool = False
    tried: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of it, with a sentence for a person where it was not simply sent."""

    state: Delivery
    problem: str | None = None


class _ServerSays(Exception):
    """An answer that ends the talk: no fault of ours."""

    def __init__(self, code: int, reply: bytes, *, final: bool = False) -> None:
        super().__init__(code)
        self.code, self.reply, self.final = code, reply, final

    def outcome(self) -> Outcome:
        """Refused for good only where the refusal is about the letter itself; anything else is tried again."""
        for_good = self.final and self.code >= FOR_GOOD
        return Outcome(Delivery.failed if for_good else Delivery.queued, _said(self.code, self.reply))


def hand_over(mail: Mail, config: Config, server: MailServer) -> Outcome:
    """Send a message through the mail server."""
    to = addresses(mail.to)
    if not to:
        return Outcome(Delivery.failed, "The address is not one that mail can be sent to.")
    words = message(mail, to, config).as_bytes(policy=_UNFOLDED)
    try:
        line = _reach(server, config)
    except OSError as error:  # smtplib’s own errors are such too
        return Outcome(Delivery.queued, _trouble(error))
    try:
        return _give(line, config.mail_from, to, words)
    except _ServerSays as answer:
        return answer.outcome()
    except OSError as error:
        return Outcome(Delivery.queued, _trouble(error))
    finally:
        _hang_up(line)


def _hang_up(line: smtplib.SMTP) -> None:
    """Whatever it says to a goodbye, the outcome stands."""
    with suppress(OSError):
        line.quit()
    line.close()


def message(mail: Mail, to: Sequence[str], config: Config) -> EmailMessage:
    """The message in plain text, from the regulator by name; nothing given can add a header to it."""
    letter = EmailMessage(policy=SMTP)
    name = "" if mail.is_discreet else _one_line(config.regulator_name)
    letter["From"] = Address(name, addr_spec=config.mail_from)
    letter["To"] = ", ".join(to)
    letter["Subject"] = _one_line(mail.subject)
    letter["Date"] = format_datetime(moments.now())
    letter["Message-ID"] = mail.message_id
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(mail.text, cte="quoted-printable")
    return letter


def _reach(server: MailServer, config: Config) -> smtplib.SMTP:
    here = config.mail_from.rpartition("@")[2]
    if server.tls:
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, here, timeout=PATIENCE, context=ssl.create_default_context()
        )
    else:
        line = smtplib.SMTP(server.host, server.port, here, timeout=PATIENCE)
    try:
        _begin(line, server)
    except BaseException:
        line.close()
        raise
    return line


def _begin(line: smtplib.SMTP, server: MailServer) -> None:
    line.ehlo_or_helo_if_needed()
    is_secret = server.tls
    if not is_secret and line.has_extn("starttls"):
        line.starttls(context=ssl.create_default_context())
        line.ehlo_or_helo_if_needed()
        is_secret = True
    if server.user and not is_secret:
        raise smtplib.SMTPException("it offers no encryption, so the password was kept back")
    if server.user:
        line.login(server.user, server.password or "")


def _give(line: smtplib.SMTP, sender: str, to: Sequence[str], words: bytes) -> Outcome:
    code, reply = line.mail(sender)
    if code != TAKEN:
        raise _ServerSays(code, reply)
    refused = [answer for address in to if (answer := line.rcpt(address))[0] not in (250, 251)]
    if len(refused) == len(to):
        raise _ServerSays(*min(refused), final=True)
    code, reply = line.docmd("DATA")
    if code != GO_ON:
        raise _ServerSays(code, reply, final=True)
    try:
        line.send(re.sub(rb"(?m)^\.", b"..", words) + b".\r\n")
        code, reply = line.getreply()
    except OSError:
        return Outcome(
            Delivery.unknown, "The line broke before the mail server said whether it had taken it."
        )
    if code // 100 != 2:
        raise _ServerSays(code, reply, final=True)
    return Outcome(Delivery.sent, _in_part(refused, len(to)))


def _in_part(refused: Sequence[tuple[int, bytes]], of: int) -> str | None:
    if not refused:
        return None
    return f"Not delivered to {len(refused)} of {of} addresses. {_said(*refused[0])}"


def _said(code: int, reply: bytes) -> str:
    return f"The mail server said “{code} {without_addresses(reply.decode('utf-8', 'replace'))}”."


def without_addresses(text: str) -> str:
    """What another machine said, in a line fit to be kept: short, and naming no address."""
    return _NAMES_ADDRESS.sub("…", _one_line(text))[:200]


def _trouble(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        return _said(error.smtp_code, reply if isinstance(reply, bytes) else reply.encode())
    why = without_addresses(error.strerror or str(error)) or "it gave no answer"
    return f"The mail server could not be used: {why}."


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
