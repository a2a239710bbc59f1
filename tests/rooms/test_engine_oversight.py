"""Those who oversee a body: what they see of a case about it, are told, owe and may do, and of whom."""

from __future__ import annotations

from datetime import date

import make
import psycopg
import pytest
from flask import Flask

from regulator import moments
from regulator.accounts.commands import change_overseer
from regulator.casework import needs, queries
from regulator.casework.needs import overseen_body, own_body
from regulator.casework.steps import Taken, offers
from regulator.casework.taking import Taking
from regulator.db import ask_as
from regulator.errors import Refused
from tests.rooms import engine_ground as ground

MOPAC, OF_KENT = "mayors-office-for-policing-and-crime-mopac", "police-and-crime-commissioner-for-kent"
INSPECTED = ("metropolitan", "kent", "nca")
CONCERN = {"concern_words": ["Nobody checks."], "accelerated": True}
PUBLIC = {"public_words": ["It is so."], "redaction_checked": True}


def about_chosen(taking: Taking) -> None:
    """A concern sent is about the body that the test names by its part."""
    party = next(one for one in taking.facts.subjects if one.id == int(taking.data["concern"]))
    taking.concerns(party)
    taking.about(concern=1)


@pytest.fixture(autouse=True)
def inspections(in_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inspections in service."""
    ground.serve(monkeypatch, "inspection", effects={"send_concern": about_chosen})


def begun() -> Taken:
    """An inspection of three bodies in fieldwork, one of which nobody oversees."""
    case = ground.planned("inspection", *INSPECTED)
    make.act(case.case_id, make.person("manager"), "announce", visit_on=date(2027, 1, 11))
    make.act(case.case_id, make.person("inspector"), "start_fieldwork")
    return case


def published() -> Taken:
    """An inspection whose report is published."""
    case, manager, inspector = begun(), make.person("manager"), make.person("inspector")
    make.act(case.case_id, inspector, "start_drafting")
    make.act(case.case_id, manager, "share_draft")
    make.act(case.case_id, manager, "approve_final", grades=[{"area": 1, "grade": "good"}])
    make.act(case.case_id, make.person("publisher"), "publish_report", **PUBLIC)
    return case


def concern(case: Taken, slug: str) -> None:
    """A cause of concern about one body, sent."""
    said = {**CONCERN, "party": ground.party(case, slug), "standard": next(iter(standards()))}
    make.act(case.case_id, make.person("inspector"), "draft_concern", **said)
    make.act(case.case_id, make.person("manager"), "send_concern", concern=ground.party(case, slug))


def standards() -> list[str]:
    """The standards of the edition."""
    from regulator.casework import editions

    return list(editions.current().standards)


def test_overseers_have_a_part() -> None:
    """Each body that is overseen has its overseer in the case, once, and one that nobody oversees has none."""
    case = ground.planned("inspection", *INSPECTED)

    known = ground.loaded(case)
    overseers = {known.names[p.body_id]: known.overseer_of(p) for p in known.subjects}
    assert {known.bodies[one.body_id].slug for one in overseers.values() if one} == {MOPAC, OF_KENT}
    assert overseers["National Crime Agency"] is None
    assert not any(party.sees for party in known.parties)


def test_concern_is_told_to_its_own_overseer(owner: psycopg.Connection) -> None:
    """A concern about one body is shown, lettered and told to that body and whoever oversees it, to no other."""
    case = begun()
    concern(case, "kent")

    known = ground.loaded(case)
    kent, pcc = ground.party(case, "kent"), ground.party(case, OF_KENT, "oversight")
    assert {one.id for one in known.parties if one.capacity == "oversight" and one.sees} == {pcc}
    assert list(ground.letters(owner, case, "concern")) == [kent]
    to_overseer = ground.letters(owner, case, "concern_to_overseer")
    assert list(to_overseer) == [pcc]
    side, words = to_overseer[pcc]
    answer = next(clock for clock in known.running if clock.name == "concern_answer")
    assert side == "oversight"
    assert "concern about Kent Police" in words
    assert "Metropolitan" not in words
    assert f"by {answer.last_day:%-d %B %Y}" in words
    assert f"/body/cases/{known.case.reference}" in words
    assert ground.told(owner, case, "oversight") == [
        ("send_concern", "The regulator sent you a cause of concern about Kent Police", kent)
    ]


def test_overseer_reads_its_part_alone(owner: psycopg.Connection) -> None:
    """Whoever oversees one body is shown the case and the entry about it; whoever oversees another sees nothing."""
    case = begun()
    concern(case, "kent")

    ours, other = ground.overseer(OF_KENT), ground.overseer(MOPAC)
    ask_as(ours)
    assert [one.step for one in queries.timeline(case.case_id, by=ours)] == ["send_concern"]
    ask_as(other)
    assert not queries.timeline(case.case_id, by=other)


def test_report_is_told_to_every_overseer(owner: psycopg.Connection) -> None:
    """An approved report shows the case to every overseer, each told of the body it oversees alone."""
    case = published()

    sent = ground.letters(owner, case, "report_approved_to_overseer")
    met, kent = ground.party(case, MOPAC, "oversight"), ground.party(case, OF_KENT, "oversight")
    assert set(sent) == {met, kent}
    assert "Metropolitan" in sent[met][1]
    assert "Kent" not in sent[met][1]
    assert "Kent Police" in sent[kent][1]
    assert set(ground.letters(owner, case, "report_approved")) == {
        ground.party(case, slug) for slug in INSPECTED
    }


def test_comments_are_owed_by_the_overseer() -> None:
    """Comments are owed by whoever oversees a body, and by the body itself where nobody does; each is due on a desk."""
    case = published()

    known = ground.loaded(case)
    owed = {clock.keys["party"]: clock for clock in known.running if clock.name == "s55_comments"}
    subjects = {known.bodies[p.body_id].slug: p for p in known.subjects}
    assert {slug: owed[p.id].owed_by for slug, p in subjects.items()} == {
        "metropolitan": "oversight",
        "kent": "oversight",
        "nca": "body",
    }
    pcc = known.overseer_of(subjects["kent"])
    assert pcc is not None
    assert pcc.due_on == owed[subjects["kent"].id].last_day
    assert pcc.due_on > subjects["kent"].due_on


def test_clocks_are_shown_to_whom_they_concern(owner: psycopg.Connection) -> None:
    """A clock is for a body or an overseer that sees the case and is concerned, and for the public once it is shown."""
    case = published()

    asked = "select party_id, for_body, for_oversight, for_public from clock where case_id = %s and name = %s"
    found = {row[0]: row[1:] for row in owner.execute(asked, (case.case_id, "s55_comments"))}
    assert found[ground.party(case, "kent")] == (False, True, True)
    assert found[ground.party(case, "nca")] == (True, False, True)


def test_overseer_comments_for_its_body(owner: psycopg.Connection) -> None:
    """Comments of an overseer meet what it owes for the body it oversees, and are told in its name to both."""
    case = published()
    by = ground.overseer(OF_KENT)

    make.act(case.case_id, by, "oversight_comments", overseer_comments=["We agree."])

    known = ground.loaded(case)
    ended = {clock.keys["party"] for clock in known.running if clock.name == "s55_comments" and clock.ended}
    kent = ground.party(case, "kent")
    assert ended == {kent}
    name = "Police and Crime Commissioner for Kent"
    step = "oversight_comments"
    assert ground.told(owner, case, "oversight", step) == [(step, f"{name} commented on the report", kent)]
    assert ground.told(owner, case, "body", step) == [
        (step, "The oversight body commented on the report", kent)
    ]
    assert by.name in ground.told(owner, case, "internal", step)[0][1]


def test_comments_of_a_body_go_to_its_overseer(owner: psycopg.Connection) -> None:
    """What one body says in public of a report is lettered to its own overseer, and named as that body’s."""
    case = published()
    by = make.person("approving_officer", body="kent")
    make.act(case.case_id, by, "body_comments", public_comments=[{"comment": "Done."}])

    assert list(ground.letters(owner, case, "body_comments_to_overseer")) == [
        ground.party(case, OF_KENT, "oversight")
    ]
    said = [sentence for step, sentence, _ in ground.told(owner, case, "public") if step == "body_comments"]
    assert said == ["Kent Police commented on the report"]


def test_overseer_stands_beside_the_body() -> None:
    """An overseer may do what is for the overseer of the case’s bodies, and nothing that is for a body."""
    case = published()
    by = ground.overseer(OF_KENT)

    known, offered = offers(case.case_id, by=by)

    assert {offer.step.name for offer in offered if offer.open} == {"oversight_comments"}
    assert overseen_body(known, by)
    assert not own_body(known, by)
    assert not needs.own_body(known, ground.overseer("police-and-crime-commissioner-for-gwent"))
    with pytest.raises(Refused):
        make.act(case.case_id, by, "report_progress", recommendation=1, progress="All done", claims_done=True)


def test_nothing_is_offered_before_it_is_shown() -> None:
    """Before anything is shown to an overseer the case is nothing to it."""
    case = begun()

    _, offered = offers(case.case_id, by=ground.overseer(OF_KENT))

    assert not offered


def test_new_overseer_takes_over(owner: psycopg.Connection) -> None:
    """Whoever comes to oversee a body while the case runs takes the part of whoever did so before."""
    with moments.as_at(make.at("2026-03-02T10:00")):
        case = published()
    with moments.as_at(make.at("2026-04-01T10:00")):
        change_overseer("kent", MOPAC, date(2026, 4, 1), by=make.person("administrator"))
    with moments.as_at(make.at("2026-04-02T10:00")):
        make.act(case.case_id, make.person("inspector"), "start_monitoring")
        by = make.person("approving_officer", body="kent")
        make.act(case.case_id, by, "body_comments", public_comments=[{"comment": "Done."}])

    known = ground.loaded(case)
    kent = next(p for p in known.subjects if known.bodies[p.body_id].slug == "kent")
    overseer = known.overseer_of(kent)
    assert overseer is not None
    assert known.bodies[overseer.body_id].slug == MOPAC
    assert list(ground.letters(owner, case, "body_comments_to_overseer")) == [overseer.id]


def test_one_overseer_of_two_bodies(owner: psycopg.Connection) -> None:
    """Comments of one that oversees two of the bodies meet what it owes for both, and are told to neither as its own."""
    change_overseer("kent", MOPAC, moments.today(), by=make.person("administrator"))
    case = published()

    make.act(case.case_id, ground.overseer(MOPAC), "oversight_comments", overseer_comments=["We agree."])

    met = {c.keys["party"] for c in ground.loaded(case).running if c.name == "s55_comments" and c.ended}
    assert met == {ground.party(case, "metropolitan"), ground.party(case, "kent")}
    sent = ground.letters(owner, case, "report_approved_to_overseer")
    assert len(sent) == 1
    assert "Metropolitan Police Service and Kent Police" in next(iter(sent.values()))[1]
    assert not ground.told(owner, case, "body", "oversight_comments")
