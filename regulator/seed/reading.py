"""Reading the cases of the seed story: the same lines as those of a documented case, with days that are relative."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from regulator.regime.model import Edition, Kind
from regulator.regime.reading import Problems, Reader, Word, read, unknown
from regulator.replay.lines import Rules, turns
from regulator.replay.reading import StoryError
from regulator.replay.story import Turn
from regulator.replay.telling import reference_from
from regulator.seed.days import Days
from regulator.seed.people import FILE as PEOPLE

FOLDER = Path(__file__).parent
OUTSIDE: Mapping[str, tuple[str, ...]] = {
    "complainant": ("complainant",),
    "representative": ("representative",),
}


@dataclass(frozen=True)
class Told:
    """One case of the story.

    label:  what the story calls it; its reference and its code follow from it
    bodies: the slugs of those it is about
    follow: what the public can do with it, for a complaint that is offered to be followed
    """

    label: str
    kind: Kind
    bodies: tuple[Word, ...]
    follow: str
    turns: tuple[Turn, ...]

    @property
    def reference(self) -> str:
        """Its reference: the same each time."""
        return reference_from(self.kind.prefix, f"seed {self.label}")

    @property
    def names(self) -> dict[str, str]:
        """What the people outside are called, by their part."""
        answers = self.turns[0].act.answers if self.turns[0].act else {}
        given = {"complainant": "name", "representative": "representative_name"}
        return {
            part: str(answers[field].value) if field in answers else f"The {part}"
            for part, field in given.items()
        }


def cases(edition: Edition, people: Mapping[str, tuple[str, ...]], today: date) -> list[Told]:
    """Every case of the story, in the order of the files.

    people: roles by name, of those who are not outside
    Raises: StoryError with all that is wrong
    """
    problems = Problems()
    found: list[Told] = []
    for file in sorted(set(FOLDER.rglob("*.yaml")) - {PEOPLE}):
        whole = read(file.read_bytes(), str(file.relative_to(FOLDER)), problems)
        if whole is not None:
            found += _in(whole, edition, {**people, **OUTSIDE}, today)
    if problems.found:
        raise StoryError(problems.found)
    return found


def _in(
    whole: Reader, edition: Edition, people: Mapping[str, tuple[str, ...]], today: date
) -> Iterator[Told]:
    """The cases of one file, all of the kind it says."""
    top = whole.table("kind cases", "shared", "the story")
    named = top.text("kind")
    if named not in edition.kinds:
        whole.say(unknown(named, "kind of case", edition.kinds))
        return
    for label, row in top.under("cases").items():
        yield _told(str(label), row, Rules(edition, edition.kinds[named], people, *_days(today)))


def _days(today: date) -> tuple[Callable[[str], datetime], Callable[[str], date]]:
    """How one case reads its days: of its steps, and in its answers."""
    days = Days(today)
    return days.when, days.day


def _told(label: str, row: Reader, rules: Rules) -> Told:
    line = row.table("body steps", "follow", f"“{label}”")
    bodies = line.words("body")
    told = turns(line.rows.get("steps"), {"": replace(rules, bodies=bodies)})
    return Told(label, rules.kind, bodies, str(line.text("follow")), tuple(told))
