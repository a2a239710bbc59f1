"""`python -m benchmarks`: processor time and slowest answers of each page, as ratios of the bare view’s in the same run."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import click

from benchmarks.serving import Served, database, served
from benchmarks.works import BARE, Ask, Work, works
from config import Config
from regulator import create_app

CLIENTS = (1, 16)
GROWTH = 4 / 3
"""What a p95 may grow by from the smallest database to the largest, with one client."""


class Cost(NamedTuple):
    """What one request cost, in milliseconds of processor of application and database, and of waiting."""

    cpu: float
    p95: float


@click.command()
@click.option("--cases", default="10000", show_default=True, help="How many, or several numbers with spaces.")
@click.option("--runs", default=3, show_default=True)
@click.option("--port", default=8901, show_default=True)
@click.option("--keep", is_flag=True, help="Keep the databases, and use what an earlier run kept.")
def main(cases: str, runs: int, port: int, keep: bool) -> None:
    """Measure on databases of so many cases, and print the medians of the runs."""
    sizes = [int(size) for size in cases.replace(",", " ").split()]
    found = {}
    with database(port) as server:
        for size in sizes:
            with served(server, size, port, keep=keep) as on:
                found[size] = _measured(on, size, runs)
    if len(sizes) > 1:
        _tell_growth(sizes, found)


def _measured(on: Served, size: int, runs: int) -> dict[str, Cost]:
    """Measure everything on one database and print it; returns the costs with one client."""
    alone: dict[str, Cost] = {}
    os.environ.update(on.environ)
    with create_app(Config.from_env(on.environ)).app_context():
        todo = list(works(on))
    for clients in CLIENTS:
        for work in todo:
            _measure(on, work._replace(times=16), clients)
        rounds = [{work.name: _measure(on, work, clients) for work in todo} for _ in range(runs)]
        _tell(f"{size:,} cases, {clients} at once, median of {runs}", todo, rounds)
        alone = alone or {work.name: _median([each[work.name] for each in rounds]) for work in todo}
    return alone


def _measure(on: Served, work: Work, clients: int) -> Cost:
    """Send requests from so many clients at once, each on a connection of its own."""
    queues = work.make(clients, max(work.times // clients, 2))
    waits: list[float] = []

    def send(queue: Sequence[Ask]) -> None:
        for ask in queue:
            began = time.perf_counter()
            answer = ask()
            waits.append(time.perf_counter() - began)
            if answer.status != work.good:
                raise RuntimeError(
                    f"{work.name}: {answer.status} instead of {work.good}: {answer.text[:300]}"
                )

    before = on.used()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(send, queues))
    used = on.used() - before
    return Cost(1000 * used / len(waits), 1000 * statistics.quantiles(waits, n=20)[-1])


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(each) for each in zip(*costs, strict=True)))


def _tell(title: str, todo: Sequence[Work], rounds: Sequence[dict[str, Cost]]) -> None:
    load = os.getloadavg()[0]
    click.echo(f"\n{title} (load average {load:.1f} on {os.cpu_count()} cores)")
    click.echo(f"{'':<14}{'CPU ms':>8}{'ratio':>7}{'aim':>5}{'p95 ms':>9}{'ratio':>7}")
    for work in todo:
        cost = _median([each[work.name] for each in rounds])
        to_bare = [
            Cost(each[work.name].cpu / each[BARE].cpu, each[work.name].p95 / each[BARE].p95)
            for each in rounds
        ]
        ratio = _median(to_bare)
        aim = "" if work.aim is None else work.aim
        click.echo(
            f"{work.name:<14}{cost.cpu:>8.2f}{ratio.cpu:>7.1f}{aim:>5}{cost.p95:>9.1f}{ratio.p95:>7.1f}"
        )


def _tell_growth(sizes: Sequence[int], found: dict[int, dict[str, Cost]]) -> None:
    least, most = found[min(sizes)], found[max(sizes)]
    click.echo(
        f"\nOne client, {min(sizes):,} to {max(sizes):,} cases: p95 times (at most {GROWTH:.2f}), CPU times"
    )
    for name, cost in least.items():
        click.echo(f"{name:<14}{most[name].p95 / cost.p95:>7.2f}{most[name].cpu / cost.cpu:>7.2f}")


if __name__ == "__main__":
    main()
