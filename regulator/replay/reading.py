"""Reading a documented case: its file becomes a story, or everything wrong with it is said at once, line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from regulator.deadlines.london import london_day, spoken
from regulator.regime.model import Edition, Kind, Step
from regulator.regime.reading import EditionError, Problems, Reader, Table, read, unknown
from regulator.replay import answers, expectations
from regulator.replay.listing import items
from regulator.replay.story import Act, Answer, Expected, Story, Turn

TOP: Final = ("case title body sources people steps", "about kind edition could_not_express")
TURN: Final = ("on", "by step assumed data expect")
MARKS: Final = ("[S]", "[P]", "[2]")
SIDES: Final = frozenset({"regulator", "body", "outside"})
KIND, EDITION = "complaint", "2026-draft"


class StoryError(EditionError):
    """A file that tells no story, with everything that is wrong with it in the order of its lines."""

    status = 400


@dataclass(frozen=True)
class Rules:
    """What the words in a file are looked up in.

    when, day: read the time of a step, and a day in an answer; they raise ValueError with the sentence to show
    """

    edition: Edition
    kind: Kind
    people: Mapping[str, tuple[str, ...]]
    when: Callable[[str], date | datetime]
    day: Callable[[str], date]


def story_in(content: bytes, file: str, editions: Mapping[str, Edition], today: date) -> Story:
    """The story that a file tells.

    file:   what to call it where something is wrong
    Raises: StoryError with every line that cannot be told
    """
    problems = Problems()
    whole = read(content, file, problems)
    story = _story(whole, file, editions, today, content) if whole else None
    if problems.found or story is None:
        raise StoryError(problems.found)
    return story


def _story(
    whole: Reader, file: str, editions: Mapping[str, Edition], today: date, content: bytes
) -> Story | None:
    top = whole.table(*TOP, "a documented case")
    found = _kind(top, editions)
    if found is None:
        return None
    edition, kind = found
    rules = Rules(edition, kind, _people(top, edition), lambda text: read_when(text, today), answers.read_day)
    return Story(
        file=file,
        number=_number(top),
        title=top.text("title"),
        about=top.text("about"),
        sources=tuple(_sources(top)),
        edition=edition,
        kind=kind,
        body=top.text("body"),
        people=rules.people,
        turns=tuple(turns(top.rows.get("steps"), rules)),
        unsaid=tuple(each.text() for each in items(top.rows.get("could_not_express"))),
        digest=hashlib.sha256(content).hexdigest(),
    )


def _kind(top: Table, editions: Mapping[str, Edition]) -> tuple[Edition, Kind] | None:
    """The rules the case is told under."""
    named, kind = top.text("edition", EDITION), top.text("kind", KIND)
    edition = editions.get(named)
    if edition is None:
        top.reader.problems.say(named.where, unknown(named, "edition", editions))
        return None
    if kind not in edition.kinds:
        top.reader.problems.say(kind.where, unknown(kind, "kind of case", edition.kinds))
        return None
    if not edition.kinds[kind].in_service:
        top.reader.problems.say(kind.where, f"“{kind}” is not in service under the edition {named}.")
        return None
    return edition, edition.kinds[kind]


def _number(top: Table) -> int:
    text = top.text("case")
    if text and not text.isdecimal():
        top.rows["case"].say(f"“{text}” is not the number of a case.")
        return 0
    return int(text or 0)


def _sources(top: Table) -> Iterator[str]:
    for each in items(top.rows.get("sources")):
        if not each.text().startswith(MARKS):
            each.say(f"a source begins with its mark: {', '.join(MARKS)}.")
        yield each.text()


def _people(top: Table, edition: Edition) -> dict[str, tuple[str, ...]]:
    """Who takes part, each with the roles held."""
    found = {}
    known = [name for name, role in edition.roles.items() if role.side in SIDES and role.works_cases]
    for name, row in top.under("people").items():
        roles = row.words()
        if not roles:
            row.say(f"“{name}” holds no role.")
        for role in roles:
            if role not in known:
                row.say(unknown(role, "role that may act in a case", known))
        found[str(name)] = tuple(map(str, roles))
    return found


def turns(steps: Reader | None, rules: Rules) -> Iterator[Turn]:
    """The lines of a story; the first opens the case, and only that one does."""
    rows = items(steps)
    if steps is not None and not rows:
        steps.say("nothing happens in it.")
    for place, row in enumerate(rows):
        line = row.table(*TURN, "a step")
        act = _act(line, rules) if "step" in line or "by" in line else None
        if place == 0 and not (act and act.step.opens):
            row.say("the first step must open the case.")
        if place and act and act.step.opens:
            row.say(f"“{act.step.name}” opens a case, and this one is open already.")
        expected = tuple(_expected(line, rules))
        if act is None and not expected and "step" not in line:
            row.say("here nothing is done and nothing is expected.")
        when = _when(line, rules)
        if when is not None:
            yield Turn(row.where, when, act, expected)


def _when(line: Table, rules: Rules) -> date | datetime | None:
    try:
        return rules.when(line.text("on"))
    except ValueError as error:
        if "on" in line:
            line.rows["on"].say(str(error))
        return None


def read_when(text: str, today: date) -> date | datetime:
    """The day, or the London moment, at which something happened.

    Raises: ValueError for text that is neither, and for a day still to come
    """
    when = answers.read_moment(text)
    if london_day(when) > today:
        raise ValueError(f"{spoken(london_day(when))} has not come yet, so this cannot have happened then.")
    return when


def _act(line: Table, rules: Rules) -> Act | None:
    by, name = line.text("by"), line.text("step")
    if "by" not in line or "step" not in line:
        line.reader.say("who does it is missing." if "by" not in line else "what they do is missing.")
        return None
    if by not in rules.people:
        line.rows["by"].say(unknown(by, "person", rules.people))
    if name not in rules.kind.steps:
        line.rows["step"].say(unknown(name, f"step of {_a(rules.kind)}", rules.kind.steps))
        return None
    step = rules.kind.steps[name]
    return Act(str(by), step, _answers(line, step, rules), line.text("assumed"))


def _a(kind: Kind) -> str:
    label = kind.label.lower()
    return f"an {label}" if label[0] in "aeiou" else f"a {label}"


def _answers(line: Table, step: Step, rules: Rules) -> dict[str, Answer]:
    fields = {field.name: field for field in step.fields}
    found = {}
    for name, row in line.under("data").items():
        if name not in fields:
            row.say(unknown(name, f"question of “{step.name}”", fields))
            continue
        asked = answers.Asked(fields[name], rules.edition, rules.kind, rules.people, rules.day)
        found[str(name)] = Answer(fields[name], answers.read(asked, row), row.where)
    return found


def _expected(line: Table, rules: Rules) -> Iterator[Expected]:
    for name, row in line.under("expect").items():
        yield from expectations.read(name, row, rules.kind, {**rules.edition.roles, **rules.people})
