"""Issuing and publishing a report: who is given what, under which dates, and what stays inside."""

import make_audit
import make_inspection
import pytest
from make_inspection import GRADES, PUBLIC, concern, concern_id

from regulator.errors import NotNow, Refused
from tests.rooms.reports import event, recommendation, rows, texts, write

pytestmark = pytest.mark.usefixtures("in_app")


def shared(*recommended: str, priority: str = "urgent"):
    """An audit of two bodies whose draft both have passed, with a recommendation to some of them."""
    walk = make_audit.audit_at("drafting")
    told = [recommendation(walk, slug, f"Check at {slug}", priority=priority) for slug in recommended]
    write(walk, recommendations=told)
    walk.take("manager", "share_draft")
    walk.say_nothing()
    return walk


def test_a_final_report_gives_the_bodies_what_it_says():
    """Ratings, findings and recommendations are given on the day of the final report, and each runs on its own date."""
    walk = shared("metropolitan", "kent")
    walk.take("manager", "issue_final")

    for name in ("ratings", "findings", "recommendations"):
        assert all(one.issued_on is not None for one in rows(walk, name))
    told = event(walk, "issue_final")
    mine, theirs = walk.recommendation("metropolitan"), walk.recommendation("kent")
    assert told.keys == {
        "recommendation": [mine, theirs],
        "party": {str(mine): walk.party("metropolitan"), str(theirs): walk.party("kent")},
    }
    assert told.data["priority"] == {str(mine): "urgent", str(theirs): "urgent"}
    assert [one.keys["recommendation"] for one in walk.due("recommendation", "kent")] == [theirs]
    assert len(walk.due("respond_to_report")) == 2


def test_each_body_has_a_final_report_of_its_own():
    """Each body reads its own version and no other’s recommendation; the regulator keeps the whole, with its evidence."""
    walk = shared("metropolitan", "kent")
    walk.take("manager", "issue_final")

    found = texts(walk, "report")
    kent, whole = found["body", walk.party("kent")], found["internal", None]
    assert set(found) == {("internal", None), *(("body", walk.party(slug)) for slug in walk.bodies)}
    assert "Check at kent" in kent
    assert "Check at metropolitan" not in kent
    assert "The log of March" not in kent
    assert "Limited. Little is written down." in kent
    assert all(words in whole for words in ("Check at kent", "Check at metropolitan", "The log of March"))


def test_a_body_that_is_recommended_nothing_has_the_report_and_owes_no_answer(owner):
    """The report goes to every body, but only those that are recommended something have to answer it."""
    walk = shared("kent")
    walk.take("manager", "issue_final")

    sent = owner.execute("select party_id from letter where template = 'final_report' order by party_id")
    assert [party for (party,) in sent] == [walk.party("metropolitan"), walk.party("kent")]
    assert [one.keys["party"] for one in walk.due("respond_to_report")] == [walk.party("kent")]


def test_a_letter_lists_what_is_recommended_to_its_reader_alone(owner):
    """The letter with the final report tells each recommendation to its reader once, with its date, and no other."""
    walk = shared("metropolitan", "kent", priority="low")
    walk.take("manager", "issue_final")

    [(kent,)] = owner.execute(
        "select words from letter where template = 'final_report' and party_id = %s", [walk.party("kent")]
    )
    assert kent.count("Check at kent (low priority, by ") == 1
    assert kent.count("Check at kent") == 1
    assert "Check at metropolitan" not in kent


def test_nobody_issues_what_they_wrote():
    """Whoever worked on the report does not make it final."""
    walk = shared()
    walk.people["both"] = walk.people["auditor"]
    with pytest.raises(Refused):
        walk.take("auditor", "issue_final")


# Inspections


def approved(*slugs: str, **more):
    """An inspection whose report is approved."""
    return make_inspection.inspection_at("approved", *slugs, **more)


def test_approving_settles_the_grades():
    """Grades are settled by whoever approves the report, and the body is told them; recommendations wait until it is public."""
    walk = make_inspection.inspection_at("factual_accuracy")
    walk.say_nothing()
    walk.take("manager", "approve_final", grades=[{**one, "grade": "good"} for one in GRADES])

    assert {(one.code, one.issued_on is not None) for one in rows(walk, "ratings")} == {("good", True)}
    assert [one.issued_on for one in rows(walk, "recommendations")] == [None]
    assert walk.due("recommendation") == []


def test_an_area_without_a_grade_stops_the_approval():
    """A report is approved when every area has a grade, proposed before or given now."""
    walk = make_inspection.inspection_at("drafting")
    walk.draft("inspector")
    walk.take("manager", "share_draft")
    walk.say_nothing()

    with pytest.raises(NotNow, match="Area 2, “How long images are kept”, has no grade yet"):
        walk.take("manager", "approve_final", grades=GRADES[:1])


