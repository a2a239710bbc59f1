"""The page of one case, for staff: what must I do, by when and why, before anything else.

A kind adds panels of its own: `PANELS["complaint"] = panels_of`, called with the case and the reader; each panel is a
title, a component (a macro in templates/components/ named as its file) and what the macro is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from flask import current_app, render_template, url_for
from markupsafe import Markup

from regulator import words
from regulator.actors import Actor
from regulator.casework import ahead, editions, letters_due, queries, steps
from regulator.casework.ahead import Doing, Duty
from regulator.casework.facts import OVERSIGHT, Facts
from regulator.casework.history import history, record
from regulator.casework.link_picture import linked_cases, picture
from regulator.casework.models import Participant
from regulator.casework.queries import CaseHead, CaseRow
from regulator.casework.retaining import APPROVE
from regulator.ledger.reading import look
from regulator.letters.queries import LetterRow
from regulator.regime.judge import Offer
from regulator.regime.model import BEFORE, Edition, Step


class Panel(NamedTuple):
    """A part of the page that only one kind of case has."""

    title: str
    component: str
    context: Mapping[str, Any]


Panels: TypeAlias = "Callable[[CaseRow, Actor], Sequence[Panel]]"
PANELS: dict[str, Panels] = {}


@dataclass(frozen=True)
class Group:
    """Steps that belong together."""

    name: str
    doings: Sequence[Doing]


@dataclass(frozen=True)
class Barred:
    """A step that cannot be taken now, and why."""

    label: str
    reason: str


def show(reference: str, *, by: Actor, before: int | None = None) -> str:
    """The page of a case, and a line in the reading log.

    before: the entry that the page of the timeline begins before
    Raises: Missing
    """
    case = queries.head(reference, by=by)
    look("case", by=by, case_id=case.id)
    read = record(case.id, by=by, before=before)
    linked = linked_cases(queries.links(case.id, by=by))
    known, offers = steps.offers(case.id, by=by)
    gone = known.last(APPROVE)
    own = [] if gone else [(panel.title, drawn(panel)) for panel in panels(case, by)]
    happened = history(read, known)
    running, ended = ahead.clocks(known)
    due = [] if case.is_historic else _due(case, known, offers, read.written)
    return render_template(
        "casework/case.html",
        case=case,
        stage=known.kind.stages[case.stage],
        duties=due,
        moving=moving(offers, reference, due),
        groups=groups(offers, reference),
        barred=[Barred(one.step.label, " ".join(one.reasons)) for one in offers if not one.open],
        running=running,
        ended=ended,
        pauses=ahead.pauses(known),
        history=happened,
        facts=facts(case, known),
        people=[] if gone else [_person(who) for who in known.participants if who.left_on is None],
        gone=gone,
        links=linked,
        linked=picture(case, linked),
        panels=own,
        cautions=list(_warnings(case, known)),
        later=url_for("casework.show", reference=reference, before=happened.following)
        if happened.following
        else None,
        newest=url_for("casework.show", reference=reference) if before else None,
    )


def _due(case: CaseHead, known: Facts, offers: Sequence[Offer], written: Sequence[LetterRow]) -> list[Duty]:
    """What comes next: a letter that did not arrive before all else, one that only waits for the post after it."""
    asked = ahead.duties(known, offers)
    return [
        *letters_due.not_arrived(written, case.owner),
        *asked,
        *letters_due.to_post(written, case.owner),
    ]


def moving(offers: Sequence[Offer], reference: str, due: Sequence[Duty]) -> list[Doing]:
    """The steps that move the case on, without those that stand first on the page already."""
    first = {one.href for one in due[0].doings} if due else set()
    doings = [ahead.doing(one.step, reference) for one in offers if one.open and onward(one.step)]
    return [one for one in doings if one.href not in first]


def onward(step: Step) -> bool:
    """Whether a step moves the case on, and not back to where it stood."""
    return step.moves and step.to != BEFORE


def groups(offers: Sequence[Offer], reference: str) -> list[Group]:
    """The other steps that can be taken now, by the groups of the edition and in its order."""
    found: dict[str, list[Doing]] = {}
    for offer in offers:
        if offer.open and not onward(offer.step):
            found.setdefault(offer.step.lists_in, []).append(ahead.doing(offer.step, reference))
    return [Group(name, doings) for name, doings in found.items()]


def panels(case: CaseRow, by: Actor) -> Sequence[Panel]:
    """What only this kind of case has."""
    return PANELS[case.kind](case, by) if case.kind in PANELS else ()


def drawn(panel: Panel) -> Markup:
    """A panel as markup."""
    name = panel.component.removeprefix("components/").removesuffix(".html")
    module = current_app.jinja_env.get_template(f"components/{name}.html").module
    return Markup(getattr(module, name)(**panel.context))  # noqa: S704 - drawn by a template, which escapes


def facts(case: CaseHead, known: Facts) -> list[tuple[str, str]]:
    """What is known of the case itself, as label and words."""
    several = len(known.subjects) > 1
    rows = [
        ("Kind", known.kind.label),
        ("Owner", case.owner or "Nobody yet"),
        ("Team", case.team or "None yet"),
        ("Bodies" if several else "Body", case.bodies or ""),
        ("Overseen by", "; ".join(_overseers(known)) or None),
        ("Opened", words.day(case.opened_on)),
        ("Rules", editions.editions()[case.edition].title),
        ("Disposal", _disposal(case, known) if case.disposal else None),
    ]
    return [(label, said) for label, said in rows if said is not None]


def _overseers(known: Facts) -> Iterator[str]:
    """Those who oversee the bodies in this case; of whom, where there are several."""
    for party in (one for one in known.parties if one.capacity == OVERSIGHT):
        theirs = [known.names[one.body_id] for one in known.overseen_by(party)]
        of = f" (for {', '.join(theirs)})" if theirs and len(known.subjects) > 1 else ""
        yield known.names[party.body_id] + of


def _disposal(case: CaseHead, known: Facts) -> str:
    if gone := known.last(APPROVE):
        return f"Destroyed on {words.day(gone.occurred_day)}"
    edition = editions.editions()[case.edition]
    labels = {choice.code: choice.label for choice in edition.choices("disposals")}
    when = f", on {words.day(case.disposal_on)}" if case.disposal_on else ", no day set yet"
    return labels.get(case.disposal or "", case.disposal or "") + when


CAPACITIES = {"complainant": "Complainant", "representative": "Acts for the complainant"}


@dataclass(frozen=True)
class Contact:
    """Somebody outside, and how to reach them."""

    title: str
    safe: str | None
    facts: Sequence[tuple[str, str]]


def told_authority(who: Participant, edition: Edition) -> str | None:
    """What lets somebody act for another, as they said it: one of a few, and their own words after it."""
    code, colon, words = (who.authority or "").partition(": ")
    labels = {choice.code: choice.label for choice in edition.choices("authorities")}
    return f"{labels.get(code, code)}{colon}{words}" or None


def _person(who: Participant) -> Contact:
    edition = editions.current()
    by = {choice.code: choice.label for choice in edition.choices("contact_by")}
    languages = {choice.code: choice.label for choice in edition.choices("languages")}
    rows = [
        ("Name", who.name or "Anonymous"),
        ("Reached by", by.get(who.contact_by, who.contact_by)),
        ("Email", who.email),
        ("Telephone", who.phone),
        ("Address", who.address),
        ("Language", languages.get(who.language) if who.language != "en" else None),
        ("Needs", who.needs),
        ("Authority", told_authority(who, edition)),
        ("May the body know who they are?", "Yes" if who.shares_identity else "No"),
    ]
    title = CAPACITIES.get(who.capacity, who.capacity.capitalize())
    return Contact(title, who.safe_contact, [(label, said) for label, said in rows if said])


def _warnings(case: CaseHead, known: Facts) -> Iterator[str]:
    for who in known.participants:
        if who.safe_contact and who.left_on is None:
            called = "the complainant" if who.capacity == "complainant" else "the representative"
            yield f"Before you contact {called}: {who.safe_contact}"
    if any(who.is_vulnerable for who in known.participants):
        yield "The person it happened to is under 18, or in need of particular care."
    yield from letters_due.cautions(known)
    if case.is_historic:
        yield (
            "This case is told from the past, as far as its sources go: its letters were never sent from here,"
            " and nothing in it is due today."
        )


def brief(case: CaseHead) -> list[tuple[str, str]]:
    """The case in a few lines, to stand beside a form."""
    stage = editions.kind_of(case.edition, case.kind).stages[case.stage]
    rows = [("Case", case.title), ("Stage", stage.label), ("Body", case.bodies), ("Owner", case.owner)]
    return [(label, said) for label, said in rows if said]
