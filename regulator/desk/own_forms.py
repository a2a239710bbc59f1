"""The forms of a body’s own affairs: notes, items sent back, teams."""

from __future__ import annotations

from typing import Self

from regulator.evidence.queries import ItemRow
from regulator.forms import Choice, PageForm, field

WHOLE = "case"


class NoteForm(PageForm):
    """A note for one’s colleagues."""

    about = field("select", "What is it about?", required=False)
    words = field(
        "textarea",
        "Note",
        "Your own people alone can read it. The regulator cannot, now or later",
        message="Write the note",
    )

    def offer(self, items: list[ItemRow], *, whole: bool) -> Self:
        """Let an item be chosen, and the case as a whole where the person works on all of it."""
        case = [Choice(WHOLE, "The case as a whole")] if whole else []
        self["about"].choices = (*case, *(Choice(str(one.id), item_name(one)) for one in items))
        return self

    @property
    def item(self) -> int | None:
        """The item it is about; none for the whole case."""
        said = str(self["about"].answer or "")
        return int(said) if said.isdigit() else None


def item_name(item: ItemRow) -> str:
    """What an item is called where it is chosen from several."""
    question = item.question if len(item.question) <= 80 else f"{item.question[:80].rsplit(' ', 1)[0]}…"
    return f"Request {item.request.number}, item {item.number}: {question}"


class SendBackForm(PageForm):
    """What is to change in an item before it is signed for."""

    words = field(
        "textarea",
        "What is to change?",
        "Your colleague reads this beside the item, and gets a letter that says it is waiting",
        message="Say what is to change, so that your colleague knows",
    )


class ChaseForm(PageForm):
    """A reminder to whoever has an item: there is nothing to fill in."""


class TeamForm(PageForm):
    """A team and who is in it."""

    name = field("text", "What is the team called?", message="Say what the team is called")
    people = field("checkboxes", "Who is in it?", message="Choose at least one colleague")