def test_a_grade_told_before_stays_beside_the_next():
    """A report returned after it was approved may be graded anew; what the body was told first stays on the record."""
    walk = approved()
    walk.take("manager2", "return_to_drafting", reason="A table was wrong.")
    write(walk, "inspector", report_words=["Better."])
    walk.take("inspector", "propose_grade", grades=[{**one, "grade": "good"} for one in GRADES])
    walk.take("manager", "share_draft")
    walk.say_nothing()
    walk.take("manager", "approve_final", grades=[{**one, "grade": "good"} for one in GRADES])

    assert [(one.round, one.code) for one in rows(walk, "ratings")] == [(1, "adequate"), (2, "good")] * 2
    numbers = walk.read(lambda known: [one.number for one in known.more.versions if one.what == "report"])
    assert max(numbers) == 2
    assert texts(walk, "report")["internal", None].startswith("Better.")


def test_an_overseer_reads_the_report_on_the_body_it_oversees():
    """The approved report is issued to whoever oversees a body, as that body reads it, and to no other overseer."""
    walk = approved("metropolitan", "kent")

    found = texts(walk, "report")
    assert found["oversight", walk.party("kent")] == found["body", walk.party("kent")]
    assert "Check twice at metropolitan" not in found["oversight", walk.party("kent")]


def test_publishing_makes_dates_run():
    """From publication each recommendation has its date and each body’s comments are due, whatever is recommended to it."""
    walk = make_inspection.inspection_at("drafting", "metropolitan", "kent")
    write(
        walk,
        "inspector",
        recommendations=[recommendation(walk, "kent", priority="medium", output="area_for_improvement")],
    )
    walk.take("manager", "share_draft")
    walk.say_nothing()
    walk.take("manager", "approve_final", grades=GRADES)
    walk.take("publisher", "publish_report", **PUBLIC)

    [one] = rows(walk, "recommendations")
    assert (one.output, one.issued_on is not None) == ("area_for_improvement", True)
    assert [clock.keys["recommendation"] for clock in walk.due("recommendation")] == [one.id]
    assert {clock.keys["party"] for clock in walk.due("s55_comments")} == {
        walk.party(slug) for slug in ("metropolitan", "kent")
    }


def test_what_a_concern_recommends_has_its_date_from_publication_too():
    """Recommendations sent with a concern that are still open run from the report as well; a concern not sent gives none."""
    walk = make_inspection.inspection_at("fieldwork")
    for _ in range(2):
        walk.take("inspector", "draft_concern", party=walk.party("metropolitan"), **concern())
    walk.take("manager", "send_concern", concern=concern_id(walk, 0))
    make_inspection.until(walk, "published", make_inspection.WAY[2:])

    sent, unsent, reported = rows(walk, "recommendations")
    assert {clock.keys["recommendation"] for clock in walk.due("recommendation")} == {sent.id, reported.id}
    assert unsent.issued_on is None
    assert event(walk, "publish_report").data["priority"] == {
        str(sent.id): "urgent",
        str(reported.id): "high",
    }


# What is public


def test_what_is_published_says_nothing_of_what_is_withheld(owner):
    """What is withheld, and on what ground, is kept with the entry for the regulator alone."""
    walk = make_audit.audit_at("final")
    walk.take(
        "publisher",
        "publish_summary",
        **PUBLIC,
        withheld=["safety"],
        withheld_words="The place of the camera.",
    )

    [(number, what, words, correction)] = owner.execute(
        "select number, what, words, correction from publication"
    )
    assert (number, what, words, correction) == (
        1,
        "summary",
        "We inspected.\n\nMatches are not checked.",
        None,
    )
    told = owner.execute(
        "select w.audience, w.words from entry_words w join entry e on e.id = w.entry_id where e.step = 'publish_summary'"
    ).fetchall()
    assert {audience for audience, _ in told} == {"internal", "body", "public"}
    assert [audience for audience, text in told if "camera" in text or "withheld" in text] == ["internal"]


def test_what_is_published_is_put_right_beside_what_stood_there(owner):
    """A correction is the next publication and says what was wrong; what stood there first is kept."""
    walk = make_inspection.inspection_at("published")
    walk.take(
        "publisher",
        "correct_publication",
        public_words=["We inspected it."],
        correction="A date was wrong.",
        redaction_checked=True,
    )

    found = owner.execute(
        "select number, what, words, correction from publication order by number"
    ).fetchall()
    assert [(number, what, correction) for number, what, _, correction in found] == [
        (1, "report", None),
        (2, "report", "A date was wrong."),
    ]


def test_nothing_is_put_right_before_something_is_public():
    """There is nothing to correct while nothing is published."""
    walk = make_audit.audit_at("final")

    with pytest.raises(NotNow, match="Nothing of this case is published yet"):
        walk.take(
            "publisher", "correct_publication", public_words=["A"], correction="B", redaction_checked=True
        )


def test_an_audit_says_nothing_in_public_until_a_summary_is_published(owner):
    """An audit that is final is nobody’s to read outside until its summary is public."""
    make_audit.audit_at("final")

    assert owner.execute("select count(*) from entry where for_public").fetchone() == (0,)
