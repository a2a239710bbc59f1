"""Reading what the kinds of an edition share: roles, coded answers, fields, letters, standards and needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from regulator.regime import standards
from regulator.regime.parts import Audience, Choice, Field, Letter, Need, Role, Standard
from regulator.regime.reading import Reader, Table, Word, where_of


@dataclass(frozen=True)
class Catalogue:
    """What the kinds of an edition draw on, by name.

    groups: words that stand for several roles
    words:  what a letter may be given beside the answers of its step
    """

    roles: Mapping[str, Role]
    groups: Mapping[str, tuple[str, ...]]
    relations: Mapping[str, str]
    reasons: Mapping[str, tuple[Choice, ...]]
    fields: Mapping[str, Field]
    letters: Mapping[str, Letter]
    standards: Mapping[str, Standard]
    needs: Mapping[str, Need]
    words: Mapping[str, str] = field(default_factory=dict)


SHARED = {
    "roles.yaml": ("roles relations", "words"),
    "reasons.yaml": ("reasons", ""),
    "fields.yaml": ("fields", ""),
    "letters.yaml": ("words frames letters", "passages"),
    "standards.yaml": ("standards", ""),
    "needs.yaml": ("needs", ""),
}
"""The files that every edition has beside `edition.yaml`, each with its keys: needed, and allowed."""


def catalogue(files: Mapping[str, Reader]) -> Catalogue:
    """What the shared files say; a file that is not there says nothing."""
    tables = {name: files[name].table(*keys, what=name) for name, keys in SHARED.items() if name in files}

    def under(file: str, key: str) -> dict[str, Reader]:
        return tables[f"{file}.yaml"].under(key) if f"{file}.yaml" in tables else {}

    roles = {name: _role(name, row) for name, row in under("roles", "roles").items()}
    frames = {name: row.table("opening closing") for name, row in under("letters", "frames").items()}
    passages = {name: row.text() for name, row in under("letters", "passages").items()}
    return Catalogue(
        roles=roles,
        groups={name: spread(row.words(), tuple(roles), {}) for name, row in under("roles", "words").items()},
        relations={name: row.text() for name, row in under("roles", "relations").items()},
        reasons={name: _choices(row) for name, row in under("reasons", "reasons").items()},
        fields={name: _field(name, row) for name, row in under("fields", "fields").items()},
        letters={
            name: _letter(name, row, frames, passages) for name, row in under("letters", "letters").items()
        },
        standards=standards.read(under("standards", "standards")),
        needs={name: Need(name, row.text(), where_of(name)) for name, row in under("needs", "needs").items()},
        words={name: row.text() for name, row in under("letters", "words").items()},
    )


def spread(
    names: tuple[Word, ...], order: tuple[str, ...], groups: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The names with `a..b` spread to every name from a to b in `order`, and groups to what they stand for.

    A name that is neither is kept as it is, for the proof that every name resolves to find.
    """
    found: list[str] = []
    for name in names:
        first, dots, last = (part.strip() for part in name.partition(".."))
        if name in groups:
            found += groups[name]
        elif not dots:
            found.append(name)
        else:
            found += (Word.at(each, name.where) for each in _between(first, last, order) or [name])
    return tuple(dict.fromkeys(found))


def _between(first: str, last: str, order: tuple[str, ...]) -> Sequence[str]:
    """The names from `first` to `last`, or those of the two that are not there; none where they stand the wrong way."""
    if gone := [name for name in (first, last) if name not in order]:
        return gone
    return order[order.index(first) : order.index(last) + 1]


def _role(name: str, row: Reader) -> Role:
    said = row.table("label side", "whose works_cases", f"the role “{name}”")
    return Role(
        name,
        label=said.text("label"),
        side=said.text("side"),
        works_cases=said.flag("works_cases", otherwise=True),
        whose=said.text("whose"),
        where=where_of(name),
    )


def _choices(rows: Reader) -> tuple[Choice, ...]:
    return tuple(_choice(code, row) for code, row in rows.rows().items())


def _choice(code: str, row: Reader) -> Choice:
    if row.is_empty():
        row.say(f"the answer “{code}” has no label.")
    if not row.is_table():
        return Choice(code, row.text())
    said = row.table("label", "hint words", f"the answer “{code}”")
    return Choice(code, said.text("label"), said.text("hint"), said.text("words"))


def _field(name: str, row: Reader) -> Field:
    said = row.table("kind label", "hint choices personal seen_by message", f"the field “{name}”")
    return Field(
        name,
        kind=said.text("kind"),
        label=said.text("label"),
        hint=said.text("hint"),
        choices=said.name("choices"),
        personal=said.flag("personal"),
        audience=_audience(said),
        message=said.text("message"),
        where=where_of(name),
    )


def _audience(said: Table) -> frozenset[Audience]:
    outside = [name for name in said.words("seen_by") if name in Audience.__members__]
    for name in set(said.words("seen_by")) - set(outside):
        said.reader.problems.say(name.where, f"there is no audience called “{name}”.")
    return frozenset({Audience.internal, *map(Audience, outside)})


def asked(use: str, label: str | None, fields: Mapping[str, Field]) -> Field | None:
    """The field a step names: with “?” it may be left empty, with a label it is asked in those words."""
    found = fields.get(use.removesuffix("?"))
    if found is None:
        return None
    return replace(found, required=not use.endswith("?"), label=label or found.label, where=where_of(use))


def _letter(name: str, row: Reader, frames: Mapping[str, Table], passages: Mapping[str, Word]) -> Letter:
    """A letter in its frame, with the passages that several letters share in their places."""
    said = row.table("to subject text", "", f"the letter “{name}”")
    to = said.text("to")
    frame = frames.get(to)
    parts = [
        frame.text("opening") if frame else "",
        said.text("text"),
        frame.text("closing") if frame else "",
    ]
    text = "\n\n".join(part for part in parts if part)
    for word, passage in passages.items():
        text = text.replace(f"{{{word}}}", passage)
    return Letter(name, to, said.text("subject"), Word.at(text, row.where), where_of(name))
