"""A whole tour of one kind: every opening walked, and what was never taken reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import make
from flask import Flask

from regulator import moments
from walking.company import WALES, Company
from walking.filling import Filler
from walking.walk import START, Open, Walk


def toured(
    app: Flask,
    kind: str,
    openings: Sequence[Open],
    *,
    edition: str = "2026-draft",
    turns: int = 10,
    most: int = 120,
) -> Walk:
    """Walk every opening in turn, and those again that may come to what was never taken.

    turns: how far each is walked whatever it comes to; most: how far while it comes to anything new
    """
    random = Random(f"{edition} {kind}")
    with moments.as_at(make.at(START)):
        walk = Walk(app, edition, kind, random, Company.made(), Filler(random))
        walk.filler.other_case = openings[0](walk).reference
    walk.filler.successor = str(make.body_id(WALES))
    for opening in _again(walk, openings):
        walk.go(opening, turns, most)
    return walk


def _again(walk: Walk, openings: Sequence[Open]) -> Iterator[Open]:
    yield from openings
    for opening in (*openings, *openings):
        if walk.never_taken or walk.never_reached:
            yield opening
