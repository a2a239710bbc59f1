"""Reading a documented case: its file becomes a story, or everything wrong with it is said at once, line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from regulator.regime.model import Edition, Kind, Role
from regulator.regime.reading import EditionError, Problems, Reader, Table, Word, read, unknown
from regulator.replay import answers
from regulator.replay.lines import Rules, read_when, turns
from regulator.replay.listing import items
from regulator.replay.story import Case, Member, Story

CASE: Final = "title kind body bodies edition editions"
TOP: Final = (
    "case title sources people steps",
    "about could_not_express cases body bodies kind edition editions",
)
MARKS: Final = ("[S]", "[P]", "[2]")
SIDES: Final = frozenset({"regulator", "body", "oversight", "outside"})
KIND, EDITION = "complaint", "2026-draft"


class StoryError(EditionError):
    """A file that tells no story, with everything that is wrong with it in the order of its lines."""

    status = 400


@dataclass(frozen=True)
class _File:
    """A file as it is read: its top level, the editions there are, and today."""

    top: Table
    editions: Mapping[str, Edition]
    today: date
    cases: dict[str, Case] = field(default_factory=dict)


def story_in(content: bytes, file: str, editions: Mapping[str, Edition], today: date) -> Story:
    """The story that a file tells.

    file:   what to call it where something is wrong
    Raises: StoryError with every line that cannot be told
    """
    problems = Problems()
    whole = read(content, file, problems)
    story = _story(_File(whole.table(*TOP, "a documented case"), editions, today), content) if whole else None
    if problems.found or story is None:
        raise StoryError(problems.found)
    return story


def _story(file: _File, content: bytes) -> Story | None:
    top = file.top
    for case in _cases(file):
        file.cases[case.key] = case
    if not file.cases:
        return None
    people = _people(file)
    rules = {key: _rules(case, people, file.today) for key, case in file.cases.items()}
    return Story(
        file=top.where.file,
        number=_number(top),
        title=top.text("title"),
        about=top.text("about"),
        sources=tuple(_sources(top)),
        cases=file.cases,
        people=people,
        turns=tuple(turns(top.rows.get("steps"), rules)),
        unsaid=tuple(each.text() for each in items(top.rows.get("could_not_express"))),
        digest=hashlib.sha256(content).hexdigest(),
    )


def _rules(case: Case, people: Mapping[str, Member], today: date) -> Rules:
    def when(text: str) -> date | datetime:
        return read_when(text, today)

    return Rules(case.edition, case.kind, people, when, answers.read_day, case.name, case.bodies)


def _cases(file: _File) -> Iterator[Case]:
    """The cases of the file, each once for every edition it is told under; the file itself is the only one, or says all."""
    named = file.top.under("cases")
    if not named:
        yield from _told(file, file.top, "")
        return
    for name, row in named.items():
        own = row.table("kind", f"leads_from because {CASE}", f"“{name}”")
        leads_from = own.text("leads_from")
        if leads_from and leads_from not in named:
            own.rows["leads_from"].say(unknown(leads_from, "case", named))
        if leads_from and "because" not in own:
            own.rows["leads_from"].say(
                f"“{name}”: why it was opened from “{leads_from}” is missing: “because”."
            )
        yield from _told(file, own, str(name), (str(leads_from), str(own.text("because"))))


def _told(file: _File, row: Table, name: str, origin: tuple[str, str] = ("", "")) -> Iterator[Case]:
    """A case under each of its editions; what its own row does not say, the file says for all.

    origin: the name of the case because of which it was opened, and why
    """
    bodies = _said(file, row, "bodies") or _said(file, row, "body")
    if not bodies:
        row.reader.say(f"{'“' + name + '”' if name else 'a documented case'}: “body” is missing.")
    editions = _said(file, row, "editions") or _said(file, row, "edition") or (Word.at(EDITION, row.where),)
    for named in editions:
        found = _kind(file, named, row.text("kind", KIND))
        if found is not None:
            under = named if len(editions) > 1 else ""
            key = " under ".join(filter(None, (name, under)))
            title = " ".join(
                filter(None, (row.text("title") or file.top.text("title"), under and f"({under})"))
            )
            yield Case(name, key, title, *found, bodies, *origin)


def _said(file: _File, row: Table, key: str) -> tuple[Word, ...]:
    return row.words(key) or file.top.words(key)


def _kind(file: _File, named: Word, kind: Word) -> tuple[Edition, Kind] | None:
    """The rules a case is told under."""
    problems, edition = file.top.reader.problems, file.editions.get(named)
    if edition is None:
        problems.say(named.where, unknown(named, "edition", file.editions))
        return None
    if kind not in edition.kinds:
        problems.say(kind.where, unknown(kind, "kind of case", edition.kinds))
        return None
    if not edition.kinds[kind].in_service:
        problems.say(kind.where, f"“{kind}” is not in service under the edition {named}.")
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


def _people(file: _File) -> dict[str, Member]:
    """Who takes part, each with the roles held."""
    roles = {name: role for case in file.cases.values() for name, role in case.edition.roles.items()}
    slugs = {slug for case in file.cases.values() for slug in case.bodies}
    return {
        str(name): _member(str(name), row, roles, slugs) for name, row in file.top.under("people").items()
    }


def _member(name: str, row: Reader, known: Mapping[str, Role], slugs: set[str]) -> Member:
    """Somebody written as their roles, or as a table that says whom they work for too."""
    line = row.table("roles", "body oversees", f"“{name}”") if row.is_table() else None
    held = tuple(map(str, line.words("roles") if line else row.words()))
    if not held:
        row.say(f"“{name}” holds no role.")
    may_act = [role for role, each in known.items() if each.side in SIDES and each.works_cases]
    for role in held:
        if role not in may_act:
            row.say(unknown(role, "role that may act in a case", may_act))
    member = Member(held, str(line.text("body")), str(line.text("oversees"))) if line else Member(held)
    if len(slugs) > 1 and not member.body and not member.oversees:
        sides = {known[role].side for role in held if role in known}
        if sides & {"body", "oversight"}:
            row.say(f"“{name}” works for one of several bodies: say which.")
    return member
