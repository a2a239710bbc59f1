"""The regulator’s and the body’s other forms about evidence and comments: asking, returning, signing, commenting, answering."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from markupsafe import Markup
from wtforms import HiddenField

from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.forms import GrowingRows, RowsField, Sent, StepForm, built, form
from regulator.casework.rows import Row
from regulator.evidence import queries
from regulator.evidence.answering import AnswerForm, asked_of, items_for
from regulator.evidence.asked_rows import FewLines, VersionedRows, asked_by, coded, hidden_of, there
from regulator.evidence.keeping import READ, reading_of
from regulator.evidence.queries import CommentRow, ItemRow, ParagraphRow, SentItemRow
from regulator.evidence.received_forms import latest, said_of
from regulator.forms import HIDDEN, Asked, field
from regulator.regime.model import Step

DRAFT = "draft_report"
"""What a report is called among the issued versions while it may be commented on."""
OTHERS = "Comments of the other side wait as well: they come when these are answered."
NO_REASON = "Give the reason, which the author of the comment will read"


@form("evidence_items")
def evidence_items(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Items to ask for, each with what good looks like, who may hold it and by when it is hoped for."""
    question = asked_by(step, "items")
    columns: dict[str, Asked] = {
        "question": FewLines("What do you ask for?", required=False),
        "good": FewLines("What does good look like?", required=False),
        "holder": field(
            "text", "Who may hold it?", "A post or a team, so that it gets there", required=False
        ),
        "wanted_by": field(
            "date", "By when is it hoped for?", "The last day is that of the request", required=False
        ),
    }
    items: Asked = GrowingRows(
        question.label,
        label_row="Item",
        least=4,
        columns=columns,
        hint=question.hint,
        message=question.message,
    )
    return built(step, known, by, base=ItemsForm, more={"items": items})


class ItemsForm(StepForm):
    """What is asked, item by item."""

    def check(self) -> None:
        """Refuses an item that says how to answer but not what is asked."""
        for row in self.items.filled:
            if not self.items.boxes[row.key]["question"].answer:
                self.items.boxes[row.key]["question"].errors = ["Say what you ask for"]


