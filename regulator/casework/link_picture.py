"""The cases that a case is linked to, as a small picture and as a list that says the same.

Only presentation attributes are used: a page may forbid styles and the picture still shows. It is narrow enough for a
telephone: this case in the middle, the others above and below, each joined to it by a line on which stands how.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from flask import url_for
from markupsafe import Markup

from regulator.casework import editions
from regulator.casework.queries import CaseHead, Linked
from regulator.regime.drawing import BRAND, INK, LINE_INK, PAPER, WASH
from regulator.regime.lettering import SIZE, fold

WIDTH: Final = 340
TRUNK, SIDE, EDGE = 16, 136, 3
"""From the left: the line all others branch from, the boxes of the others, and what stays free at the margins."""
TEXT, LINE, PAD, GAP = 14, 18, 12, 16
AWAY, BACK = "leads_to", "follows"
"""Relations that have a direction: an arrow shows it."""


@dataclass(frozen=True)
class LinkedCase:
    """A linked case in words: what it is, where it stands, and how the two belong together.

    codes: the relations as the edition names them
    """

    reference: str
    title: str
    kind: str
    stage: str
    relation: str
    href: str
    codes: frozenset[str]


@dataclass(frozen=True)
class Box:
    """A case on paper: its lines, where they stand, and the lines on its branch."""

    x: float
    y: float
    lines: tuple[str, ...]
    label: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()

    @property
    def height(self) -> float:
        """Room for its own words, and for those above its branch."""
        return PAD * 2 + LINE * max(len(self.lines), len(self.label))

    @property
    def branch(self) -> float:
        """How far down its branch ends: at the middle, or lower where the words above it need the room."""
        return self.y + max(self.height / 2, LINE * len(self.label) + 6)


def linked_cases(found: Sequence[Linked]) -> list[LinkedCase]:
    """The linked cases in words, each once however many links lead to it, in the order they were linked."""
    several: dict[str, list[Linked]] = {}
    for one in found:
        several.setdefault(one.reference, []).append(one)
    return [_in_words(links) for links in several.values()]


def _in_words(links: Sequence[Linked]) -> LinkedCase:
    one = links[0]
    edition = editions.editions()[one.edition]
    relations = {choice.code: choice.label for choice in edition.choices("case_relations")}
    return LinkedCase(
        reference=one.reference,
        title=one.title,
        kind=edition.kinds[one.kind].label,
        stage=edition.kinds[one.kind].stages[one.stage].label,
        relation="; ".join(relations.get(link.relation, link.relation) for link in links),
        href=url_for("casework.show", reference=one.reference),
        codes=frozenset(link.relation for link in links),
    )


def picture(case: CaseHead, others: Sequence[LinkedCase]) -> Markup | None:
    """The links of a case as an SVG image with a title and a description; nothing for a case with none."""
    if not others:
        return None
    return Markup("".join(_svg(case, others)))  # noqa: S704 - drawn by us, and every word escaped


def _svg(case: CaseHead, others: Sequence[LinkedCase]) -> Iterator[str]:
    kind = editions.kind_of(case.edition, case.kind)
    here = (case.reference, "This case", kind.label, kind.stages[case.stage].label)
    boxes = lay_out(here, others)
    height = max(box.y + box.height for box in boxes) + EDGE
    middle = boxes[0]
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="linked-cases" role="img" '
        f'aria-labelledby="links-title links-words" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" '
        f'height="{height:g}" font-size="{TEXT}" fill="{INK}">'
    )
    many = "1 other case" if len(others) == 1 else f"{len(others)} other cases"
    yield f'<title id="links-title">{escape(case.reference)} is linked to {many}</title>'
    yield f'<desc id="links-words">{escape(_description(others))}</desc>'
    for box in boxes[1:]:
        yield from _branch(box, middle)
    yield from _box(middle, fill=BRAND, ink=PAPER)
    for box in boxes[1:]:
        yield from _box(box, fill=WASH, ink=INK)
    yield "</svg>"


def _description(others: Sequence[LinkedCase]) -> str:
    told = [f"{one.reference}, {one.kind}, {one.stage}: {one.relation}." for one in others]
    return " ".join(["This case is in the middle.", *told])


def lay_out(here: tuple[str, ...], others: Sequence[LinkedCase]) -> list[Box]:
    """The boxes on paper, this case first: half of the others stand above it, the rest below."""
    above, placed, y = len(others) // 2, [], float(EDGE)
    middle: Box | None = None
    for number, one in enumerate(others):
        if number == above:
            middle = Box(EDGE, y, _folded(here, WIDTH - SIDE))
            y += middle.height + GAP
        lines = _folded((one.reference, one.kind, one.stage), WIDTH - SIDE)
        placed.append(Box(SIDE, y, lines, _fold(one.relation, SIDE - TRUNK - 22), one.codes))
        y += placed[-1].height + GAP
    return [middle or Box(EDGE, y, _folded(here, WIDTH - SIDE)), *placed]


def _folded(words: Sequence[str], most: float) -> tuple[str, ...]:
    return tuple(line for word in words for line in _fold(word, most - 2 * PAD))


def _fold(text: str, most: float) -> tuple[str, ...]:
    return fold(text, most * SIZE / TEXT)


def _branch(box: Box, middle: Box) -> Iterator[str]:
    """The line from this case to another, an arrowhead where one came of the other, and the words above it."""
    y, start = box.branch, middle.y if box.y < middle.y else middle.y + middle.height
    yield (
        f'<path d="M{TRUNK} {start:g}L{TRUNK} {y:g}L{SIDE} {y:g}" fill="none" '
        f'stroke="{LINE_INK}" stroke-width="1.5"/>'
    )
    if AWAY in box.codes:
        yield f'<path d="M{SIDE - 1} {y:g}l-10 -5.5l0 11Z" fill="{LINE_INK}"/>'
    if BACK in box.codes:
        yield f'<path d="M{TRUNK + 1} {y:g}l10 -5.5l0 11Z" fill="{LINE_INK}"/>'
    top = y - 8 - LINE * (len(box.label) - 1)
    yield from _words(box.label, TRUNK + 10, top, INK)


def _box(box: Box, *, fill: str, ink: str) -> Iterator[str]:
    wide = WIDTH - SIDE - EDGE
    yield (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{wide}" height="{box.height:g}" rx="4" fill="{fill}" '
        f'stroke="{BRAND}" stroke-width="1.5"/>'
    )
    top = box.y + (box.height - LINE * len(box.lines)) / 2 + LINE * 0.75
    yield from _words(box.lines[:1], box.x + PAD, top, ink, ' font-weight="bold"')
    yield from _words(box.lines[1:], box.x + PAD, top + LINE, ink)


def _words(lines: Sequence[str], x: float, y: float, ink: str, strong: str = "") -> Iterator[str]:
    for number, line in enumerate(lines):
        yield f'<text x="{x:g}" y="{y + number * LINE:g}" fill="{ink}"{strong}>{escape(line)}</text>'
