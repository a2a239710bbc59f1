"""The forms of a complaint that are more than a list of questions: rows for tests, findings, paragraphs and comments.

Each is built as the person asked, from what that person may read; what comes out of it is what the effects take.
"""

from __future__ import annotations

from collections.abc import Sequence

from regulator import words
from regulator.actors import Actor, Side
from regulator.casework.case_page import told_authority
from regulator.casework.facts import Facts
from regulator.casework.forms import GrowingRows, RowsField, StepForm, built, form
from regulator.casework.rows import Row
from regulator.casework.standards import choices
from regulator.complaints import choosing, outside, queries, submitting
from regulator.complaints.needs import unchecked
from regulator.evidence import queries as evidence
from regulator.evidence.asked_rows import FewLines, asked_by, coded, edition_of, there
from regulator.evidence.forms import disposing
from regulator.forms import Asked, field
from regulator.regime.model import Step

__all__ = ["choosing", "outside", "submitting"]


class RemitForm(StepForm):
    """Every remit test, answered; one that fails needs a word on why the complaint is accepted all the same."""

    def check(self) -> None:
        """Refuses a failed test without a word on why."""
        for row in self.remit_answers.rows:
            boxes = self.remit_answers.boxes[row.key]
            if boxes["answer"].answer == "fails" and not boxes["note"].answer:
                boxes["note"].errors = ["Say why it can be accepted although this test fails"]


@form("check_authority")
def check_authority(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """What the representative said lets them act, to be checked against what they sent."""
    known = there(known)
    who, asked = unchecked(known), asked_by(step, "authority_checked")
    said = f"{who.name}: {told_authority(who, edition_of(known)) or 'nothing was said'}" if who else ""
    ticked = field("confirm", asked.label, said, message=asked.message)
    return built(step, known, by, more={"authority_checked": ticked})


@form("remit_test")
def remit_test(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Each remit test with its answer and a note, as far as they were answered before."""
    known = there(known)
    kept = queries.remit_of(known.case.id, by=by)
    rows = [
        Row(
            one.code,
            one.label,
            one.hint,
            fixed={"test": one.code},
            given={"answer": kept[one.code].answer, "note": kept[one.code].note} if one.code in kept else {},
        )
        for one in edition_of(known).choices("remit_tests")
    ]
    columns = {
        "answer": field("radios", "Answer", choices=coded(known, "remit_answers"), message="Answer the test"),
        "note": field("text", "Note", required=False),
    }
    question = asked_by(step, "remit_answers")
    tests: Asked = RowsField(question.label, rows=rows, columns=columns, message=question.message)
    return built(step, known, by, base=RemitForm, more={"remit_answers": tests})


@form("account_items")
def account_items(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Questions to the body: eight boxes, and more for who needs more."""
    question = asked_by(step, "items")
    items: Asked = GrowingRows(
        question.label,
        label_row="Question",
        columns={"question": FewLines("Question", required=False)},
        hint=question.hint,
        message=question.message,
    )
    where = asked_by(step, "when_where")
    box: Asked = FewLines(where.label, hint=f"{where.hint}. {_said_of_it(known, by)}", required=False)
    return built(step, known, by, more={"when_where": box, "items": items})


def _said_of_it(known: Facts | None, by: Actor) -> str:
    """When and where the complainant says that it happened, which the body is not shown."""
    made = queries.particulars_of(known.case.id, by=by) if known else None
    if made is None:
        return ""
    day = words.day(made.happened_on) if made.happened_on else made.happened_when
    said = ", ".join(filter(None, (day, made.happened_where)))
    return (
        f"The complainant wrote, and the body is not shown: {said}"
        if said
        else "The complainant said neither"
    )


@form("provisional_view")
def provisional_view(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """A finding, a standard and reasons for each allegation that is ours, and a version of the view for each side."""
    known = there(known)
    found = [one for one in queries.allegations_of(known.case.id, by=by) if one.is_ours]
    if not found:  # every part was referred elsewhere, and that alone is told
        return built(step, known, by, without={"findings"})
    rows = [
        Row(
            str(one.number),
            f"Allegation {one.number}",
            one.words,
            fixed={"allegation": one.number},
            given={"finding": one.finding, "standard": one.standard, "reasons": one.reasons},
        )
        for one in found
    ]
    standards = choices(known, [one.standard for one in found])
    columns = {
        "finding": field("radios", "Finding", choices=coded(known, "findings"), message="Choose the finding"),
        "standard": field(
            "select", "Under which standard?", choices=standards, message="Choose the standard"
        ),
        "reasons": field("textarea", "Reasons", "Both sides read them", message="Give the reasons"),
    }
    question = asked_by(step, "findings")
    findings: Asked = RowsField(question.label, rows=rows, columns=columns, message=question.message)
    return built(step, known, by, more={"findings": findings})


class CommentForm(StepForm):
    """A comment on any paragraph, or a word that there are none."""

    def check(self) -> None:
        """Refuses comments together with the word that there are none, and neither."""
        if self.comments.answer and self.no_comments.answer:
            self.refuse("You commented below, so leave this box empty", "no_comments")
        if not self.comments.answer and not self.no_comments.answer:
            self.refuse("Comment on at least one paragraph, or tick that you have no comments", "comments")


@form("comment")
def comment(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Each paragraph of the view as this reader was shown it, with room for a comment."""
    known = there(known)
    sent = evidence.comments_of(known.case.id, by=by) if by.side is Side.body else []
    rows = [
        Row(str(one.id), f"Paragraph {one.number}", _with_sent(one, sent), fixed={"paragraph": one.id})
        for one in evidence.paragraphs_of(known.case.id, "provisional_view", by=by)
    ]
    question = asked_by(step, "comments")
    comments: Asked = RowsField(
        question.label,
        rows=rows,
        columns={"words": FewLines("Your comment", required=False)},
        required=False,
        skips_empty=True,
    )
    none = field("confirm", asked_by(step, "no_comments").label, required=False)
    return built(step, known, by, base=CommentForm, more={"comments": comments, "no_comments": none})


def _with_sent(paragraph: evidence.ParagraphRow, sent: Sequence[evidence.CommentRow]) -> str:
    """A paragraph, and under it what colleagues have said of it: a further comment stands beside theirs."""
    said = [
        f"Sent on {words.day(one.made_at)}: {one.words}" for one in sent if one.paragraph_id == paragraph.id
    ]
    return "\n\n".join((paragraph.words, *said))


@form("dispose_comment")
def dispose_comment(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The comments that wait for an answer, of one side at a time: the complainant’s first."""
    return disposing(step, there(known), by, "provisional_view", lambda one: one.side != "complainant")
