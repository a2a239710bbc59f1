"""Reading one kind of case: its stages and its steps, with those of every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from regulator.regime.catalogue import Catalogue, asked, spread
from regulator.regime.conditions import told_apart
from regulator.regime.keeping import keeping
from regulator.regime.model import SAME, STAFF, Field, Kind, LetterUse, Stage, Step
from regulator.regime.reading import Reader, Table, unknown, where_of
from regulator.regime.timing import clocks, pauses

OPENS = "-"
NEEDED = "from who label"
ALLOWED = (
    "to moves_when whose needs not_by counts_as fields form carries does letters leaves closes tells says hint "
    "body_only"
)


def kind(
    name: str, own: Reader, common: Reader | None, shared: Catalogue, alike: Alike, *, in_service: bool
) -> Kind:
    """One kind of case as its file and the table of every kind say it, its own steps first."""
    said = own.table(
        "label prefix stages ends steps", "seen_by shown_from words clocks pauses", own.where.file
    )
    tables = [said]
    if common is not None:
        tables.append(common.table("steps", "always clocks pauses", common.where.file))
    reading = _Reading(said, shared, alike.steps)
    return Kind(
        name,
        label=said.text("label"),
        prefix=said.text("prefix"),
        in_service=in_service,
        stages=reading.stages,
        steps=reading.steps(tables),
        clocks={clock.name: clock for table in tables for clock in clocks(table, alike.clocks)},
        pauses={pause.name: pause for table in tables for pause in pauses(table)},
        seen_by=reading.audiences("seen_by"),
        shown_from=reading.audiences("shown_from"),
        always=tables[-1].words("always"),
        where=own.where,
    )


@dataclass(frozen=True)
class Alike:
    """The rows that several kinds share, each with stages of its own: steps and clocks, by name."""

    steps: Mapping[str, Reader] = field(default_factory=dict)
    clocks: Mapping[str, Reader] = field(default_factory=dict)


class _Reading:
    """What the rows of one kind are read with: its stages in order, and the words that stand for several."""

    def __init__(self, said: Table, shared: Catalogue, alike: Mapping[str, Reader]) -> None:
        self.said = said
        self.shared = shared
        self.alike = alike
        self.stages = dict(_stages(said))
        self.order = tuple(self.stages)
        ends = tuple(name for name, stage in self.stages.items() if stage.is_end)
        open_ = tuple(name for name in self.order if name not in ends)
        self.places = {"any": self.order, "open": open_, "end": ends}
        self.groups: dict[str, tuple[str, ...]] = dict(shared.groups)
        for name, row in said.under("words").items():
            self.groups[name] = row.words()

    def audiences(self, key: str) -> dict[str, frozenset[str]]:
        """For each audience named under `key`, the stages."""
        rows = self.said.under(key)
        return {name: frozenset(spread(row.words(), self.order, self.places)) for name, row in rows.items()}

    def steps(self, tables: list[Table]) -> dict[str, Step]:
        """The steps by name, those whose doers they rule out spread to what counts as them."""
        found: dict[str, Step] = {}
        for table in tables:
            for step in self._of(table):
                if step.name in found:
                    table.reader.problems.say(step.where, f"the step “{step.name}” is named twice.")
                found.setdefault(step.name, step)
        alike = {name: [step.name for step in found.values() if step.counts_as == name] for name in found}
        return {name: replace(step, not_by=_with(step.not_by, alike)) for name, step in found.items()}

    def _of(self, table: Table) -> Iterator[Step]:
        for group, rows in table.under("steps").items():
            for name, row in rows.rows().items():
                yield self._step(name, row.table(NEEDED, ALLOWED, f"the step “{name}”", self.alike), group)

    def _step(self, name: str, row: Table, group: str) -> Step:
        from_ = row.words("from")
        who = spread(row.words("who"), tuple(self.shared.roles), self.groups)
        labels = _labels(row)
        if "who" in row and not who:
            row.rows["who"].say(f"the step “{name}”: “who” names nobody.")
        return Step(
            name,
            from_=() if from_ == (OPENS,) else spread(from_, self.order, self.places),
            to=row.text("to", SAME),
            who=who,
            label=labels.get(STAFF) or next(iter(labels.values()), "") if labels else row.text("label"),
            says=row.texts("says"),
            opens=from_ == (OPENS,),
            whose=self._whose(row, who),
            needs=row.words("needs"),
            not_by=spread(row.words("not_by"), (), self.groups),
            effect=row.name("does"),
            form=row.name("form"),
            fields=tuple(self._fields(name, row, _uses(row))),
            letters=tuple(_letters(row)),
            leaves=row.words("leaves"),
            hint=row.text("hint"),
            body_only=row.flag("body_only"),
            counts_as=row.name("counts_as"),
            closes=row.name("closes"),
            tells=row.name("tells"),
            moves_when=row.name("moves_when"),
            carries=tuple(self._fields(name, row, dict.fromkeys(row.words("carries")))),
            lists_in=group,
            where=where_of(name),
            labels=labels,
        )

    def _whose(self, row: Table, who: tuple[str, ...]) -> dict[str, str]:
        """The relation each role must have to the case: the role’s own, or what the step says instead."""
        roles = self.shared.roles
        whose = {role: roles[role].whose for role in who if role in roles and roles[role].whose}
        return whose | row.texts("whose")

    def _fields(self, name: str, row: Table, uses: Mapping[str, str | None]) -> Iterator[Field]:
        for use, label in uses.items():
            found = asked(use, label, self.shared.fields)
            if found is not None:
                yield found
            else:
                gone = unknown(use.removesuffix("?"), "field", self.shared.fields)
                row.reader.problems.say(where_of(use), f"the step “{name}”: {gone}")


def _labels(row: Table) -> Mapping[str, str]:
    """What each side calls a step, where the edition has a table of that; none where all call it the same."""
    return row.texts("label") if "label" in row and row.rows["label"].is_table() else {}


def _stages(said: Table) -> Iterator[tuple[str, Stage]]:
    for key in ("stages", "ends"):
        for name, row in said.under(key).items():
            own = "retention" if key == "ends" else "next"
            told = row.table("staff", f"{own} body complainant oversight public", f"the stage “{name}”")
            says = {audience: told.text(audience) for audience in told.rows if audience not in {STAFF, own}}
            kept = keeping(told.rows["retention"]) if "retention" in told else ()
            yield (
                name,
                Stage(name, told.text(STAFF), says, key == "ends", told.text("next"), where_of(name), kept),
            )


def _letters(row: Table) -> Iterator[LetterUse]:
    """The letters a step sends: to each side one, or of several the one that an answer asks for."""
    for to, said in row.under("letters").items():
        for letter, only in map(told_apart, said.words()):
            yield LetterUse(letter, to, where_of(letter), only)


def _uses(row: Table) -> Mapping[str, str | None]:
    """The fields a step names, each with the words it is asked in where the step has words of its own."""
    if "fields" not in row:
        return {}
    reader = row.rows["fields"]
    if reader.is_table():
        return {use: label or None for use, label in reader.texts().items()}
    return dict.fromkeys(reader.words())


def _with(not_by: tuple[str, ...], alike: Mapping[str, list[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for name in not_by for each in (name, *alike.get(name, ()))))
