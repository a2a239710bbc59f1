"""What is measured: pages opened, a step taken, a complaint sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from typing import Any, NamedTuple
from urllib.parse import quote_plus

import psycopg

from benchmarks.serving import Served
from benchmarks.visiting import Answer, Visitor, about_to_complain, following, signed_in
from regulator.seed import telling

CASEWORKER = "ewan.saga@regulator.example"
BARE = "bare view"
Ask = Callable[[], Answer]
CASES = (
    "select reference from case_file where kind = 'complaint' and is_open and not is_restricted"
    " and id >= 1000000000 order by md5(reference) limit 300"
)
NAMES = "select name from participant where name is not null order by md5(name || id) limit 60"
BODY = "select body_id from party group by 1 order by count(*) desc limit 1"


class Work(NamedTuple):
    """One kind of request.

    make: from so many clients so many requests each, ready to be sent; what leads to them is done here, and not counted
    times: how many make one measurement; good: how they are answered
    aim: at most so many times the processor time of the bare view; None where nothing is aimed at
    """

    name: str
    make: Callable[[int, int], list[list[Ask]]]
    times: int
    good: int
    aim: int | None = None


def works(on: Served) -> Iterator[Work]:
    """What is measured, the bare view first. To be called in the application’s context."""
    with psycopg.connect(on.owner) as owner:
        references = _column(owner, CASES)
        people = _column(owner, NAMES)
        (body,) = _column(owner, BODY)
    caseworker = signed_in(on.url, CASEWORKER)
    follow = telling.to_follow()[0]
    complainant = following(on.url, follow.reference, follow.code)
    yield Work(BARE, _pages(Visitor(on.url), ["/bare/"]), 480, 200)
    yield Work("worklist", _pages(caseworker, ["/cases?whose=everything"]), 160, 200, 6)
    yield Work("case page", _pages(caseworker, [f"/cases/{one}" for one in references]), 160, 200, 8)
    yield Work("status page", _pages(complainant, ["/complaint/status"]), 160, 200, 6)
    yield Work("search", _pages(caseworker, [f"/search?words={quote_plus(one)}" for one in people]), 160, 200)
    yield Work("step", _notes(caseworker, references), 64, 302, 12)
    yield Work("submission", _complaints(on.url, body), 24, 302)


def _column(owner: psycopg.Connection[Any], query: str) -> list[Any]:
    return [value for (value,) in owner.execute(query.encode()).fetchall()]


def _pages(visitor: Visitor, paths: Sequence[str]) -> Callable[[int, int], list[list[Ask]]]:
    places = cycle(paths)

    def asked(mine: Visitor, path: str) -> Ask:
        return lambda: mine.get(path)

    def make(clients: int, each: int) -> list[list[Ask]]:
        visitors = [visitor.also() for _ in range(clients)]
        return [[asked(mine, path) for path in islice(places, each)] for mine in visitors]

    return make


def _notes(visitor: Visitor, references: Sequence[str]) -> Callable[[int, int], list[list[Ask]]]:
    left = cycle(references)

    def ready(mine: Visitor) -> Ask:
        path = f"/cases/{next(left)}/add-note"
        form = {**mine.drawn(path), "note": "Telephoned about the film of the market."}
        return lambda: mine.post(path, form)

    def make(clients: int, each: int) -> list[list[Ask]]:
        return [[ready(mine) for _ in range(each)] for mine in (visitor.also() for _ in range(clients))]

    return make


def _complaints(url: str, body: int) -> Callable[[int, int], list[list[Ask]]]:
    def ready() -> Ask:
        visitor, form = about_to_complain(url, body)
        return lambda: visitor.post("/complain/check", form)

    return lambda clients, each: [[ready() for _ in range(each)] for _ in range(clients)]
