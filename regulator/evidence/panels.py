"""What the staff’s page of a case of any kind shows of asking and answering: requests, responses, drafts and comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from regulator.actors import Actor
from regulator.casework.case_page import Panel
from regulator.casework.queries import CaseRow
from regulator.evidence import queries
from regulator.evidence.differences import Difference, differences
from regulator.evidence.forms import DRAFT
from regulator.evidence.queries import CommentRow, ItemRow, ParagraphRow, RequestRow, SentRow, party_names

SIDES = {
    "complainant": "As the complainant was shown it",
    "body": "As the body was shown it",
    "internal": "The whole",
    "oversight": "As the body that oversees it was shown it",
}


@dataclass(frozen=True)
class Requested:
    """A request with its items and what was sent in answer to it, the last version first; `body` where there are several."""

    request: RequestRow
    body: str
    items: Sequence[ItemRow]
    sent: Sequence[SentRow]
    changed: Sequence[Difference] = ()

    @property
    def standing(self) -> tuple[str, str]:
        """How it stands, in two words, and the tone in which that is said."""
        if self.request.accepted_on:
            return ("Accepted", "good") if self.request.submissions else ("Withdrawn", "ended")
        if self.request.submitted_on:
            return "Submitted", "good"
        return ("Returned", "waiting") if self.request.submissions else ("Waiting for the body", "waiting")


@dataclass(frozen=True)
class Shown:
    """A paragraph of what was shared with what was said of it."""

    number: int
    words: str
    comments: Sequence[CommentRow]


@dataclass(frozen=True)
class Version:
    """What was shared as one side was shown it."""

    title: str
    paragraphs: list[Shown] = field(default_factory=list)


def requested(
    case: CaseRow, by: Actor, *, title: str = "Evidence asked for", what: str = "Response"
) -> Panel:
    """Each request with its items and the versions received, the last request first.

    what: what a version is called
    """
    asked = queries.by_request(queries.items_of(case.id, by=by))
    is_sent = any(request.submissions for request, _ in asked)
    sent = queries.sent_by_body(case.id, by=by) if is_sent else []
    is_anew = any(request.submissions > 1 for request, _ in asked)
    changed = differences(queries.sent_items(case.id, by=by)) if is_anew else []
    names = _names(case, {request.party_id for request, _ in asked}, by)
    rows = [
        Requested(
            request,
            names.get(request.party_id, ""),
            items,
            [
                one
                for one in sent
                if one.request_id in (request.id, None) and one.party_id == request.party_id
            ],
            [one for one in changed if one.item_id in {item.id for item in items}],
        )
        for request, items in reversed(asked)
    ]
    return Panel(title, "requested", {"rows": rows, "what": what})


def commented_on(
    case: CaseRow, by: Actor, *, what: str = DRAFT, title: str = "The draft report and comments on it"
) -> Panel:
    """What was last shared under a name, as each side was shown it, with the comments made and what became of them."""
    return Panel(title, "shown_views", {"rows": versions(case, by, what)})


def versions(case: CaseRow, by: Actor, what: str) -> list[Version]:
    """What was last shared under a name, a version for each side that was shown it."""
    paragraphs = queries.paragraphs_of(case.id, what, by=by)
    if not paragraphs:
        return []
    comments = queries.comments_of(case.id, by=by)
    names = _names(case, {one.party_id for one in paragraphs if one.party_id}, by)
    found: dict[int, Version] = {}
    for one in paragraphs:
        version = found.setdefault(one.version_id, Version(_title(one, names)))
        said = [comment for comment in comments if comment.paragraph_id == one.id]
        version.paragraphs.append(Shown(one.number, one.words, said))
    return list(found.values())


def _names(case: CaseRow, parties: set[int], by: Actor) -> Mapping[int, str]:
    """What each body is called, where there is more than one."""
    return party_names(case.id, by=by) if len(parties) > 1 else {}


def _title(one: ParagraphRow, names: Mapping[int, str]) -> str:
    name = names.get(one.party_id or 0)
    return f"As {name} was shown it" if name else SIDES[one.audience]
