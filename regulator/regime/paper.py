"""What a workflow is made of on paper: boxes, lines with their corners, labels; and how many pixels each takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from regulator.regime.lettering import LINE
from regulator.regime.workflow import Move

Point = tuple[float, float]

PORT: Final = 12.0


@dataclass
class Box:
    """One stage on paper; a `bank` stands in the second column."""

    name: str
    label: tuple[str, ...]
    is_end: bool
    is_bank: bool
    x: float = 0
    y: float = 0
    w: float = 0
    h: float = 0

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.w / 2, self.y + self.h / 2


@dataclass(frozen=True)
class Words:
    """A label: its lines, where the first stands, and which end of them that is (start or end)."""

    x: float
    y: float
    lines: tuple[str, ...]
    anchor: str


@dataclass(frozen=True)
class Arrow:
    """One move on paper: the corners of its line, and its label. One with no source begins at a dot."""

    move: Move
    points: tuple[Point, ...]
    words: Words


@dataclass(frozen=True)
class Paper:
    """The whole picture; units are pixels at its natural size."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@dataclass
class Port:
    """Where a line meets the side of a box: out under its label, or in (no move) from a lane.

    An opening has no lane: it comes from a dot.
    """

    box: Box
    lane: Lane | None
    move: Move | None = None
    label: tuple[str, ...] = ()
    y: float = 0

    @property
    def height(self) -> float:
        """The room it takes on the side of its box."""
        return PORT + LINE * len(self.label)


@dataclass
class Lane:
    """The vertical line that the moves to one stage share: left of the trunk, or between the columns."""

    is_left: bool
    to: Box
    ports: list[Port] = field(default_factory=list)
    number: int = 0

    @property
    def span(self) -> Point:
        """From where to where it runs at most, by the boxes it joins."""
        boxes = [port.box for port in self.ports]
        return min(box.y for box in boxes), max(box.y + box.h for box in boxes)
