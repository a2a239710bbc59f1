"""The pages of the bodies: what each is called, who oversees it, what became of it and what is published about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from regulator import moments
from regulator.accounts import queries as accounts
from regulator.accounts.queries.bodies import BodyRow, Spell, Succession
from regulator.actors import PUBLIC
from regulator.db import ask_as
from regulator.register import queries, showing
from regulator.register.showing import Row


@dataclass(frozen=True)
class Entry:
    """A body on a list, with of how many cases about it something is published."""

    id: int
    slug: str
    name: str
    number: int = 0


@dataclass(frozen=True)
class Group:
    """Bodies of one kind, by name."""

    name: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Page:
    """Everything the public may read of one body.

    every: where the whole list of what is published about it is, where the page does not hold all
    """

    body: BodyRow
    names: Sequence[Spell]
    overseers: Sequence[Spell]
    oversees: Sequence[BodyRow]
    before: Sequence[Succession]
    after: Sequence[Succession]
    rows: Sequence[Row]
    every: str | None


def with_something() -> list[Entry]:
    """The bodies about which something is published, by today’s name."""
    many, today = queries.how_many(), moments.today()
    found = queries.bodies(many.keys()).values()
    entries = [Entry(one.id, one.slug, one.called(today), many[one.id]) for one in found]
    return sorted(entries, key=lambda one: one.name)


def groups() -> list[Group]:
    """The bodies there are today, those that only oversee others last, by kind and name."""
    many = queries.how_many()
    found: dict[str, list[Entry]] = {}
    for body in (*accounts.bodies(), *accounts.bodies(regulated=False)):
        entry = Entry(body.id, body.slug, body.name, many.get(body.id, 0))
        found.setdefault(body.kind_words, []).append(entry)
    return [Group(name, entries) for name, entries in found.items()]


def page_of(slug: str) -> Page:
    """Everything the public may read of one body.

    Raises: Missing when there is none
    """
    ask_as(PUBLIC)
    body = accounts.body_named(slug)
    found = queries.published(body_id=body.id)
    return Page(
        body=body,
        names=accounts.names_of(body.id),
        overseers=accounts.overseers_of(body.id),
        oversees=accounts.overseen_by(body.id),
        before=accounts.predecessors(body.id),
        after=accounts.successors(body.id),
        rows=showing.rows(found),
        every=url_for("register.published", body=slug) if found.following else None,
    )
