"""Reading the complaints of the seed story: the same lines as those of a documented case, with days that are relative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from regulator.regime.model import Edition, Kind
from regulator.regime.reading import Problems, Reader, Word, read
from regulator.replay.lines import Rules, turns
from regulator.replay.reading import StoryError
from regulator.replay.story import Turn
from regulator.seed.days import Days

FOLDER = Path(__file__).parent / "complaints"
OUTSIDE: Mapping[str, tuple[str, ...]] = {
    "complainant": ("complainant",),
    "representative": ("representative",),
}


@dataclass(frozen=True)
class Told:
    """One complaint of the story.

    label:  what the story calls it; its reference and its code follow from it
    follow: what the public can do with it, for one that is offered to be followed
    """

    label: str
    body: Word
    follow: str
    turns: tuple[Turn, ...]

    @property
    def names(self) -> dict[str, str]:
        """What the people outside are called, by their part."""
        answers = self.turns[0].act.answers if self.turns[0].act else {}
        given = {"complainant": "name", "representative": "representative_name"}
        return {
            part: str(answers[field].value) if field in answers else f"The {part}"
            for part, field in given.items()
        }


def complaints(
    edition: Edition, kind: Kind, people: Mapping[str, tuple[str, ...]], today: date
) -> list[Told]:
    """Every complaint of the story, in the order of the files.

    people: roles by name, of those who are not outside
    Raises: StoryError with all that is wrong
    """
    problems = Problems()
    found = []
    for file in sorted(FOLDER.glob("*.yaml")):
        whole = read(file.read_bytes(), file.name, problems)
        if whole is not None:
            found += list(_in(whole, edition, kind, {**people, **OUTSIDE}, today))
    if problems.found:
        raise StoryError(problems.found)
    return found


def _in(
    whole: Reader, edition: Edition, kind: Kind, people: Mapping[str, tuple[str, ...]], today: date
) -> Iterator[Told]:
    for label, row in whole.table("complaints", "shared", "the story").under("complaints").items():
        days = Days(today)
        line = row.table("body steps", "follow", f"“{label}”")
        rules = Rules(edition, kind, people, days.when, days.day)
        told = turns(line.rows.get("steps"), {"": rules})
        yield Told(str(label), line.text("body"), str(line.text("follow")), tuple(told))
