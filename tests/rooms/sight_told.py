"""What each person may see of every table, written by hand. A table that is not named is not theirs at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.rooms.sight_world import Row, World

Sees = Callable[[World, Row], bool]
OF_STAFF = [
    "party",
    "participant",
    "clock",
    "issued_version",
    "complaint",
    "allegation",
    "remit_answer",
    "disposal",
    "letter",
    "outbox",
    "letter_print",
    "reading",
    "evidence_request",
    "evidence_item",
    "paragraph",
    "scope_area",
    "area_rating",
    "visit",
    "report",
    "report_finding",
    "recommendation",
    "publication",
    "public_comment",
    "audit",
    "inspection",
    "concern",
    "notice",
    "precondition_answer",
    "notice_step",
    "representation_point",
    "service",
    "certificate",
    "variation",
    "variation_step",
    "appeal",
    "supplied_item",
    "sent_item",
    "sent_file",
]


def of_case(*names: str) -> Sees:
    """Rows of some cases."""
    return lambda world, row: row["case_id"] in {world.cases[name] for name in names}


def every(*conditions: Sees) -> Sees:
    """Rows for which all of this holds."""
    return lambda world, row: all(holds(world, row) for holds in conditions)


def says(column: str, *values: Any) -> Sees:
    """Rows of which a column says one of these."""
    return lambda _world, row: row[column] in values


def has(*columns: str) -> Sees:
    """Rows in which one of these columns says something."""
    return lambda _world, row: any(row[column] is not None for column in columns)


def of_party(*parties: tuple[str, str]) -> Sees:
    """Rows of some bodies’ own parts, each given with its capacity, or of every body in the case."""

    def holds(world: World, row: Row) -> bool:
        wanted = {(world.bodies[body], capacity) for body, capacity in parties}
        mine = {each["id"] for each in world.rows["party"] if (each["body_id"], each["capacity"]) in wanted}
        return row["party_id"] is None or row["party_id"] in mine

    return holds


def of_row(table: str, column: str, sees: Sees) -> Sees:
    """Rows that hang on a row of another table that is seen."""

    def holds(world: World, row: Row) -> bool:
        each = world.by_id[table].get(row[column])
        return each is not None and sees(world, each)

    return holds


def anything(_world: World, _row: Row) -> bool:
    """Every row."""
    return True


def of_person(person: str) -> dict[str, Sees]:
    """What somebody signed in with, as they may read it."""

    def own(world: World, row: Row) -> bool:
        return row["person_id"] == world.people[person]

    return {"web_session": own, "recovery_code": own}


def named(*cases: str) -> Sees:
    """The files of some cases."""
    return lambda world, row: row["id"] in {world.cases[name] for name in cases}


def staff(person: str, *cases: str) -> dict[str, Sees]:
    """A caseworker sees all of every case but the restricted, and of those only where they are inside; no body’s drafts."""
    seen = of_case(*cases)
    entries = every(seen, says("for_staff", True))
    return {
        "case_file": named(*cases),
        **dict.fromkeys(OF_STAFF, seen),
        **dict.fromkeys(("way_back", "code_link"), seen),
        "comment": every(seen, has("signed_on")),
        "document": every(seen, says("for_staff", True)),
        "search_row": every(seen, says("audience", "staff")),
        "case_link": every(seen, lambda world, row: row["other_id"] in {world.cases[name] for name in cases}),
        "wall_member": every(seen, lambda world, row: row["person_id"] == world.people[person]),
        "entry": entries,
        "entry_words": every(
            of_row("entry", "entry_id", entries),
            says("audience", "internal", "body", "complainant", "oversight", "public"),
        ),
        "person": anything,
        "role_held": anything,
        "notice_to_staff": every(seen, lambda world, row: row["person_id"] == world.people[person]),
        "saved_list": lambda world, row: row["person_id"] == world.people[person],
        **of_person(person),
    }


def officer(person: str, body: str, *cases: str) -> dict[str, Sees]:
    """A force’s person sees its own part of its own cases, from the day it sees them, and its own people."""
    case, mine = of_case(*cases), of_party((body, "subject"))
    versions = every(case, mine, says("audience", "body"))
    entries = every(case, mine, says("for_body", True))
    variations = every(case, has("made_on"))
    return {
        "case_file": named(*cases),
        "party": every(
            case, says("capacity", "subject"), lambda world, row: row["body_id"] == world.bodies[body]
        ),
        "participant": every(case, says("shares_identity", True)),
        "clock": every(case, mine, says("for_body", True)),
        "issued_version": versions,
        "allegation": case,
        "evidence_request": every(case, mine),
        "evidence_item": every(case, mine),
        "paragraph": of_row("issued_version", "version_id", versions),
        "comment": every(case, mine, says("side", "body")),
        "document": every(case, mine, says("for_body", True)),
        **of_letters(every(case, mine, says("to_side", "body"))),
        "entry": entries,
        "entry_words": every(of_row("entry", "entry_id", entries), says("audience", "body", "body_only")),
        **dict.fromkeys(("scope_area", "publication", "public_comment", "audit", "inspection"), case),
        **dict.fromkeys(("area_rating", "report_finding"), every(case, has("issued_on"))),
        "visit": every(case, mine, has("starts_on"), says("what", "visit")),
        "recommendation": every(case, mine, has("issued_on")),
        "recommendation_draft": every(case, mine),
        "concern": every(case, mine, has("sent_on")),
        **dict.fromkeys(("notice", "notice_step"), every(case, has("served_on"))),
        "representation_draft": every(case, mine),
        **dict.fromkeys(("representation_point", "service", "appeal"), case),
        "certificate": every(case, has("applied_on", "answered_on")),
        "variation": variations,
        "variation_step": of_row("variation", "variation_id", variations),
        "supplied_item": every(case, mine),
        "search_row": found_by("body", body, case),
        **dict.fromkeys(("sent_item", "sent_file", "body_note"), every(case, mine)),
        **dict.fromkeys(
            ("body_team", "body_team_member"), lambda world, row: row["body_id"] == world.bodies[body]
        ),
        **people_of(body),
        **of_person(person),
    }


def overseer(person: str, body: str, overseen: str, *cases: str) -> dict[str, Sees]:
    """Whoever oversees a body sees what was told to them of its part, from the day they see the case; no other body’s."""
    case, mine = of_case(*cases), of_party((overseen, "subject"), (body, "oversight"))
    parts = every(case, lambda world, row: mine(world, {"party_id": row["id"]}))
    entries = every(case, mine, says("for_oversight", True))
    versions = every(case, mine, says("audience", "oversight"))
    return {
        "case_file": named(*cases),
        "party": parts,
        "clock": every(case, mine, says("for_oversight", True)),
        "issued_version": versions,
        "paragraph": of_row("issued_version", "version_id", versions),
        "document": every(case, mine, says("for_oversight", True)),
        **of_letters(every(case, mine, says("to_side", "oversight"))),
        "entry": entries,
        "entry_words": every(of_row("entry", "entry_id", entries), says("audience", "oversight")),
        **dict.fromkeys(("scope_area", "publication", "public_comment", "inspection"), case),
        **dict.fromkeys(("area_rating", "report_finding"), every(case, has("issued_on"))),
        "recommendation": every(case, mine, has("issued_on")),
        "concern": every(case, mine, has("sent_on")),
        "search_row": found_by("oversight", body, case),
        **people_of(body),
        **of_person(person),
    }


def found_by(audience: str, body: str, case: Sees) -> Sees:
    """What one body’s people look in when they search."""
    return every(case, says("audience", audience), lambda world, row: row["body_id"] == world.bodies[body])


def of_letters(theirs: Sees) -> dict[str, Sees]:
    """Letters of one’s own, with how far each came and its paper."""
    told = of_row("letter", "letter_id", theirs)
    return {"letter": theirs, "outbox": told, "letter_print": told}


def people_of(body: str) -> dict[str, Sees]:
    """The people of one body and the roles they hold."""

    def colleague(world: World, row: Row) -> bool:
        return row["body_id"] == world.bodies[body]

    return {"person": colleague, "role_held": of_row("person", "person_id", colleague)}


def complainant(name: str) -> dict[str, Sees]:
    """Whoever opened a case with its code sees what was told to them in it."""
    case = of_case(name)
    versions = every(case, says("audience", "complainant"))
    entries = every(case, says("for_complainant", True))
    return {
        "case_file": named(name),
        "participant": case,
        "clock": every(case, says("for_complainant", True)),
        "issued_version": versions,
        "complaint": case,
        "allegation": case,
        "paragraph": of_row("issued_version", "version_id", versions),
        "comment": every(case, says("side", "complainant")),
        "document": every(case, says("for_complainant", True)),
        **of_letters(every(case, says("to_side", "complainant"))),
        "entry": entries,
        "entry_words": every(of_row("entry", "entry_id", entries), says("audience", "complainant")),
    }


def public(*cases: str) -> dict[str, Sees]:
    """The public sees of a case what was published, who it is about, and what it was told of it."""
    case = of_case(*cases)
    entries = every(case, says("for_public", True))
    return {
        "case_file": named(*cases),
        "party": case,
        "clock": every(case, says("for_public", True)),
        "entry": entries,
        "entry_words": every(of_row("entry", "entry_id", entries), says("audience", "public")),
        "publication": case,
        "public_comment": case,
        "recommendation": every(case, has("issued_on")),
    }


def no_case(_world: World, row: Row) -> bool:
    """Rows of no case."""
    return row["case_id"] is None


ADMINISTRATOR = {
    "person": anything,
    "role_held": anything,
    "entry": no_case,
    "entry_words": of_row("entry", "entry_id", no_case),
    "credential": anything,
    "web_session": anything,
    "recovery_code": of_person("Gwen")["recovery_code"],
}
BODY_ADMINISTRATOR = {
    **people_of("north"),
    **dict.fromkeys(
        ("credential", "web_session"), of_row("person", "person_id", people_of("north")["person"])
    ),
    "recovery_code": of_person("Owen")["recovery_code"],
}

OPEN = ("north", "south", "both", "early")
# who -> (role, person, body, case, what they see)
READERS: dict[str, tuple[str, str, str, str, dict[str, Sees]]] = {
    "caseworker outside the wall": ("staff", "Gwen", "", "", staff("Gwen", *OPEN)),
    "caseworker inside the wall": ("staff", "Carys", "", "", staff("Carys", *OPEN, "walled")),
    "officer of the north": (
        "body",
        "Owen",
        "north",
        "",
        officer("Owen", "north", "north", "both", "walled"),
    ),
    "officer of the south": ("body", "Sian", "south", "", officer("Sian", "south", "south", "both")),
    "officer of the body that oversees the north": ("body", "Olwen", "watch", "", officer("Olwen", "watch")),
    "overseer of the north": ("oversight", "Olwen", "watch", "", overseer("Olwen", "watch", "north", "both")),
    "overseer of nobody": ("oversight", "Owen", "north", "", overseer("Owen", "north", "south")),
    "complainant": ("complainant", "", "", "north", complainant("north")),
    "complainant of the case of both": ("complainant", "", "", "both", complainant("both")),
    "administrator": ("administration", "Gwen", "", "", ADMINISTRATOR),
    "administrator of the north": ("body_administration", "Owen", "north", "", BODY_ADMINISTRATOR),
    "public": ("public", "", "", "", public("both", "early", "walled")),
}
