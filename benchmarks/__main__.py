"""`python -m benchmarks`: each page’s processor time and slowest answers, as ratios of the bare view’s in the same run."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from typing import NamedTuple

import click
import psycopg

from benchmarks.serving import Served, served
from benchmarks.visiting import Answer, Visitor, about_to_complain, following, signed_in

CASEWORKER = "ewan.saga@regulator.example"
AIMS = {"worklist": 6, "status page": 6, "case page": 8, "step": 12}
Ask = Callable[[], Answer]


class Cost(NamedTuple):
    """What one kind of request cost: milliseconds of processor of application and database, and of waiting."""

    cpu: float
    p95: float


class Work(NamedTuple):
    """One kind of request. make: so many of it, ready to be sent; forms are fetched beforehand and not counted."""

    make: Callable[[int, int], list[list[Ask]]]
    count: int
    good: int


def measure(on: Served, work: Work, clients: int) -> Cost:
    """Send requests from so many clients at once, each on a connection of its own."""
    queues = work.make(clients, max(work.count // clients, 4))
    waits: list[float] = []

    def sent(queue: list[Ask]) -> None:
        for ask in queue:
            began = time.perf_counter()
            answer = ask()
            waits.append(time.perf_counter() - began)
            if answer.status != work.good:
                raise RuntimeError(f"{answer.status} instead of {work.good}: {answer.text[:300]}")

    before = on.used()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(sent, queues))
    used = on.used() - before
    return Cost(1000 * used / len(waits), 1000 * statistics.quantiles(waits, n=20)[-1])


def pages(visitor: Visitor, paths: list[str], count: int = 240) -> Work:
    """The same pages again and again, as somebody sees them."""
    places = cycle(paths)

    def make(clients: int, each: int) -> list[list[Ask]]:
        queues = []
        for _ in range(clients):
            mine = visitor.also()
            queues.append([(lambda path=path, mine=mine: mine.get(path)) for path in islice(places, each)])
        return queues

    return Work(make, count, 200)


def notes(visitor: Visitor, references: list[str]) -> Work:
    """A note taken on one case after another."""
    left = cycle(references)

    def ready(mine: Visitor) -> Ask:
        path = f"/cases/{next(left)}/add-note"
        form = {**mine.drawn(path), "note": "Telephoned about the film of the market."}
        return lambda: mine.post(path, form)

    def make(clients: int, each: int) -> list[list[Ask]]:
        return [[ready(mine) for _ in range(each)] for mine in (visitor.also() for _ in range(clients))]

    return Work(make, 48, 302)


def complaints(url: str, body: int) -> Work:
    """Complaints sent, each by somebody else."""

    def ready() -> Ask:
        visitor, form = about_to_complain(url, body)
        return lambda: visitor.post("/complain/check", form)

    return Work(lambda clients, each: [[ready() for _ in range(each)] for _ in range(clients)], 16, 302)


def works(on: Served) -> Iterator[tuple[str, Work]]:
    """What is measured, the bare view first."""
    with psycopg.connect(on.owner) as owner:
        rows = owner.execute(
            "select reference from case_file where kind = 'complaint' and is_open and not is_restricted and id >= 1000000000"
            " order by md5(reference) limit 300"
        ).fetchall()
        people = owner.execute(
            "select name from participant where name is not null order by md5(name) limit 60"
        ).fetchall()
        (body,) = owner.execute("select body_id from party group by 1 order by count(*) desc").fetchone() or (
            0,
        )
    references = [reference for (reference,) in rows]
    caseworker = signed_in(on.url, CASEWORKER)
    yield "bare view", pages(Visitor(on.url), ["/bare/"], 480)
    yield "worklist", pages(caseworker, ["/cases?whose=everything"])
    yield "case page", pages(caseworker, [f"/cases/{reference}" for reference in references])
    yield "status page", pages(following(on.url, *_followed()), ["/complaint/status"])
    yield "search", pages(caseworker, [f"/search?words={name.replace(' ', '+')}" for (name,) in people])
    yield "step", notes(caseworker, references)
    yield "submission", complaints(on.url, body)


def _followed() -> tuple[str, str]:
    """A complaint of the story, and its code."""
    from regulator.seed import telling  # noqa: PLC0415 - in the application’s context

    one = telling.to_follow()[0]
    return one.reference, one.code


@click.command()
@click.option("--cases", default=[1_000], multiple=True, type=int, show_default=True)
@click.option("--runs", default=3, show_default=True)
@click.option("--port", default=8901, show_default=True)
def main(cases: tuple[int, ...], runs: int, port: int) -> None:
    """Measure on databases of so many cases, and print the medians of the runs."""
    for size in cases:
        with served(size, port) as on:
            os.environ.update(on.environ)
            click.echo(f"\n{size:,} cases, median of {runs} runs; processor time of application and database")
            _measure(on, runs)


def _measure(on: Served, runs: int) -> None:
    from config import Config  # noqa: PLC0415
    from regulator import create_app  # noqa: PLC0415

    with create_app(Config.from_env(os.environ)).app_context():
        todo = list(works(on))
    for clients in (1, 16):
        click.echo(
            f"\n{'clients at once: ' + str(clients):<22}{'CPU ms':>8}{'ratio':>7}{'aim':>5}{'p95 ms':>9}{'ratio':>7}"
        )
        base = Cost(0, 0)
        for name, work in todo:
            measure(on, work._replace(count=max(work.count // 8, 8)), clients)
            found = [measure(on, work, clients) for _ in range(runs)]
            cost = Cost(*(statistics.median(each) for each in zip(*found, strict=True)))
            base = cost if name == "bare view" else base
            click.echo(
                f"{name:<22}{cost.cpu:>8.2f}{cost.cpu / base.cpu:>7.1f}{AIMS.get(name, ''):>5}{cost.p95:>9.1f}{cost.p95 / base.p95:>7.1f}"
            )


if __name__ == "__main__":
    main()
