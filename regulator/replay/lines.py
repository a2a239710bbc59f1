"""Reading the lines of a story: what is done on a day, by whom and with which answers, and what is expected then.

A line is read once for every case that it is about, by that case’s own rules: a case told under two editions is two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from regulator.deadlines.london import london_day, spoken
from regulator.regime.model import Edition, Kind, Step
from regulator.regime.reading import Reader, Table, unknown
from regulator.replay import answers, expectations
from regulator.replay.listing import items
from regulator.replay.story import Act, Answer, Expected, Paper, Turn

TURN: Final = ("on", "case only by step refused assumed data files expect")
UNDER: Final = "under"


@dataclass(frozen=True)
class Rules:
    """What the words in the lines about one case are looked up in.

    when, day: read the time of a step, and a day in an answer; they raise ValueError with the sentence to show
    name:      what the lines call the case; bodies: the slugs of those it is about
    """

    edition: Edition
    kind: Kind
    people: Mapping[str, object]
    when: Callable[[str], date | datetime]
    day: Callable[[str], date]
    name: str = ""
    bodies: Sequence[str] = ()


def turns(steps: Reader | None, cases: Mapping[str, Rules]) -> Iterator[Turn]:
    """The lines of a story; the first about a case opens it, and only that one does.

    cases: the rules of each case, by its key
    """
    rows = items(steps)
    if steps is not None and not rows:
        steps.say("nothing happens in it.")
    opened: set[str] = set()
    for row in rows:
        line = row.table(*TURN, "a step")
        for key in _about(line, cases):
            yield from _turn(line, key, cases, opened)


def _about(line: Table, cases: Mapping[str, Rules]) -> list[str]:
    """The keys of the cases a line is about: the one it names, under the edition it names or under every one."""
    names = {rules.name for rules in cases.values()}
    name, only = line.text("case"), line.text("only")
    if "case" not in line and len(names) > 1:
        line.reader.say(f"which case it is about is missing: {', '.join(sorted(names))}.")
        return []
    if "case" in line and name not in names:
        line.rows["case"].say(unknown(name, "case", names))
        return []
    found = [key for key, rules in cases.items() if rules.name == name or len(names) == 1]
    editions = {cases[key].edition.name for key in found}
    if only and only not in editions:
        line.rows["only"].say(unknown(only, "edition", editions))
    return [key for key in found if not only or cases[key].edition.name == only]


def _turn(line: Table, key: str, cases: Mapping[str, Rules], opened: set[str]) -> Iterator[Turn]:
    """One line as it is about one case."""
    rules = cases[key]
    act = _act(line, rules) if "step" in line or "by" in line else None
    if act and "step" in line:
        _open(line, key, act, opened)
    elif key not in opened:
        line.reader.say(_first(rules))
    editions = {other.edition.name for other in cases.values()}
    expected = tuple(_expected(line.under("expect"), rules, editions))
    if act is None and not expected and "step" not in line:
        line.reader.say("here nothing is done and nothing is expected.")
    when = _when(line, rules)
    if when is not None:
        yield Turn(line.where, when, act, expected, key)


def _open(line: Table, key: str, act: Act, opened: set[str]) -> None:
    """Note a case as open once its opening step is told; one that is to be refused opens nothing."""
    if not act.step.opens and key not in opened:
        line.reader.say("the first step must open the case.")
    if act.step.opens and key in opened:
        line.reader.say(f"“{act.step.name}” opens a case, and this one is open already.")
    if not act.refused:
        opened.add(key)


def _first(rules: Rules) -> str:
    return f"“{rules.name}” is not open yet." if rules.name else "the first step must open the case."


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
    said = (str(line.text("assumed")), str(line.text("refused")))
    return Act(str(by), step, _answers(line, step, rules), *said, tuple(_papers(line, step)))


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
        asked = answers.Asked(fields[name], rules.edition, rules.kind, rules.people, rules.day, rules.bodies)
        found[str(name)] = Answer(fields[name], answers.read(asked, row), row.where)
    return found


def _papers(line: Table, step: Step) -> Iterator[Paper]:
    """The files that are given with a step, each with its name and its text."""
    rows = items(line.rows.get("files"))
    if rows and not any(field.kind == "files" for field in step.fields):
        line.rows["files"].say(f"“{step.name}” takes no files.")
    for row in rows:
        paper = row.table("name text", "", "a file")
        yield Paper(str(paper.text("name")), str(paper.text("text")))


def _expected(rows: Mapping[str, Reader], rules: Rules, editions: set[str]) -> Iterator[Expected]:
    """What is expected, and what is expected under this edition alone."""
    known = {**rules.edition.roles, **rules.people}
    for name, row in rows.items():
        if name != UNDER:
            yield from expectations.read(name, row, rules.kind, known, rules.bodies)
            continue
        for edition, more in row.rows().items():
            if edition not in editions:
                more.say(unknown(edition, "edition", editions))
            if edition == rules.edition.name:
                yield from _expected(more.rows(), rules, editions)
