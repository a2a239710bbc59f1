"""No page asks the database more often when there are more rows: the same with one, with twenty-five and with two hundred."""

from __future__ import annotations

import make
import pytest
from rooms.staff_pages import At, statements

from regulator.tables import metadata

ROWS = (1, 25, 200)
PAGES = {
    "a worklist": ("manager", "/cases?whose=everything"),
    "a case": ("caseworker", "/cases/{case}"),
    "the older part of a timeline": ("caseworker", "/cases/{case}?before=5"),
    "a step with people to choose": ("manager", "/cases/{case}/assign"),
    "letters that did not arrive": ("manager", "/letters/troubled"),
    "a body’s desk": ("contact", "/body"),
    "a body’s open cases": ("contact", "/body?show=open"),
    "a case as the body reads it": ("contact", "/body/cases/{case}"),
    "the items to answer": ("contact", "/body/cases/{case}/answer-account-item"),
    "a complaint as its complainant reads it": ("complainant", "/complaint/status"),
    "people": ("administrator", "/people"),
}


@pytest.fixture(scope="module")
def counted(kept_app, catalogue) -> dict[str, list[tuple[int, int]]]:
    """With each number of rows: how long each page was, and how often it asked."""
    with kept_app.app_context():
        case, people = one_of_everything()
        at = {
            **{part: At(kept_app, getattr(people, part)) for part in ("manager", "caseworker", "contact")},
            "complainant": At(kept_app, people.complainant(case.case_id)),
            "administrator": At(kept_app, make.person("administrator")),
        }
    found: dict[str, list[tuple[int, int]]] = {name: [] for name in PAGES}
    had = 1
    for rows in ROWS:
        multiply(catalogue, case.case_id, had, rows)
        had = rows
        for name, (who, path) in PAGES.items():
            address = path.format(case=case.reference)
            assert at[who].get(address).status_code == 200, (name, rows)
            with statements(kept_app) as sent:
                page = at[who].get(address)
            found[name].append((len(page.text), len(sent)))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_the_same_with_more_rows(counted, page):
    """The page asks as often with two hundred rows as with one."""
    lengths, counts = zip(*counted[page], strict=True)

    assert lengths[0] < lengths[1]
    assert set(counts) == {counts[0]}


def one_of_everything():
    """A case with one of each thing that there may be many of."""
    case, people = make.complaint_at("investigating")
    make.act(case.case_id, people.caseworker, "request_account", items=[{"question": "Which list?"}])
    make.act(case.case_id, people.caseworker, "message_complainant", message="We have begun.")
    make.act(case.case_id, people.caseworker, "add_note", note="Rang the force.")
    return case, people


def multiply(owner, case: int, had: int, rows: int) -> None:
    """Make as many cases, entries, letters, items and people as `rows`: past every lock, for pages only read them."""
    owner.execute("set session_replication_role = replica")
    for n in range(had, rows):
        new = 1000 + n
        copy(owner, "case_file", f"id = {case}", id=f"{new}", reference=f"'C-{new}'")
        for table in ("party", "participant"):
            copy(owner, table, f"case_id = {case}", id=f"{new}", case_id=f"{new}")
        copy(
            owner,
            "evidence_request",
            f"case_id = {case}",
            id=f"{new}",
            case_id=f"{new}",
            party_id=f"{new}",
        )
        copy(
            owner,
            "evidence_item",
            f"case_id = {case} and number = 1",
            case_id=f"{new}",
            party_id=f"{new}",
            request_id=f"{new}",
        )
        copy(owner, "evidence_item", f"case_id = {case} and number = 1", number=f"{new}")
        copy(owner, "allegation", f"case_id = {case} and number = 1", number=f"{new}")
        copy(owner, "entry", f"case_id = {case} and step = 'add_note'", limit=1, id=f"{new}", seq=f"{new}")
        copy(
            owner,
            "entry_words",
            "entry_id = (select min(id) from entry where step = 'add_note')",
            entry_id=f"{new}",
        )
        copy(owner, "letter", f"case_id = {case}", limit=1, id=f"{new}")
        failed = {"state": "'failed'", "message_id": f"'<copy{new}@example.test>'"}
        copy(owner, "outbox", f"case_id = {case}", limit=1, letter_id=f"{new}", **failed)
        copy(owner, "person", "id = 1", id=f"{new}", email=f"'copy{new}@example.test'")
        copy(owner, "role_held", "person_id = 1", person_id=f"{new}")
    owner.execute("reset session_replication_role")


def copy(owner, table: str, where: str, limit: int = 1, **changed: str) -> None:
    """Copy a row of a table with some columns changed; its key is new unless one is given."""
    columns = [
        c.name
        for c in metadata.tables[table].columns
        if c.name in changed or not (c.primary_key and c.name == "id")
    ]
    values = ", ".join(changed.get(name, name) for name in columns)
    owner.execute(
        f"insert into {table} ({', '.join(columns)}) select {values} from {table} where {where} order by 1 limit {limit}"
    )
