"""Who may open which page: every endpoint is marked, or the application refuses to start.

`public` and `allow(...)` are different words, and an empty set of roles is an error: nobody is never everybody.
What a person may do to a case is the edition’s to say; what they may see is the database’s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin, UserMixin, current_user

from regulator.actors import PUBLIC, Actor
from regulator.db import ask_as, db, end_read
from regulator.errors import Refused

STAFF = (
    "intake_officer",
    "caseworker",
    "auditor",
    "inspector",
    "enforcement_officer",
    "lawyer",
    "manager",
    "reviewer",
    "commissioner",
)
REGULATOR = (*STAFF, "publisher", "records_manager", "observer")
BODY = ("contact", "contributor", "approving_officer")
SEARCHERS = (*REGULATOR, "contact", "approving_officer", "oversight_contact")
"""Who may search: not a contributor, who is shown of a case only what was handed to them."""
OUTSIDE = ("complainant", "representative")

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


@dataclass(frozen=True)
class Mark:
    """Who may open an endpoint: everyone, or the holders of some roles."""

    roles: frozenset[str] = frozenset()
    is_public: bool = False


class Visitor(UserMixin):  # type: ignore[misc]
    """Whoever has signed in, or opened a case with its code; `ident` is `person:7` or `claim:12`."""

    def __init__(self, actor: Actor, ident: str) -> None:
        self.actor, self.id = actor, ident


class Anonymous(AnonymousUserMixin):  # type: ignore[misc]
    """Anyone else."""

    actor = PUBLIC


def public(view: View) -> View:
    """Mark a page that anyone may open."""
    view.mark = Mark(is_public=True)  # type: ignore[attr-defined]
    return view


def allow(*roles: str) -> Callable[[View], View]:
    """Mark a page for the holders of any of `roles`.

    Raises: ValueError when no role is given
    """
    if not roles:
        raise ValueError("allow() needs at least one role: an empty set is nobody, and nobody is not a page")

    def mark(view: View) -> View:
        view.mark = Mark(frozenset(roles))  # type: ignore[attr-defined]
        return view

    return mark


def acting() -> Actor:
    """The person, claim or member of the public who sent this request."""
    actor: Actor = current_user.actor
    return actor


def local(path: str | None) -> str | None:
    """A place in this service to go on to; None for anything that might lead elsewhere."""
    if (
        not path
        or not path.startswith("/")
        or path.startswith("//")
        or "\\" in path
        or not path.isprintable()
    ):
        return None
    return path.rstrip("?")


@contextmanager
def seen_as(actor: Actor) -> Iterator[None]:
    """Draw a page as somebody else would be shown it: whoever asks who is acting is told that it is them.

    For a look at what somebody outside would read; the database is asked as them with `ask_as`.
    """
    before = g.get("_login_user")
    g._login_user = Visitor(actor, "look")  # noqa: SLF001 - where Flask-Login keeps who it is
    try:
        yield
    finally:
        g._login_user = before  # noqa: SLF001


def mark_of(endpoint: str) -> Mark | None:
    """The mark of an endpoint; Flask’s own static files are public."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return Mark(is_public=True)
    return getattr(current_app.view_functions[endpoint], "mark", None)


def require_marks(app: Flask) -> None:
    """Refuse to start with an endpoint nobody marked.

    Raises: RuntimeError naming each one
    """
    with app.app_context():
        bare = sorted(rule.endpoint for rule in app.url_map.iter_rules() if mark_of(rule.endpoint) is None)
    if bare:
        raise RuntimeError(f"endpoints nobody marked: {', '.join(bare)}")


def init(app: Flask) -> None:
    """Ask at the gate before each request, and tell the database who asks."""
    app.before_request(_gate)
    app.after_request(_end)


def _gate() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    mark = mark_of(request.endpoint)
    if mark is None:
        raise Refused("You cannot open this page.")
    if request.endpoint in ("static", "health"):
        return None
    by = acting()
    ask_as(by)
    # The public may complain, so it holds that role; a page that is not public wants somebody who is known.
    if mark.is_public or (current_user.is_authenticated and by.holds(*mark.roles)):
        return None
    if not current_user.is_authenticated:
        door = "complaints.find" if mark.roles <= set(OUTSIDE) else "accounts.sign_in"
        return redirect(url_for(door, next=request.full_path if request.method == "GET" else None))
    raise Refused("This page is for people with another part in the work.")


def _end(response: object) -> object:
    session = db.session
    if not (session.new or session.dirty or session.deleted):
        end_read()
    return response
