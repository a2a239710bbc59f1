"""A browser’s session, kept by the server: the cookie holds a secret and nothing else, the table only its hash.

It gets a new secret at each proof of who somebody is, ends after idling or after a day’s work, and can be ended by
an administrator between one page and the next. A visitor who stores nothing has none.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response
from flask import session as this_session
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from config import Config
from regulator import moments
from regulator.accounts import doors

SEEN_EVERY = timedelta(minutes=1)


class BrowserSession(CallbackDict[str, Any], SessionMixin):
    """What is kept for one browser. `secret` is none until something is stored."""

    def __init__(self, secret: str | None = None, found: doors.FoundSession | None = None) -> None:
        super().__init__(found.data if found else {}, BrowserSession._note)
        self.secret = secret
        self.made_at = found.made_at if found else None
        self.seen_at = found.seen_at if found else None
        self.modified = self.is_renewed = False

    def _note(self) -> None:
        self.modified = True

    def renew(self) -> None:
        """Take a new secret at the end of the request; what is kept and its age stay."""
        self.is_renewed = self.modified = True

    def restart(self) -> None:
        """Forget everything, and take a new secret and a new age."""
        self.clear()
        self.made_at = None
        self.renew()

    @property
    def person_id(self) -> int | None:
        """Who signed in, or gave a password and owes the second factor."""
        kind, _, number = str(self.get("_user_id") or "").partition(":")
        if kind == "person":
            return int(number)
        half: dict[str, Any] | None = self.get("half")
        return int(half["person"]) if half else None


class DatabaseSessions(SessionInterface):
    """Flask’s sessions in the table `web_session`."""

    def __init__(self, config: Config) -> None:
        self.idle = timedelta(minutes=config.session_idle_minutes)
        self.most = timedelta(hours=config.session_absolute_hours)

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        """The session of the cookie that came, or an empty one."""
        secret = request.cookies.get(self.get_cookie_name(app))
        if not secret or request.path.startswith(f"{app.static_url_path}/"):
            return BrowserSession()
        now = moments.now()
        found = doors.session_found(hashed(secret), seen_after=now - self.idle, made_after=now - self.most)
        return BrowserSession(secret, found) if found else BrowserSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed, and note once a minute that it is in use."""
        assert isinstance(session, BrowserSession)
        if session.secret or session.modified:
            response.vary.add("Cookie")
        if not session:
            self._end(app, session, response)
        elif session.secret is None or session.is_renewed:
            self._begin(app, session, response)
        elif session.modified:
            doors.session_kept(hashed(session.secret), session, moments.now())
        elif session.seen_at and moments.now() - session.seen_at >= SEEN_EVERY:
            doors.session_seen(hashed(session.secret), moments.now())

    def _end(self, app: Flask, session: BrowserSession, response: Response) -> None:
        if session.secret and session.modified:
            doors.session_ended(hashed(session.secret))
            self._cookie(app, response.delete_cookie)

    def _begin(self, app: Flask, session: BrowserSession, response: Response) -> None:
        now, secret = moments.now(), secrets.token_urlsafe(32)
        doors.session_begun(
            hashed(secret),
            session,
            instead_of=hashed(session.secret) if session.secret else None,
            person=session.person_id,
            began=session.made_at or now,
            now=now,
            proved=_proved(session, now),
            dead_before=now - self.most,
        )
        self._cookie(app, response.set_cookie, value=secret)

    def _cookie(self, app: Flask, write: Callable[..., None], **more: str) -> None:
        write(
            self.get_cookie_name(app),
            path="/",
            secure=self.get_cookie_secure(app),
            httponly=True,
            samesite=self.get_cookie_samesite(app),
            **more,
        )


def _proved(session: BrowserSession, now: datetime) -> datetime | None:
    return (session.made_at or now) if session.get("_user_id") else None


def browser() -> BrowserSession:
    """The session of this request’s browser."""
    current: BrowserSession = this_session._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    return current


def hashed(secret: str) -> str:
    """A secret of 256 random bits as it is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()
