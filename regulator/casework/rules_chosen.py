"""Under which rules a case is opened, where more than one edition serves its kind: staff choose, by the address."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from regulator.actors import Actor, Side
from regulator.casework import editions
from regulator.errors import Missing

ASKED = "rules"


def chosen(kind: str, by: Actor) -> str:
    """The name of the edition under which a case of this kind is to be opened by this request.

    Raises: Missing for one under which no case of the kind can be opened, or for whoever may not choose
    """
    asked = request.args.get(ASKED)
    if not asked:
        return editions.CURRENT
    if by.side is not Side.staff or asked not in {one.name for one in editions.serving(kind)}:
        raise Missing("There are no such rules.")
    return asked


def offered(kind: str, under: str, by: Actor) -> list[tuple[str, str]]:
    """Each edition that serves the kind with where to choose it, none where it is chosen; nothing where there is one."""
    found = editions.serving(kind)
    if by.side is not Side.staff or len(found) < 2:
        return []
    return [(one.title, "" if one.name == under else _place(one.name)) for one in found]


def _place(name: str) -> str:
    kept: dict[str, Any] = {key: value for key, value in request.args.items() if key != ASKED}
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **kept, ASKED: name})
