"""Which language a visitor reads in: a cookie remembers what was chosen, and only pages of the public have a choice.

Staff and bodies read English. The cookie holds two letters and says nothing of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, after_this_request, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from regulator import language
from regulator.access import OUTSIDE, local, mark_of, public
from regulator.language import ENGLISH, NAMES, WELSH

COOKIE = "language"
A_YEAR = 365 * 24 * 60 * 60
FOR_WORKERS = "accounts."
"""The public may open the doors of those who work with us, which stand in English."""
BUT = frozenset({"accounts.home"})


@dataclass(frozen=True)
class Other:
    """The language a page can be read in instead: its code, its own name for itself, and where to change to it."""

    code: str
    name: str
    href: str


def init(app: Flask) -> None:
    """Choose the language of each request before anything else is asked, and give the shell the way to the other."""
    language.catalogue(WELSH)
    app.before_request(_choose)
    app.teardown_request(lambda _error: language.speak(ENGLISH))
    app.context_processor(lambda: {"other_language": other()})
    app.add_url_rule("/language/<string:code>", "language", public(change))


def _choose() -> None:
    chosen = request.cookies.get(COOKIE, ENGLISH)
    language.speak(chosen if chosen in NAMES and has_choice() else ENGLISH)


def has_choice() -> bool:
    """Whether this page is one of the public’s or a complainant’s, and nobody who works here looks at it."""
    if str(session.get("_user_id", "")).startswith("person:"):
        return False
    endpoint = request.endpoint
    if endpoint is None or endpoint in BUT:
        return True
    mark = mark_of(endpoint)
    if mark is None or endpoint.startswith(FOR_WORKERS):
        return False
    return mark.is_public or mark.roles <= set(OUTSIDE)


def other() -> Other | None:
    """The other language of this page; none where there is no choice, or what was typed would be lost with it."""
    if request.method != "GET" or not has_choice():
        return None
    code = ENGLISH if language.spoken() == WELSH else WELSH
    here = request.full_path.rstrip("?")
    return Other(code, NAMES[code], url_for("language", code=code, next=here))


def change(code: str) -> ResponseReturnValue:
    """Read in another language from here on, remembered for a year; back to the page it was asked from."""
    if code in NAMES:
        remember(code)
    return redirect(local(request.args.get("next")) or "/")


def remember(code: str) -> None:
    """Keep the language in this browser, with the answer to this request."""

    @after_this_request
    def keep(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            code,
            max_age=A_YEAR,
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
            httponly=True,
            samesite="Lax",
        )
        return response
