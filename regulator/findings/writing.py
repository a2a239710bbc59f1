"""The form in which the report is written: everything drafted so far, saved as a whole against its version.

Two people may write at once: whoever saves second is shown what the first saved wherever it differs from theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from markupsafe import Markup

from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.forms import GrowingRows, RowsField, StepForm, built, form
from regulator.casework.questions import Lines, Numbered, NumberedSelect
from regulator.casework.rows import NOTHING, Row
from regulator.casework.standards import choices
from regulator.evidence.asked_rows import FewLines, asked_by, coded, there
from regulator.fields.text import LongText
from regulator.findings import queries
from regulator.findings.queries import AreaRow, FindingRow, RecommendationRow
from regulator.findings.rating import rating_rows
from regulator.forms import Asked, Choice, field
from regulator.regime.model import Field, Step

MOST_FINDINGS = 60
HIDDEN = Markup('<input type="hidden" name="{}" value="{}">')
TAKE_OUT = "To take one out, empty its words"


class SomeLines(LongText):
    """A paragraph."""

    attributes: ClassVar[Mapping[str, Any]] = {"rows": 4}


class Version(Asked):
    """The version of the report this page was drawn from; it travels unseen."""

    component = "hidden"

    @property
    def answer(self) -> int:
        """The version, as a number; 0 before anything was saved."""
        return int(self.data) if str(self.data).isdigit() else 0

    def __call__(self, **_more: Any) -> Markup:
        """The version as markup."""
        return HIDDEN.format(self.name, self.data)


class WrittenRows(GrowingRows):
    """Rows of the report: one counts where its words were written, and is taken out where they were emptied.

    words: the sentence for a new row in which all else was chosen
    """

    def __init__(self, *args: Any, wordless: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wordless = wordless

    @property
    def filled(self) -> list[Row]:
        """The rows that have words."""
        return [row for row in self.rows if self.boxes[row.key]["words"].answer]

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Whether every row with words can be used, and none was begun without them."""
        super().validate(form, extra_validators)
        for row in self.rows:
            if row not in (*self.known, *self.filled) and self._says(row):
                self.boxes[row.key]["words"].errors = [self.wordless]
        return not self.errors and not self.row_problems


class ReportForm(StepForm):
    """The report as it is being written."""

    drawn_at: ClassVar[int] = 0

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be saved; where somebody saved meanwhile, shows what is saved wherever it differs."""
        if self.version.answer == self.drawn_at:
            return super().validate(extra_validators)
        super().validate(extra_validators)
        differing = list(self._differing())
        self.stale(differing or [("The report", "was saved, and says what yours says")], str(self.token.data))
        return False

    def stale(self, changes: Sequence[tuple[str, str]], token: str) -> None:
        """Shows what changed meanwhile, and takes the version as it is now."""
        super().stale(changes, token)
        self.version.data = str(self.drawn_at)

    def _differing(self) -> Iterator[tuple[str, str]]:
        """Each thing that is saved otherwise than it is written here: what it is, and how it is saved."""
        saved = self.report_words.default or ""
        if "\n".join(self.report_words.answer) != saved:
            yield self.report_words.label.text, saved or "Nothing"
        for rows in (one for one in self.asked if isinstance(one, RowsField)):
            for row in rows.rows:
                yield from _row_differing(rows, row)


def _row_differing(rows: RowsField, row: Row) -> Iterator[tuple[str, str]]:
    for name, box in rows.boxes[row.key].items():
        saved, typed = row.given.get(name), box.answer
        if str(saved or "") != str(typed or "" if typed not in NOTHING else ""):
            labels = {choice.value: choice.label for choice in box.choices}
            label = f"{row.label}: {box.label.text}"
            yield label, labels.get(str(saved), str(saved)) if saved else "Nothing"


@form("report")
def report(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The words of the report, a rating for each area, findings and recommendations, as they were drafted so far."""
    known = there(known)
    kept = queries.report_of(known.case.id, by=by)
    areas = queries.areas_of(known.case.id, by=by)
    found = [one for one in queries.findings_of(known.case.id, by=by) if one.issued_on is None]
    made = queries.recommendations_of(known.case.id, by=by)
    drafted = [one for one in made if one.issued_on is None and one.concern_id is None]
    more: dict[str, Asked] = {
        "report_words": _words(asked_by(step, "report_words"), kept.words if kept else ""),
        "report_findings": _findings(asked_by(step, "report_findings"), known, areas, found),
        "recommendations": _recommendations(asked_by(step, "recommendations"), known, found, drafted),
        "version": Version("Version", required=False, default=str(kept.version if kept else 0)),
    }
    if any(one.name == "ratings" for one in step.fields):
        more["ratings"] = rating_rows(step, known, areas)
    base = type(
        "ReportForm", (ReportForm,), {"drawn_at": kept.version if kept else 0, "__doc__": ReportForm.__doc__}
    )
    return built(step, known, by, base=base, more=more)


