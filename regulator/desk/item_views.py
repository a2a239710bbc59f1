"""The page on which a body’s people read who has what over all their cases, and who is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from regulator.access import BODY, acting, allow
from regulator.desk.blueprint import MANAGERS, views
from regulator.desk.queries import MOST, OpenItem, open_items

NOBODY = "Nobody yet"


@views.get("/body/items")
@allow(*BODY)
def who_has_what() -> ResponseReturnValue:
    """Every item that waits for an answer, by who has it, the soonest due first; a contributor’s own alone."""
    by = acting()
    manages = by.holds(*MANAGERS)
    found = open_items(by=by, whole=manages)
    return render_template(
        "body/items.html",
        groups=by_holder(found),
        manages=manages,
        most=MOST if len(found) == MOST else None,
        open_cases=url_for("desk.cases", show="open"),
    )


def by_holder(items: Sequence[OpenItem]) -> Mapping[str, Sequence[OpenItem]]:
    """The items by who has them: those with nobody first, then by name."""
    found: dict[str, list[OpenItem]] = {}
    for one in items:
        found.setdefault(one.person or (f"The team {one.team}" if one.team else NOBODY), []).append(one)
    return {name: found[name] for name in sorted(found, key=lambda name: (name != NOBODY, name.lower()))}