@form("return_items")
def return_items(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Each item of the responses that wait to be looked at, with room for what is missing."""
    known = there(known)
    waiting = [one for one in queries.items_of(known.case.id, by=by) if one.request.is_waiting]
    several = len({one.request.id for one in waiting}) > 1
    sent = latest(queries.sent_items(known.case.id, by=by))
    question = asked_by(step, "returned_items")
    rows: Asked = RowsField(
        question.label,
        rows=[_returned(one, known, sent.get(one.id), several=several) for one in waiting],
        columns={"missing": FewLines("What is missing?", required=False)},
        skips_empty=True,
        hint=f"{question.hint}. Return items of one request at a time" if several else question.hint,
        message=question.message,
    )
    return built(step, known, by, without={"request"}, more={"returned_items": rows})


def _returned(item: ItemRow, known: Facts, sent: SentItemRow | None, *, several: bool) -> Row:
    label = f"Item {item.number}"
    if several:
        label = (
            f"{party_name(known, item.request.party_id)}, request {item.request.number}, item {item.number}"
        )
    words = f"{asked_of(item)}\n\nWhat was sent: {said_of(sent)}"
    return Row(str(item.id), label, words, fixed={"item": item.id})


def party_name(known: Facts, party_id: int | None) -> str:
    """What a body with a part in the case is called today."""
    party = next((one for one in known.parties if one.id == party_id), None)
    return known.names[party.body_id] if party else ""


class ResponseForm(StepForm):
    """A declaration, under the whole response it signs for, as it stood when it was read."""

    template = "body/sign_response.html"
    read_items = HiddenField()
    standing: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keeps which versions of the items were read."""
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.read_items.data = self.standing

    def plumbing(self) -> Markup:
        """With the versions that were read."""
        return super().plumbing() + HIDDEN.format("read_items", self.read_items.data or "")

    def data_for_step(self) -> Sent:
        """The answers with the versions that were read, so that nothing is signed that nobody read."""
        sent = super().data_for_step()
        sent.data[READ] = self.read_items.data or ""
        return sent

    def stale(self, changes: Sequence[tuple[str, str]], token: str) -> None:
        """Takes the versions as they stand now: the page shows them."""
        super().stale(changes, token)
        self.read_items.data = self.standing


@form("sign_response")
def sign_response(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The response is read through, with its files, before it is signed for."""
    return signing_form(step, known, by)


def signing_form(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The form under a response: it carries which versions of the items were read."""
    made = built(step, known, by, base=ResponseForm)
    made.standing = reading_of(items_for(there(known), by))
    return made


class CommentRows(VersionedRows):
    """Paragraphs with what a body’s people say of each."""

    main, nothing = "words", "nothing any more"
    saved = (
        "Somebody else saved a comment on this paragraph while you were writing: “{}”. Yours is below:"
        " send it again to put it in place of theirs"
    )


@form("draft_comments")
def draft_comments(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Every paragraph of the draft with what was written of it so far."""
    known = there(known)
    drafts = {
        one.paragraph_id: one for one in queries.comments_of(known.case.id, by=by) if one.signed_on is None
    }
    question = asked_by(step, "draft_comments")
    comments: Asked = CommentRows(
        question.label,
        rows=[
            _paragraph(one, drafts.get(one.id)) for one in queries.paragraphs_of(known.case.id, DRAFT, by=by)
        ],
        columns={"words": FewLines("Your comment", required=False)},
        message="Nothing was changed: comment on at least one paragraph, or change a comment",
    )
    return built(step, known, by, base=AnswerForm, more={"draft_comments": comments})


def _paragraph(one: ParagraphRow, draft: CommentRow | None) -> Row:
    written = draft.draft if draft else None
    return Row(
        str(one.id),
        f"Paragraph {one.number}",
        one.words,
        fixed={"paragraph": one.id},
        given={"words": written},
        hidden=hidden_of(draft.version if draft else 0, written),
    )


class SignCommentsForm(ResponseForm):
    """A declaration, under the comments it signs for."""

    template: ClassVar[str] = "body/sign_comments.html"
    written: ClassVar[Any] = ()


@form("sign_comments")
def sign_comments(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The comments are read through before they are signed for; where there are none, that is what is signed."""
    known = there(known)
    paragraphs = queries.paragraphs_of(known.case.id, DRAFT, by=by)
    said = {one.paragraph_id: one for one in queries.comments_of(known.case.id, by=by) if not one.signed_on}
    drafts = [(one, said[one.id]) for one in paragraphs if one.id in said]
    written = [(one, draft) for one, draft in drafts if draft.draft]
    asked = field("confirm", asked_by(step, "no_comments").label, required=False)
    made = built(
        step,
        known,
        by,
        base=SignCommentsForm,
        without={"no_comments"} if written else set(),
        more={} if written else {"no_comments": asked},
    )
    made.written = written
    made.standing = reading_of([draft for _, draft in drafts])
    return made


class DisposeForm(StepForm):
    """What becomes of each comment of one side."""

    def check(self) -> None:
        """Refuses an answer without the reason its author will read, and a reason without an answer."""
        for row in self.disposition.filled:
            boxes = self.disposition.boxes[row.key]
            if not boxes["reason"].answer:
                boxes["reason"].errors = [NO_REASON]
            if not boxes["disposition"].answer:
                boxes["disposition"].errors = ["Say whether the comment is accepted"]


@form("dispose_draft_comment")
def dispose_draft_comment(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The comments on the draft that wait for an answer, of one body at a time."""
    return disposing(step, there(known), by, DRAFT, lambda one: one.party_id)


def disposing(
    step: Step, known: Facts, by: Actor, what: str, author: Callable[[CommentRow], Any]
) -> type[StepForm]:
    """The form that answers comments on what was last issued under a name, those of one author at a time.

    author: what tells apart whose comments they are, and sorts them
    """
    paragraphs = {one.id: one for one in queries.paragraphs_of(known.case.id, what, by=by)}
    waiting = [
        one
        for one in queries.comments_of(known.case.id, by=by)
        if one.signed_on and one.accepted is None and one.paragraph_id in paragraphs
    ]
    waiting.sort(key=lambda one: (author(one), one.id))
    now = [one for one in waiting if author(one) == author(waiting[0])]
    columns: dict[str, Asked] = {
        "disposition": field(
            "radios", "What becomes of it?", choices=coded(known, "dispositions"), required=False
        ),
        "reason": FewLines("Reason", hint="Its author will read this", required=False),
    }
    question = asked_by(step, "disposition")
    rows: Asked = RowsField(
        question.label,
        rows=[_comment(one, paragraphs[one.paragraph_id], known) for one in now],
        columns=columns,
        skips_empty=True,
        message=question.message,
        hint=OTHERS if len(waiting) > len(now) else "",
    )
    return built(step, known, by, base=DisposeForm, more={"disposition": rows})


def _comment(one: CommentRow, paragraph: ParagraphRow, known: Facts) -> Row:
    whose = party_name(known, one.party_id) or "The complainant"
    said = f"{one.words}\n\nOn paragraph {paragraph.number}: “{paragraph.words}”"
    return Row(str(one.id), f"{whose}, on paragraph {paragraph.number}", said, fixed={"comment": one.id})
