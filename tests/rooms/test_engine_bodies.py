"""A case about several bodies: it waits for every one, and none is told anything of another."""

from __future__ import annotations

import make
import psycopg
import pytest
from flask import Flask
from rooms.staff_pages import At

from regulator import moments
from regulator.casework import editions
from regulator.casework.filling import fill
from regulator.casework.steps import Taken, offers
from regulator.casework.telling import clock_words
from regulator.errors import NotNow
from tests.rooms import engine_ground as ground

MET, KENT = "Metropolitan Police Service", "Kent Police"
ENGAGEMENT = {"terms": ["What: matches", "When: in March"]}


@pytest.fixture
def audits(in_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Audits in service, of which the terms are agreed when every body has agreed them."""
    ground.serve(monkeypatch, "audit", needs={"terms_agreed_with_every_body": ground.agreed_by_all})


def engaged() -> Taken:
    """An audit of two bodies, to which the terms were sent."""
    case = ground.planned()
    make.act(case.case_id, make.person("auditor"), "send_engagement", **ENGAGEMENT)
    return case


@pytest.mark.usefixtures("audits")
def test_waits_for_every_body(owner: psycopg.Connection) -> None:
    """An audit goes on when every body has agreed its terms; until then the entry says that it stays."""
    case = engaged()

    make.act(case.case_id, make.person("approving_officer"), "agree_terms", terms_signed=True)
    stays = ground.loaded(case)
    make.act(case.case_id, make.person("approving_officer", body="kent"), "agree_terms", terms_signed=True)
    goes = ground.loaded(case)

    assert (stays.stage, stays.case.stage_moves) == ("agreeing_terms", 2)
    assert (goes.stage, goes.case.stage_moves) == ("gathering", 3)
    moves = owner.execute(
        "select stage_from, stage_to from entry where case_id = %s and step = 'agree_terms' order by seq",
        (case.case_id,),
    ).fetchall()
    assert moves == [("agreeing_terms", "agreeing_terms"), ("agreeing_terms", "gathering")]
    ended = [clock.ended.how for clock in goes.running if clock.name == "agree_terms" and clock.ended]
    assert ended == ["met", "met"]


@pytest.mark.usefixtures("audits")
def test_letter_of_step_that_stays(owner: psycopg.Connection) -> None:
    """What an auditor records with one body is written to that body alone, and the audit stays for the other."""
    case = engaged()

    kent = ground.party(case, "kent")
    said = {"party": kent, "terms_settled": "elsewhere", "terms": ["For Kent alone"]}
    make.act(case.case_id, make.person("auditor"), "record_terms", **said)

    assert ground.loaded(case).stage == "agreeing_terms"
    sent = ground.letters(owner, case, "terms_recorded")
    assert list(sent) == [kent]
    assert "For Kent alone" in sent[kent][1]


@pytest.mark.usefixtures("audits")
def test_one_body_hears_nothing_of_another(owner: psycopg.Connection) -> None:
    """A letter to a body names that body alone, with its own day and its own answers, whatever another was given."""
    case = engaged()
    met, kent = ground.party(case, "metropolitan"), ground.party(case, "kent")
    auditor = make.person("auditor")
    make.act(
        case.case_id,
        make.person("contact", body="kent"),
        "ask_more_time",
        clock=f"agree_terms/party={kent}",
        length="7 days",
        reason_asked="Kent is short of people",
    )
    given = {
        "clock": f"agree_terms/party={kent}",
        "granted": True,
        "length": "7 days",
        "reason_told": "Granted",
    }
    make.act(case.case_id, auditor, "decide_more_time", **given)
    make.act(case.case_id, auditor, "message_body", party=met, message_to_body="A word with you")

    letters = ground.letters(owner, case, "message_to_body") | ground.letters(owner, case, "engagement")
    assert set(letters) == {met, kent}
    assert KENT not in letters[met][1]
    assert MET not in letters[kent][1]
    assert set(ground.letters(owner, case, "more_time_answered")) == {kent}
    known = ground.loaded(case)
    days = {clock.keys["party"]: clock.last_day for clock in known.running if clock.name == "agree_terms"}
    assert days[met] < days[kent]
    sentence = known.kind.stages[known.stage].says["body"]
    mine = fill(sentence, clock_words(known, "body", {met}))
    theirs = fill(sentence, clock_words(known, "body", {kent}))
    assert mine != theirs
    assert {"ask_more_time": kent, "decide_more_time": kent, "message_body": met}.items() <= {
        step: party for step, _, party in ground.told(owner, case, "body")
    }.items()


@pytest.mark.usefixtures("audits")
def test_earlier_answer_stays_with_its_body(owner: psycopg.Connection) -> None:
    """An answer once given about one body is not repeated in a letter to another."""
    case = engaged()
    met, kent = ground.party(case, "metropolitan"), ground.party(case, "kent")
    auditor, said = make.person("auditor"), {"terms_settled": "elsewhere"}
    make.act(case.case_id, auditor, "record_terms", party=kent, terms=["A secret of Kent"], **said)
    make.act(case.case_id, auditor, "record_terms", party=met, terms=["Of the Met"], **said)
    make.act(case.case_id, make.person("manager"), "abandon", reason="Money", reason_told="We cannot go on.")

    sent = ground.letters(owner, case, "terms_recorded") | ground.letters(owner, case, "audit_abandoned")
    assert "Kent" not in sent[met][1]
    assert "We cannot go on." in sent[met][1]
    assert "We cannot go on." in sent[kent][1]


@pytest.mark.usefixtures("audits")
def test_more_time_is_asked_for_ones_own(owner: psycopg.Connection) -> None:
    """A body can ask for more time for what it owes itself, not for what another owes."""
    case = engaged()
    met = ground.party(case, "metropolitan")
    asked = {"clock": f"agree_terms/party={met}", "length": "7 days", "reason_asked": "We would rather not"}

    with pytest.raises(NotNow):
        make.act(case.case_id, make.person("contact", body="kent"), "ask_more_time", **asked)


@pytest.mark.usefixtures("audits")
def test_body_of_no_part_may_nothing() -> None:
    """Somebody of a body that is not audited is offered nothing they could do."""
    case = engaged()

    _, offered = offers(case.case_id, by=make.person("approving_officer", body="gwent"))

    assert not any(offer.open for offer in offered)


@pytest.mark.usefixtures("audits")
def test_body_learns_when_it_is_shown(owner: psycopg.Connection) -> None:
    """An audit that is only planned is told to no body, and one abandoned then to nobody outside at all."""
    case = ground.planned()
    make.act(case.case_id, make.person("manager"), "abandon", reason="Money", reason_told="We cannot go on.")

    assert not ground.told(owner, case, "body")
    assert not ground.told(owner, case, "public")
    assert not ground.letters(owner, case, "audit_abandoned")
    assert not any(party.sees for party in ground.loaded(case).parties)


@pytest.mark.usefixtures("audits")
def test_public_is_told_once_it_is_shown(owner: psycopg.Connection) -> None:
    """The public hears of an audit from its summary on, and of nothing before."""
    with moments.as_at(make.at("2026-03-02T10:00")):
        case = engaged()
        auditor, manager = make.person("auditor"), make.person("manager")
        for body in ground.BODIES:
            make.act(
                case.case_id, make.person("approving_officer", body=body), "agree_terms", terms_signed=True
            )
        make.act(case.case_id, auditor, "start_drafting")
        make.act(case.case_id, manager, "share_draft")
        make.act(case.case_id, manager, "issue_final")
        assert not ground.told(owner, case, "public")
        said = {"public_words": ["It went well."], "redaction_checked": True}
        make.act(case.case_id, make.person("publisher"), "publish_summary", **said)
        make.act(case.case_id, manager, "close")

    assert [step for step, _, _ in ground.told(owner, case, "public")] == ["publish_summary", "close"]


@pytest.mark.usefixtures("in_app")
def test_letter_that_an_answer_asks_for(owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the letters for several instruments the one goes that the carried answer names."""

    def carry(taking) -> None:
        taking.intent.data["instrument"] = "warning"

    ground.serve(monkeypatch, "enforcement", effects={"record_service": carry})
    case = ground.proposed()
    for role, step, data in ground.TO_SIGNED:
        make.act(case.case_id, make.person(role), step, **data)
    served = {"service_method": "post", "addressee": "The chief officer", "sent_on": moments.today()}
    served |= {"deemed_on": moments.today(), "service_proof": "A receipt"}
    make.act(case.case_id, make.person("enforcement_officer"), "record_service", **served)

    written = owner.execute("select template from letter where case_id = %s", (case.case_id,)).fetchall()
    assert written == [("warning",)]
    assert ground.loaded(case).stage in editions.current().kinds["enforcement"].stages


@pytest.mark.usefixtures("audits")
def test_hold_of_an_audit(app: Flask, owner: psycopg.Connection) -> None:
    """Who places an audit on hold is asked about nobody who has no part in one, and no date is said to be paused."""
    case, manager = engaged(), make.person("manager")
    page = At(app, manager).get(f"/cases/{case.reference}/hold").text
    make.act(case.case_id, manager, "hold", hold_cause="police_request", reason="Asked for", told=["body"])

    assert 'value="body"' in page
    assert 'value="complainant"' not in page
    assert "The complainant: " not in page
    letters = ground.letters(owner, case, "held_to_body")
    assert len(letters) == len(ground.BODIES)
    assert all("Every date on the case page stands" in text for _, text in letters.values())
    assert not any(clock.paused_since for clock in ground.loaded(case).running)
