"""What becomes of recommendations: answered by the body, noted, reported on, verified, and areas rated again."""

import make
import make_audit
import make_inspection
import pytest

from regulator.errors import Conflict, Invalid, NotNow, Refused
from regulator.findings import queries
from tests.rooms.reports import event, rows

pytestmark = pytest.mark.usefixtures("in_app")
REJECTED = {"answer": "rejected", "reasons": "It is done elsewhere."}


@pytest.fixture
def walk():
    """An audit of two bodies that is final, with one recommendation to each."""
    return make_audit.audit_at("final")


def draft(walk, slug="kent", who="contact", **more):
    """Draft an answer to the recommendation to a body."""
    answer = {"recommendation": walk.recommendation(slug), "answer": "accepted", **more}
    walk.take(f"{slug}/{who}", "draft_recommendation_response", responses=[answer])


def sign(walk, slug="kent"):
    """Sign the answers of a body."""
    walk.take(f"{slug}/approving_officer", "sign_recommendation_responses", response_signed=True)


def one_of(walk, slug="kent"):
    """The recommendation to a body, as it stands."""
    number = walk.recommendation(slug)
    return next(one for one in rows(walk, "recommendations") if one.id == number)


def test_a_draft_is_the_bodys_own(walk, owner, login):
    """What a body drafts is nobody else’s: the regulator has neither the row, nor the entry, nor the words."""
    draft(walk, **REJECTED)

    assert one_of(walk).answer is None
    told = owner.execute(
        "select e.for_staff, w.audience from entry e join entry_words w on w.entry_id = e.id"
        " where e.step = 'draft_recommendation_response'"
    ).fetchall()
    assert told == [(False, "body_only")]
    apart = owner.execute(
        "select audience, words from entry_words where words like '%done elsewhere%'"
    ).fetchall()
    assert {audience for audience, _ in apart} == {"body_only"}
    facts = owner.execute(
        "select canonical from entry where step = 'draft_recommendation_response'"
    ).fetchone()
    assert "elsewhere" not in facts[0]
    with pytest.raises(Exception, match="permission denied"):
        login.execute("set role regulator_staff; select * from recommendation_draft")


def test_a_body_reads_its_own_drafts_and_recommendations_alone(walk):
    """Each body reads what is recommended to it and what its people drafted, and nothing of the other’s."""
    draft(walk, **REJECTED)

    kent, met = walk.who("kent/contact"), walk.who("metropolitan/contact")
    assert list(queries.drafts_of(walk.case.case_id, by=kent)) == [walk.recommendation("kent")]
    assert queries.drafts_of(walk.case.case_id, by=met) == {}
    mine = queries.recommendations_of(walk.case.case_id, by=met)
    assert [one.id for one in mine] == [walk.recommendation("metropolitan")]


def test_signing_gives_the_answers_to_the_regulator(walk):
    """Signed answers are the regulator’s to read, frozen in a version, and the body owes no answer any more."""
    draft(walk, **REJECTED)
    sign(walk)

    kept = one_of(walk)
    assert (kept.answer, kept.reasons, kept.answered_on is not None) == (
        "rejected",
        "It is done elsewhere.",
        True,
    )
    assert rows(walk, "drafts") == []
    assert walk.due("respond_to_report", "kent") == []
    assert len(walk.due("respond_to_report", "metropolitan")) == 1
    [text] = walk.read(
        lambda known: [one.text for one in known.more.versions if one.what == "recommendation_response"]
    )
    assert "Rejected\nIt is done elsewhere." in text


def test_nothing_is_signed_that_was_not_written(walk):
    """An approving officer signs when each recommendation has an answer, and again when an answer was changed."""
    with pytest.raises(NotNow, match="Recommendation 2 has no answer yet"):
        sign(walk)
    draft(walk)
    sign(walk)
    with pytest.raises(NotNow, match="Nothing was changed"):
        sign(walk)

    draft(walk, answer="partly", reasons="A part of it.")
    sign(walk)
    assert one_of(walk).answer == "partly"


@pytest.mark.parametrize("answer", ["partly", "rejected"])
def test_what_is_not_wholly_accepted_has_reasons(walk, answer):
    """A body that accepts a part, or nothing, says why."""
    with pytest.raises(Invalid, match="Give your reasons"):
        draft(walk, answer=answer)


def test_no_body_answers_for_another(walk):
    """A recommendation to one body is not another’s to answer."""
    theirs = {"recommendation": walk.recommendation("metropolitan"), "answer": "accepted"}

    with pytest.raises(Invalid, match="not one of yours"):
        walk.take("kent/contact", "draft_recommendation_response", responses=[theirs])


def test_colleagues_do_not_overwrite_each_other(walk):
    """Whoever saves an answer that a colleague saved since is stopped."""
    draft(walk, version=0)

    with pytest.raises(Conflict, match="recommendation 2"):
        draft(walk, version=0, **REJECTED)


