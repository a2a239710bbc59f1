"""Opening a case because of another: on a page of its own, with the bodies chosen, told in both."""

from __future__ import annotations

import make
import psycopg
import pytest
from flask import Flask
from rooms.staff_pages import At, words

from regulator.casework import queries
from regulator.casework.linking import Origin, OtherCase
from regulator.casework.steps import Taken, open_case, take
from regulator.db import ask_as
from regulator.errors import Invalid, NotNow, Refused
from tests.rooms import engine_ground as ground


@pytest.fixture(autouse=True)
def kinds(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Audits and inspections in service."""
    with app.app_context():
        ground.serve(monkeypatch, "audit", "inspection")


def investigating() -> Taken:
    """A complaint that is looked into."""
    return make.complaint_at("investigating")[0]


def from_(case: Taken) -> Origin:
    """The complaint as what another case is opened because of."""
    return Origin(OtherCase(case.case_id, case.reference), "It may be so elsewhere.")


def audit(case: Taken, by: str = "manager", kind: str = "audit", **more: object) -> Taken:
    """A case opened because of the complaint."""
    data = {"title": "Watchlists", "bodies": [make.body_id()], **ground.PLAN, **more}
    return open_case("plan", kind, by=make.person(by), data=data, origin=from_(case))


def test_bodies(in_app: Flask) -> None:
    """A case about several bodies has a part for each, once, however often it is named."""
    met, kent = make.body_id(), make.body_id("kent")
    data = {"title": "Watchlists", "bodies": [met, kent, met], **ground.PLAN}
    case = open_case("plan", "audit", by=make.person("manager"), data=data)

    known = ground.loaded(case)
    assert [party.body_id for party in known.subjects] == [met, kent]
    assert [party.capacity for party in known.parties] == ["subject", "subject"]


def test_told_in_both(in_app: Flask, owner: psycopg.Connection) -> None:
    """The older case tells that another was opened because of it, and why; the new one tells because of which."""
    older = investigating()
    newer = audit(older)

    step, said, _ = ground.told(owner, older, "internal")[-1]
    assert step == "open_linked"
    assert said.endswith(f"opened another case from this one: {newer.reference}")
    assert ground.told(owner, newer, "internal")[0][1].endswith(f"because of {older.reference}")
    by = make.person("observer")
    ask_as(by)
    assert [(one.relation, one.reference) for one in queries.links(older.case_id, by=by)] == [
        ("leads_to", newer.reference)
    ]
    assert [(one.relation, one.reference) for one in queries.links(newer.case_id, by=by)] == [
        ("follows", older.reference)
    ]
    assert [one.step for one in ground.loaded(older).events][-1] == "open_linked"


def test_all_or_nothing(in_app: Flask, owner: psycopg.Connection) -> None:
    """Where the new case cannot be opened, the older one tells nothing."""
    older = investigating()
    before = len(ground.told(owner, older, "internal"))

    with pytest.raises(Invalid):
        audit(older, scope_areas=[])
    with pytest.raises(Refused):
        audit(older, by="reviewer")

    assert len(ground.told(owner, older, "internal")) == before


def test_not_by_the_step_alone(in_app: Flask) -> None:
    """The step of the older case opens nothing by itself: what the new one needs is asked on its own page."""
    older = investigating()

    with pytest.raises(NotNow, match="What an audit needs is asked on a page of its own"):
        take(
            "open_linked",
            older.case_id,
            by=make.person("manager"),
            data={"new_kind": "audit", "reason": "So"},
        )


def test_same_kind(in_app: Flask) -> None:
    """A case is not opened because of another of its own kind: such are linked."""
    first = audit(investigating())

    with pytest.raises(Invalid):
        audit(first)


def test_page(app: Flask, owner: psycopg.Connection) -> None:
    """The step asks what and why; the page of the new kind follows with the bodies chosen, and opens it."""
    with app.app_context():
        older, by, met = investigating(), make.person("manager"), make.body_id()
    browser = At(app, by)
    page = browser.get(f"/cases/{older.reference}/open-linked")
    assert "An audit" in words(page)
    assert "A complaint" not in words(page)

    answer = browser.send(
        f"/cases/{older.reference}/open-linked", new_kind="audit", reason="It may be so elsewhere."
    )
    assert answer.location == f"/cases/new/audit?from={older.reference}"
    asked = browser.get(answer.location)
    assert f'value="{met}" checked' in asked.text
    told = {"title": "Watchlists", "bodies": str(met), "audit_basis": "consensual", "own_return": "no"}
    opened = browser.send(answer.location, **told, scope_areas="Matches", reason="It is in the plan.")

    assert opened.status_code == 302
    with app.app_context():
        said = ground.told(owner, older, "internal")[-1]
    assert said[0] == "open_linked"
    assert said[1].endswith(opened.location.rpartition("/")[2])


def test_page_without_its_reason(app: Flask) -> None:
    """Whoever comes to the page of a new case from another without having said why begins again there."""
    with app.app_context():
        older, by = investigating(), make.person("manager")

    page = At(app, by).get(f"/cases/new/audit?from={older.reference}")

    assert page.status_code == 409
    assert "Begin again on the page of the other case" in page.text


def test_page_of_a_kind_not_in_service(app: Flask) -> None:
    """A kind that is not in service has no page on which it is opened."""
    with app.app_context():
        by = make.person("enforcement_officer")

    assert At(app, by).get("/cases/new/enforcement").status_code == 409
    assert At(app, by).get("/cases/new/tea").status_code == 404
