"""What a person sees when something cannot be done: what happened, and what to do next."""

from __future__ import annotations

import errno
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from regulator import log, words
from regulator.errors import Conflict, RegulatorError
from regulator.language import _, later

BAD_REQUEST, OURS, NO_ROOM = 400, 500, 507
LONG_ANSWER = 60
"""Texts from this length on are given back on the page of a form that came too late. Codes and passwords are shorter."""


@dataclass(frozen=True)
class Trouble:
    """What an error page says: what happened, and what to do next."""

    title: str
    happened: str
    advice: str


TROUBLES: Mapping[int, Trouble] = {
    400: Trouble(
        later("That could not be read"),
        later("Something in what was sent was missing or not in the right form."),
        later("Go back, check what you entered and send it again."),
    ),
    403: Trouble(
        later("You cannot do this"),
        later("You can see this, but it is for somebody else to do."),
        later("If you think it should be you, ask the person who manages your account."),
    ),
    404: Trouble(
        later("Page not found"),
        later("There is nothing at this address, or nothing that you may see."),
        later("If you typed the address, check it. If you followed a link, the thing may have moved."),
    ),
    405: Trouble(
        later("That cannot be done here"),
        later("The address is right, but it does not take what was sent."),
        later("Go back to the page you came from and use its buttons."),
    ),
    409: Trouble(
        later("This cannot be done now"),
        later("Something about the case does not allow it at the moment."),
        later("Go back and open the case again to see where it stands."),
    ),
    413: Trouble(
        later("That is too much to send at once"),
        later("What was sent is larger than can be taken in one go, so nothing was saved."),
        later("Go back and send fewer files, or smaller ones. You can send the others afterwards."),
    ),
    422: Trouble(
        later("Something needs to be changed"),
        later("One of the answers cannot be used as it is."),
        later("Go back, change it and send it again."),
    ),
    429: Trouble(
        later("Too many attempts"),
        later("This was tried too many times in a short while."),
        later("This keeps others from guessing. Nothing that is entered until then is looked at."),
    ),
    507: Trouble(
        later("There is no room for that"),
        later(
            "What was sent could not be taken in, because there is no room for it here at the moment. Nothing was saved."
        ),
        later("Go back, keep what you wrote, and send it again later."),
    ),
    500: Trouble(
        later("Sorry, something went wrong"),
        later(
            "It is our fault, not yours. Nothing that you sent was half saved: it was saved whole or not at all."
        ),
        later("Try again in a few minutes. If it happens again, tell us the number below."),
    ),
}
CHANGED = Trouble(
    later("Somebody else was quicker"),
    later("This changed while you were looking at it."),
    later("Go back and open it again to see what changed before you go on."),
)
TOO_LATE = Trouble(
    later("This page was open for too long"),
    later(
        "To keep others from sending forms in your name, a page can be sent only for some time after it was opened. Nothing was saved."
    ),
    later("Sign in again if you were signed in, open the page again and send it once more."),
)


def init(app: Flask) -> None:
    """Gives `app` a page for every error."""
    app.register_error_handler(RegulatorError, show_refusal)
    app.register_error_handler(CSRFError, show_too_late)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(OSError, show_no_room)


def show_refusal(error: RegulatorError) -> tuple[str, int]:
    """The page for a refusal, which says the rule’s own sentence."""
    trouble = CHANGED if isinstance(error, Conflict) else TROUBLES[error.status]
    happened = error.sentence or trouble.happened
    return page_of(Trouble(trouble.title, words.sentence(_(happened)), trouble.advice)), error.status


def show_too_late(_error: CSRFError) -> tuple[str, int]:
    """The page for a form sent after its session ended; it gives back long answers, so no writing is lost."""
    kept = [
        text
        for name, texts in request.form.lists()
        for text in texts
        if len(text) >= LONG_ANSWER and name != "csrf_token" and "password" not in name
    ]
    return page_of(TOO_LATE, kept), BAD_REQUEST


def show_no_room(error: OSError) -> tuple[str, int]:
    """The page for files that fill up the disk while they come in; every other error of the machine is a bug."""
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        raise error
    logging.getLogger("regulator.store").error("full", extra={"facts": {"outcome": "full"}})
    return page_of(TROUBLES[NO_ROOM]), NO_ROOM


def show_http_error(error: HTTPException) -> HTTPException | tuple[str, int]:
    """The page for any other error of HTTP; a bug is a 500 with the number of the request."""
    if error.code is None or error.code < BAD_REQUEST:
        return error
    if error.code >= OURS:
        return bare_page_of(TROUBLES[OURS]), error.code
    return page_of(TROUBLES.get(error.code, TROUBLES[BAD_REQUEST])), error.code


def page_of(trouble: Trouble, kept: Sequence[str] = ()) -> str:
    """An error page in the shell that the person asking always sees."""
    return render_template("errors/trouble.html", trouble=trouble, kept=kept, request_id="", back=came_from())


def came_from() -> str:
    """The page of ours that led here, empty when there is none or it is this one."""
    before = request.referrer or ""
    return before if before.startswith(request.host_url) and before != request.url else ""


def bare_page_of(trouble: Trouble) -> str:
    """An error page that asks nothing of the session or of a room: either may be what broke."""
    template = current_app.jinja_env.get_template("errors/trouble.html")
    return template.render(trouble=trouble, bare=True, request_id=log.request_id())
