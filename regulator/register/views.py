"""The public’s pages: what was published, and the bodies it is about. Nobody signs in, and whoever has sees the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue

from regulator.access import public
from regulator.casework import editions
from regulator.forms import Choice
from regulator.language import _
from regulator.pages import Place
from regulator.register import bodies, queries, showing
from regulator.register.bodies import Entry

views = Blueprint("register", __name__, url_prefix="/register")
MOST = 2**62


def init(app: Flask) -> None:
    """Add the pages of this room, and the way to them at the foot of every page."""
    app.register_blueprint(views)
    app.context_processor(footing)


def footing() -> dict[str, object]:
    """The links at the foot of every page."""
    places = {_("What we published"): "register.published", _("Organisations we oversee"): "register.listed"}
    return {"footing": [Place(label, url_for(endpoint)) for label, endpoint in places.items()]}


@views.get("")
@public
def published() -> ResponseReturnValue:
    """What was published, the newest first."""
    about, after = bodies.with_something(), _after(request.args.get("after", ""))
    asked = _asked(about)
    chosen = next((one.id for one in about if one.slug == asked.get("body")), None)
    found = queries.published(asked.get("kind", ""), chosen, after)
    return render_template(
        "register/published.html",
        rows=showing.rows(found),
        asked=asked,
        kinds=kinds(),
        bodies=about,
        first_page=_place(asked) if after else None,
        next_page=_place(asked, found.following) if found.following else None,
    )


def _asked(about: Sequence[Entry]) -> dict[str, str]:
    """Which kind and which body the address asks for; anything it cannot mean is as if it were not there."""
    known = {"kind": {one.value for one in kinds()}, "body": {one.slug for one in about}}
    return {name: text for name, can in known.items() if (text := request.args.get(name, "")) in can}


def _place(asked: Mapping[str, str], after: tuple[date, int] | None = None) -> str:
    more = {"after": f"{after[0]}.{after[1]}"} if after else {}
    there: dict[str, Any] = {**asked, **more}
    return url_for(".published", **there)


@views.get("/<ref:reference>")
@public
def publication(reference: str) -> ResponseReturnValue:
    """What was published of one case, and where that stands today."""
    return render_template("register/publication.html", sheet=showing.sheet_of(reference))


@views.get("/bodies")
@public
def listed() -> ResponseReturnValue:
    """The bodies the regulator oversees, and those that oversee them."""
    return render_template("register/bodies.html", groups=bodies.groups())


@views.get("/bodies/<string:slug>")
@public
def body(slug: str) -> ResponseReturnValue:
    """One body: what it is called, who oversees it, and everything published about it."""
    return render_template("register/body.html", page=bodies.page_of(slug))


def kinds() -> list[Choice]:
    """The kinds of case of which something may be made public."""
    found = editions.current().kinds.values()
    return [Choice(kind.name, kind.label) for kind in found if kind.in_service and "public" in kind.seen_by]


def _after(text: str) -> tuple[date, int] | None:
    day, _, number = text.partition(".")
    try:
        return date.fromisoformat(day), min(int(number), MOST)
    except ValueError:
        return None