def _words(question: Field, kept: str) -> Asked:
    lines = "\n".join(line for line in kept.split("\n\n") if line)
    return Lines(question.label, hint=question.hint, message=question.message, default=lines)


def _findings(question: Field, known: Facts, areas: Sequence[AreaRow], found: Sequence[FindingRow]) -> Asked:
    numbers = {one.id: one.number for one in areas}
    standards = choices(known, [one.standard for one in found])
    columns: Mapping[str, Asked] = {
        "area": _one_of(
            "In which area?", [Choice(str(one.number), f"{one.number}. {one.name}") for one in areas]
        ),
        "words": SomeLines("What was found?", message="Write the finding"),
        "standard": field(
            "select", "Under which standard?", choices=standards, message="Choose the standard"
        ),
        "evidence": FewLines("What shows it?", hint="For the regulator alone", required=False),
    }
    rows = [_finding_row(one, numbers) for one in found]
    return WrittenRows(
        question.label,
        label_row="Finding",
        least=3,
        known=rows,
        numbers="number",
        columns=columns,
        hint=f"{question.hint}. {TAKE_OUT}",
        message=question.message,
        wordless="Write the finding",
    )


def _one_of(label: str, choices: Sequence[Choice]) -> Asked:
    few = len(choices) <= 4 and all(len(choice.label) < 30 for choice in choices)
    shown = Numbered if few else NumberedSelect
    return shown(label, choices=choices, message="Choose one")


def _finding_row(one: FindingRow, areas: Mapping[int, int]) -> Row:
    given = {
        "area": str(areas[one.area_id]),
        "words": one.words,
        "standard": one.standard,
        "evidence": one.evidence,
    }
    return Row(str(one.number), f"Finding {one.number}", fixed={"number": one.number}, given=given)


def _recommendations(
    question: Field, known: Facts, found: Sequence[FindingRow], drafted: Sequence[RecommendationRow]
) -> Asked:
    last = max((one.number for one in found), default=0) + MOST_FINDINGS // 4
    columns: dict[str, Asked] = {
        "words": FewLines("What is recommended?", message="Write the recommendation"),
        "finding": NumberedSelect(
            "From which finding does it follow?",
            choices=[Choice(str(n), f"Finding {n}") for n in range(1, last + 1)],
            message="Choose the finding it follows from",
        ),
        "priority": field("select", "How soon?", choices=_priorities(known), message="Choose the priority"),
    }
    if len(known.subjects) > 1:
        bodies = [Choice(str(party.id), known.names[party.body_id]) for party in known.subjects]
        columns["party"] = _one_of("To which organisation?", bodies)
    if any(one.closes == "concern" for one in known.kind.steps.values()):
        outputs = coded(known, "outputs")
        columns["output"] = field("radios", "What is it?", choices=outputs, message="Choose what it is")
    rows = [_recommendation_row(one, list(columns)) for one in drafted]
    return WrittenRows(
        question.label,
        label_row="New recommendation",
        least=3,
        known=rows,
        columns=columns,
        hint=f"{question.hint}. {TAKE_OUT}",
        required=False,
        wordless="Write the recommendation",
    )


def _priorities(known: Facts) -> list[Choice]:
    return [Choice(one.value, f"{one.label}: {one.hint.lower()}") for one in coded(known, "priorities")]


def _recommendation_row(one: RecommendationRow, columns: Sequence[str]) -> Row:
    given = {
        "words": one.words,
        "finding": str(one.finding) if one.finding else None,
        "priority": one.priority,
        "party": str(one.party_id),
        "output": one.output,
    }
    return Row(
        f"kept{one.number}",
        f"Recommendation {one.number}",
        fixed={"number": one.number},
        given={name: given[name] for name in columns},
    )
