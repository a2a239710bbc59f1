"""A kind’s workflow as a picture that can be read without seeing it, and the same as rows of a table.

Only presentation attributes are used: a page may forbid styles and the picture still shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

from regulator.regime.layout import lay_out
from regulator.regime.lettering import LINE, SIZE, fold
from regulator.regime.model import Kind
from regulator.regime.paper import Arrow, Box, Point, Words
from regulator.regime.telling import who_may
from regulator.regime.workflow import STAFF, Workflow, workflow

INK, LINE_INK, BRAND, PAPER, WASH = "#1d1a22", "#6b6373", "#472a5b", "#ffffff", "#f3eef7"
FACE: Final = "Atkinson Hyperlegible Next, Arial, sans-serif"
CORNER, HEAD, BADGE = 7.0, 7.0, 10.0


@dataclass(frozen=True)
class WayOut:
    """One step out of a stage: its label, who may take it, and the label of the stage it leads to."""

    label: str
    who: str
    to: str


@dataclass(frozen=True)
class Row:
    """One stage of the table: its label, whether it is an end, the ways out, and when the case stood there.

    visits: 1 for the first stage the case stood at, and so on; `is_now` for where it stands
    """

    stage: str
    is_end: bool
    ways_out: tuple[WayOut, ...]
    visits: tuple[int, ...] = ()
    is_now: bool = False


def outline(kind: Kind, path: Sequence[str] = (), audience: str = STAFF) -> list[Row]:
    """The picture in words: every stage in order, with the steps that lead out of it, to whom and where they lead.

    path: the stages a case stood at, in order
    """
    flow = workflow(kind, audience)
    return list(_rows(flow, flow.path(path)))


def _rows(flow: Workflow, seen: list[str]) -> Iterator[Row]:
    labels = {stage.name: stage.label for stage in flow.stages}
    for stage in flow.stages:
        moves = [move for move in flow.moves if move.source == stage.name]
        ways = [WayOut(step.label, who_may(step), labels[move.to]) for move in moves for step in move.steps]
        yield Row(
            stage.label, stage.is_end, tuple(ways), _visits(stage.name, seen), seen[-1:] == [stage.name]
        )


def _visits(name: str, seen: Sequence[str]) -> tuple[int, ...]:
    return tuple(number for number, stage in enumerate(seen, 1) if stage == name)


def draw(kind: Kind, path: Sequence[str] = (), audience: str = STAFF) -> str:
    """The workflow as an SVG image with a title and a description; a case’s own path is numbered, and drawn thicker.

    path:     the stages a case stood at, in order, as `events.visited` gives them
    audience: staff, body, complainant or oversight; outsiders are shown only what they may see
    """
    flow = workflow(kind, audience)
    seen = flow.path(path)
    return "\n".join(_svg(kind, flow, seen)) + "\n"


def _svg(kind: Kind, flow: Workflow, seen: list[str]) -> Iterator[str]:
    paper = lay_out(flow)
    walked = set(pairwise(seen))
    notes = _notes(flow, paper.width)
    width, height = round(paper.width), round(paper.height + LINE * len(notes) + (8 if notes else 0))
    name = escape(f"workflow-{kind.name}")
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title {name}-desc" '
        f'class="workflow" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{FACE}" font-size="{SIZE}" fill="{INK}">'
    )
    yield f'<title id="{name}-title">{escape(kind.label)}: stages and steps</title>'
    yield f'<desc id="{name}-desc">{escape(_description(flow, seen))}</desc>'
    yield f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'
    yield from _lines(paper.arrows, LINE_INK, 1.5)
    yield from _lines([a for a in paper.arrows if (a.move.source, a.move.to) in walked], BRAND, 4)
    for box in paper.boxes:
        yield from _box(box, _visits(box.name, seen), is_now=seen[-1:] == [box.name])
    for arrow in paper.arrows:
        yield from _text(arrow.words, bold=(arrow.move.source, arrow.move.to) in walked)
    yield from _text(Words(16, paper.height + LINE * 0.8, notes, "start"))
    yield "</svg>"


def _description(flow: Workflow, seen: Sequence[str]) -> str:
    labels = {stage.name: stage.label for stage in flow.stages}
    stages = ", ".join(stage.label for stage in flow.stages if not stage.is_end)
    ends = ", ".join(stage.label for stage in flow.stages if stage.is_end)
    told = f"Stages in order: {stages}. Ends: {ends}. Arrows are the steps that lead from one to another."
    if seen:
        told += f" This case stood at: {', '.join(labels[name] for name in seen)}. It stands at {labels[seen[-1]]}."
    return told


def _notes(flow: Workflow, width: float) -> tuple[str, ...]:
    """What no arrow can show."""
    if not flow.asides:
        return ()
    named = ", ".join(f"“{step.label}”" for step in flow.asides)
    return fold(f"Not drawn, because they lead back to a stage the case had: {named}.", width - 32)


def _lines(arrows: Sequence[Arrow], ink: str, weight: float) -> Iterator[str]:
    """The arrows as one shape, so that lines which run together do not look heavier than others."""
    if not arrows:
        return
    lines = [_corners(arrow.points) for arrow in arrows]
    for arrow, corners in zip(arrows, lines, strict=True):
        if arrow.move.source is None:
            yield f'<circle cx="{corners[0][0]:g}" cy="{corners[0][1]:g}" r="5" fill="{ink}"/>'
    yield f'<path d="{"".join(map(_line, lines))}" fill="none" stroke="{ink}" stroke-width="{weight:g}"/>'
    heads = "".join(_head(corners[-2], corners[-1], HEAD + weight) for corners in lines)
    yield f'<path d="{heads}" fill="{ink}"/>'


def _corners(points: Sequence[Point]) -> list[Point]:
    """The points without those at which the line does not turn."""
    kept = [points[0]]
    for here, following in pairwise(points[1:]):
        if not (kept[-1][0] == here[0] == following[0] or kept[-1][1] == here[1] == following[1]):
            kept.append(here)
    return [*kept, points[-1]]


def _line(corners: Sequence[Point]) -> str:
    """The line with rounded corners, stopping short of its arrowhead."""
    d = [f"M{corners[0][0]:g} {corners[0][1]:g}"]
    for before, here, after in zip(corners, corners[1:], corners[2:], strict=False):
        r = min(CORNER, _far(before, here) / 2, _far(here, after) / 2)
        (ax, ay), (bx, by) = _towards(here, before, r), _towards(here, after, r)
        d.append(f"L{ax:g} {ay:g}Q{here[0]:g} {here[1]:g} {bx:g} {by:g}")
    x, y = _towards(corners[-1], corners[-2], HEAD)
    return "".join([*d, f"L{x:g} {y:g}"])


def _head(before: Point, tip: Point, size: float) -> str:
    x, y = _towards(tip, before, size)
    across = (0, size * 0.55) if before[1] == tip[1] else (size * 0.55, 0)
    return f"M{tip[0]:g} {tip[1]:g}L{x + across[0]:g} {y + across[1]:g}L{x - across[0]:g} {y - across[1]:g}Z"


def _far(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(start: Point, to: Point, by: float) -> Point:
    """The point `by` pixels from `start` on the straight way to `to`."""
    share = by / (_far(start, to) or 1)
    return start[0] + (to[0] - start[0]) * share, start[1] + (to[1] - start[1]) * share


def _box(box: Box, visits: Sequence[int], *, is_now: bool) -> Iterator[str]:
    ink, weight = (BRAND, 3) if visits else (LINE_INK, 1.5)
    fill = BRAND if is_now else WASH if box.is_end else PAPER
    round_ = min(box.h / 2, 20) if box.is_end else 4
    yield (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.w:g}" height="{box.h:g}" rx="{round_:g}" '
        f'fill="{fill}" stroke="{ink}" stroke-width="{weight}"/>'
    )
    lines = (*box.label, "the case is here") if is_now else box.label
    x, y = box.middle
    y -= LINE * 1.1 * (len(lines) - 1) / 2 - SIZE * 0.38
    for number, line in enumerate(lines):
        strong = ' font-weight="bold" font-size="14.5"' if number < len(box.label) else ""
        yield (
            f'<text x="{x:g}" y="{y + number * LINE * 1.1:g}" text-anchor="middle"{strong} '
            f'fill="{PAPER if is_now else INK}">{escape(line)}</text>'
        )
    if visits:
        yield from _badge(box, ", ".join(str(number) for number in visits))


def _badge(box: Box, numbers: str) -> Iterator[str]:
    wide = 2 * BADGE + 6.5 * (len(numbers) - 1)
    x, y = box.x + box.w - wide / 2 - 6, box.y
    yield (
        f'<rect x="{x - wide / 2:g}" y="{y - BADGE:g}" width="{wide:g}" height="{2 * BADGE:g}" rx="{BADGE:g}" '
        f'fill="{PAPER}" stroke="{BRAND}" stroke-width="2"/>'
    )
    yield (
        f'<text x="{x:g}" y="{y + 4.5:g}" text-anchor="middle" font-weight="bold" fill="{BRAND}">{numbers}</text>'
    )


def _text(words: Words, *, bold: bool = False) -> Iterator[str]:
    strong = ' font-weight="bold"' if bold else ""
    for number, line in enumerate(words.lines):
        y = words.y + number * LINE
        yield f'<text x="{words.x:g}" y="{y:g}" text-anchor="{words.anchor}"{strong}>{escape(line)}</text>'
