"""Changing bodies. Nothing is overwritten: what held until yesterday keeps its days."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

import sqlalchemy as sa

from regulator import ledger, words
from regulator.accounts.authority import administers
from regulator.accounts.models import Body, BodyName, BodyOversight, BodySuccession
from regulator.actors import Actor
from regulator.db import db
from regulator.errors import Invalid, Missing, NotNow

Dated = TypeVar("Dated", BodyName, BodyOversight)


def slug_of(name: str) -> str:
    """The permanent short name made from a body’s name: `mayor-of-london`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def rename_body(slug: str, name: str, on: date, *, by: Actor) -> None:
    """A body is called something else from a day on; what it was called until then stays true of then.

    Raises: NotNow when its present name began that day or later; Missing for no such body
    """
    administers(by)
    with ledger.change("rename_body", by=by, streams=[stream_of(slug)]) as intent:
        body = named(slug)
        before = _current(BodyName, body)
        if before is not None and before.name == name:
            raise Invalid("That is what it is called already.", "name")
        old = before.name if before else ""
        _end(before, on, "its name")
        db.session.add(BodyName(body_id=body.id, name=name, starts_on=on))
        intent.tell("internal", f"{by.name} renamed {old} to {name} from {words.day(on)}.")


def change_overseer(slug: str, overseer: str | None, on: date, *, by: Actor) -> None:
    """Another body oversees this one from a day on, or none does.

    Raises: Invalid for a body that would oversee itself; NotNow when the present one began that day or later
    """
    administers(by)
    with ledger.change("change_overseer", by=by, streams=[stream_of(slug)]) as intent:
        body, after = named(slug), named(overseer) if overseer else None
        if after is not None and after.id == body.id:
            raise Invalid("A body cannot oversee itself.", "overseer")
        before = _current(BodyOversight, body)
        if (before.overseer_id if before else None) == (after.id if after else None):
            raise Invalid("That is how it is already.", "overseer")
        _end(before, on, "its present oversight")
        if after is not None:
            db.session.add(BodyOversight(body_id=body.id, overseer_id=after.id, starts_on=on))
        who = f"{_called(after)} oversees {_called(body)}" if after else f"nobody oversees {_called(body)}"
        intent.tell("internal", f"{by.name} recorded: {who} from {words.day(on)}.")


def merge_bodies(slugs: Sequence[str], into: str, on: date, *, by: Actor) -> str:
    """Bodies give way on a day to another, which is there already or is made for it; returns its slug.

    into:   a slug of a body there is, or the name of a new one, which is like the first of `slugs`
    Raises: Invalid when a body would succeed itself; NotNow for one that has ended, or began that day or later
    """
    administers(by)
    if not slugs or into in slugs or slug_of(into) in slugs:
        raise Invalid("Choose at least one body, and another that takes its place.", "into")
    streams = [stream_of(slug) for slug in slugs]
    with ledger.change("merge_bodies", by=by, streams=streams) as intent:
        before = [named(slug) for slug in slugs]
        called = " and ".join(_called(body) for body in before)
        after = _found(into) or _new(into, like=before[0], on=on)
        intent.join(f"body:{after.id}")
        for body in before:
            _succeed(body, after, on)
        intent.tell("internal", f"{_called(after)} took the place of {called} on {words.day(on)}.")
        return after.slug


def _succeed(body: Body, after: Body, on: date) -> None:
    name = _current(BodyName, body)
    if name is None:
        raise NotNow(f"{_called(body)} has ended already.")
    _end(name, on, f"{name.name}")
    oversight = _current(BodyOversight, body)
    _end(oversight, on, f"the oversight of {name.name}")
    db.session.add(BodySuccession(predecessor_id=body.id, successor_id=after.id, occurred_on=on))


def _new(name: str, *, like: Body, on: date) -> Body:
    body = Body(
        slug=slug_of(name),
        kind=like.kind,
        nation=like.nation,
        calendar=like.calendar,
        is_crown=like.is_crown,
        is_regulated=like.is_regulated,
    )
    db.session.add(body)
    db.session.flush()
    db.session.add(BodyName(body_id=body.id, name=name, starts_on=on))
    return body


def stream_of(slug: str) -> str:
    """The stream in which a body’s changes are recorded.

    Raises: Missing when there is no such body
    """
    number = db.session.scalar(sa.select(Body.id).where(Body.slug == slug))
    if number is None:
        raise Missing("There is no such body.")
    return f"body:{number}"


def named(slug: str) -> Body:
    """The row of a body, to be changed.

    Raises: Missing when there is none
    """
    found = db.session.scalar(sa.select(Body).where(Body.slug == slug))
    if found is None:
        raise Missing("There is no such body.")
    return found


def _found(text: str) -> Body | None:
    return db.session.scalar(sa.select(Body).where(Body.slug.in_({text, slug_of(text)})))


def _current(what: type[Dated], body: Body) -> Dated | None:
    """The row that has no end: what holds now, or will from a day already fixed."""
    return db.session.scalar(sa.select(what).where(what.body_id == body.id, what.ends_on.is_(None)))


def _end(row: BodyName | BodyOversight | None, on: date, what: str) -> None:
    if row is None:
        return
    if row.starts_on >= on:
        raise NotNow(f"Choose a day after {words.day(row.starts_on)}, when {what} began.")
    row.ends_on = on - timedelta(days=1)
    db.session.flush()  # two rows of one body may not hold on the same day, not even for a moment


def _called(body: Body) -> str:
    name = db.session.scalar(
        sa.select(BodyName.name)
        .where(BodyName.body_id == body.id)
        .order_by(BodyName.starts_on.desc())
        .limit(1)
    )
    return name or body.slug