def test_a_rejection_is_noted_once_it_is_signed(walk):
    """Only what the body signed as rejected is noted; then it is followed up no further, and stays as it is."""
    one = walk.recommendation("kent")
    with pytest.raises(NotNow, match="not rejected that recommendation"):
        walk.take("manager", "note_rejection", recommendation=one, reason_told="We see.")
    draft(walk, **REJECTED)
    sign(walk)
    walk.take("manager", "note_rejection", recommendation=one, reason_told="We see.")

    assert one_of(walk).noted_on is not None
    assert event(walk, "note_rejection").keys == {"recommendation": one, "party": walk.party("kent")}
    assert walk.due("recommendation", "kent") == []
    assert walk.read(lambda known: known.clock("recommendation")) is not None
    with pytest.raises(NotNow, match="No recommendation is open"):
        draft(walk)


def test_what_is_said_to_be_done_waits_to_be_verified(walk):
    """Said to be done, a recommendation waits for the regulator; it cannot be said again until that was looked at."""
    one = walk.recommendation("kent")
    said = {"recommendation": one, "progress": "We did it.", "claims_done": True}
    walk.take("kent/contact", "report_progress", **said)

    assert one_of(walk).claimed_on is not None
    assert len(walk.due("verify")) == 1
    with pytest.raises(NotNow, match="has not checked it yet"):
        walk.take("kent/contact", "report_progress", **said)
    walk.take("kent/contact", "report_progress", **{**said, "claims_done": False})

    walk.take("auditor", "verify_recommendation", recommendation=one, verdict="partly", reason_told="Half.")
    assert (one_of(walk).verdict, one_of(walk).claimed_on) == ("partly", None)
    assert len(walk.due("recommendation", "kent")) == 1
    walk.take("kent/contact", "report_progress", **said)


def test_mere_progress_changes_nothing(walk):
    """Progress that claims nothing starts no check."""
    one = walk.recommendation("kent")
    walk.take("kent/contact", "report_progress", recommendation=one, progress="Begun.", claims_done=False)

    assert one_of(walk).claimed_on is None
    assert walk.due("verify") == []


def test_what_is_met_is_closed(walk):
    """Verified as met, a recommendation is closed: nothing more can be reported or verified of it."""
    one = walk.recommendation("kent")
    met = {"recommendation": one, "verdict": "met", "reason_told": "We saw it."}
    walk.take("auditor", "verify_recommendation", **met)

    assert walk.due("recommendation", "kent") == []
    with pytest.raises(NotNow, match="Recommendation 2 is settled already"):
        walk.take("auditor", "verify_recommendation", **met)
    with pytest.raises(NotNow, match="Recommendation 1 is neither verified as met nor noted as rejected"):
        walk.take("manager", "close")


def test_no_body_reports_on_anothers_recommendation(walk):
    """To a body, another’s recommendation is not there."""
    with pytest.raises(NotNow, match="There is no such recommendation"):
        walk.take(
            "kent/contact",
            "report_progress",
            recommendation=walk.recommendation("metropolitan"),
            progress="Done.",
            claims_done=True,
        )


def test_follow_up_waits_for_answers(walk):
    """Following up begins when every body has answered, or its time has passed."""
    with pytest.raises(NotNow, match="not all in"):
        walk.take("auditor", "start_follow_up")


def test_areas_are_rated_again():
    """A rating changed later stands beside the first, which the body was told; one that stays is left alone."""
    walk = make_audit.audit_at("following_up")
    again = [{"area": 1, "rating": "reasonable"}, {"area": 2, "rating": "limited"}]
    walk.take("auditor", "re_rate", ratings=again)

    told = [(one.round, one.code, one.issued_on is not None) for one in rows(walk, "ratings")]
    assert told == [(1, "limited", True), (2, "reasonable", True), (1, "limited", True)]
    with pytest.raises(Invalid, match="Change at least one rating"):
        walk.take("auditor", "re_rate", ratings=again[1:])


def test_a_ruling_supersedes_a_finding(walk):
    """A court’s ruling marks the finding it supersedes; the finding itself stays."""
    walk.take(
        "lawyer",
        "record_court_ruling",
        court="High Court",
        court_reference="[2026] EWHC 1",
        ruling="quashed",
        ruling_words="It was wrong.",
        superseded=2,
    )

    first, second = rows(walk, "findings")
    assert first.superseded_on is None
    assert (second.superseded_by, second.words) == (
        "High Court [2026] EWHC 1",
        "How long images are kept: too little.",
    )


def test_an_inspection_is_closed_when_everything_is_met():
    """An inspection is not closed while a recommendation is not verified as met, rejected or not."""
    walk = make_inspection.inspection_at("monitoring")

    with pytest.raises(NotNow, match="Recommendation 1 is not verified as met yet"):
        walk.take("manager", "close")


def test_an_audit_is_reopened_only_after_a_final_report():
    """An audit abandoned before its report was issued stays ended."""
    walk = make_audit.audit_at("abandoned")

    with pytest.raises(NotNow, match="No final report was issued"):
        walk.take("manager", "reopen", reason="Again.", reason_told="Again.")


def test_only_the_bodys_people_answer(walk):
    """Nobody of the regulator’s writes or signs a body’s answers."""
    walk.people["staff"] = make.person("auditor")
    answer = {"recommendation": walk.recommendation("kent"), "answer": "accepted"}

    with pytest.raises(Refused):
        walk.take("staff", "draft_recommendation_response", responses=[answer])
    with pytest.raises(Refused):
        walk.take("staff", "sign_recommendation_responses", response_signed=True)
