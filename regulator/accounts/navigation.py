"""What the top of every page says: who is signed in, and where they can go."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request, url_for

from regulator.access import BODY, REGULATOR, SEARCHERS, STAFF, acting
from regulator.accounts import queries, roles
from regulator.actors import Actor
from regulator.pages import Place, SignedIn


@dataclass(frozen=True)
class Way:
    """One place of the navigation: what it is called, the page it leads to, and for whom."""

    label: str
    endpoint: str
    roles: tuple[str, ...]


WAYS = (
    Way("Work", "casework.worklist", REGULATOR),
    Way("Dashboard", "reports.dashboard", REGULATOR),
    Way("Records", "casework.records", ("records_manager",)),
    Way("New complaint", "complaints.new", ("intake_officer",)),
    Way("Cases", "desk.cases", (*BODY, "oversight_contact")),
    Way("Recommendations", "recommendations.shown", REGULATOR),
    Way("Recommendations", "recommendations.own", (*BODY, "oversight_contact")),
    Way("Search", "casework.search", SEARCHERS),
    Way("Your complaint", "complaints.follow", ("complainant", "representative")),
    Way("People", "accounts.people", ("administrator", "body_administrator")),
    Way("Letters", "letters.troubled", STAFF),
    Way("Bodies", "accounts.bodies", (*REGULATOR, "administrator")),
    Way("The rules", "casework.rules", REGULATOR),
    Way(
        "Your account",
        "accounts.account",
        (*REGULATOR, "administrator", *BODY, "oversight_contact", "body_administrator"),
    ),
)
"""In the order of the page. A place whose page is not there is left out."""

PUBLIC_WAYS = {
    "complain": "complaints.start",
    "follow": "complaints.find",
    "published": "register.published",
    "bodies": "register.listed",
    "sign_in": "accounts.sign_in",
}


def is_known(by: Actor) -> bool:
    """Whether somebody is signed in, or has opened a case."""
    return by.person_id is not None or by.case_id is not None


def ways(by: Actor) -> list[Way]:
    """Where this person can go."""
    there = current_app.view_functions
    return [way for way in WAYS if is_known(by) and way.endpoint in there and by.holds(*way.roles)]


def desk(by: Actor) -> str | None:
    """The page a person begins the day at; none for who is not signed in."""
    first = next(iter(ways(by)), None)
    return url_for(first.endpoint) if first else None


def public_ways() -> dict[str, str]:
    """Where somebody who is not signed in can begin, by name; a page that is not there is left out."""
    there = current_app.view_functions
    return {name: url_for(endpoint) for name, endpoint in PUBLIC_WAYS.items() if endpoint in there}


def for_pages() -> dict[str, object]:
    """What every template is given."""
    by = acting()
    if by.person_id is None:
        return {"navigation": [], "signed_in": None}
    return {
        "navigation": [
            Place(way.label, url_for(way.endpoint), way.endpoint == request.endpoint) for way in ways(by)
        ],
        "signed_in": SignedIn(by.name, _holds(by), url_for("accounts.sign_out")),
    }


def _holds(by: Actor) -> str:
    held = roles.labels(by.roles)
    return f"{held}, {queries.name_of(by.body_id)}" if by.body_id else held
