"""What the pages of a case show of areas, visits, reports and recommendations: to each reader what is theirs."""

from datetime import timedelta

import make_audit
import make_inspection
from make_inspection import PUBLIC
from rooms.reports import recommendation, write
from rooms.staff_pages import At, words

from regulator import moments


def page(app, walk, who):
    """What the page of a case says to somebody with a part in it."""
    with app.app_context():
        by = walk.who(who)
    place = "body/cases" if by.body_id else "cases"
    answer = At(app, by).get(f"/{place}/{walk.case.reference}")
    assert answer.status_code == 200
    return words(answer)


def test_staff_see_what_is_drafted(app):
    """While it is written, staff see ratings marked as drafts, findings with their evidence and what will be recommended."""
    with app.app_context():
        walk = make_audit.audit_at("drafting")
        write(walk, recommendations=[recommendation(walk, "kent", "Check twice.")])
    said = page(app, walk, "auditor")

    assert "Limited only drafted" in said
    assert "Evidence: The log of March." in said
    assert "1. Check twice. On finding 1 Kent Police High No date yet Draft" in said


def test_a_body_sees_nothing_of_a_report_that_is_written(app):
    """While the report is written, its body sees what is looked at and no rating, finding or recommendation."""
    with app.app_context():
        walk = make_audit.audit_at("drafting")
        write(walk, recommendations=[recommendation(walk, "kent", "Check twice.")])
    said = page(app, walk, "kent/contact")

    assert "How matches are checked" in said
    assert not any(one in said for one in ("Limited", "too little", "Check twice", "This is what we found"))


def test_each_body_sees_its_own_part_of_the_final_report(app):
    """A body reads the report as it was sent it with its own recommendations, their dates and where they stand."""
    with app.app_context():
        walk = make_audit.audit_at("final")
        one = walk.recommendation("kent")
        answer = {"recommendation": one, "answer": "partly", "reasons": "Half of it."}
        walk.take("kent/contact", "draft_recommendation_response", responses=[answer])
    kent, met = page(app, walk, "kent/contact"), page(app, walk, "metropolitan/contact")

    assert "Check twice at kent" in kent
    assert "Drafted, not signed: accepted in part" in kent
    assert "Check twice at metropolitan" not in kent
    assert "Half of it" not in met
    assert "Drafted, not signed" not in page(app, walk, "manager")


def test_where_a_recommendation_stands(app):
    """Staff see what was answered, that it is said to be done, what was verified, and what is overdue."""
    with app.app_context():
        walk = make_audit.audit_at("following_up")
        kent = walk.recommendation("kent")
        walk.take("kent/contact", "report_progress", recommendation=kent, progress="Done.", claims_done=True)
    assert "Said to be done, to be verified Accepted" in page(app, walk, "auditor")

    with app.app_context():
        walk.take("auditor", "verify_recommendation", recommendation=kent, verdict="met", reason_told="Seen.")
    with moments.as_at(moments.now() + timedelta(days=200)):
        said = page(app, walk, "auditor")

    assert "Met Accepted" in said
    assert "Overdue Accepted" in said


def test_first_ratings_stay_beside_later_ones(app):
    """A rating made later stands after the first, each with its day."""
    with app.app_context():
        walk = make_audit.audit_at("following_up")
        walk.take("auditor", "re_rate", ratings=[{"area": 1, "rating": "high", "reasons": "It is done."}])
    today = moments.today()

    for who in ("manager", "kent/contact"):
        said = page(app, walk, who)
        assert f"Limited {today:%-d %B %Y} Little is written down. High {today:%-d %B %Y} It is done." in said


def test_what_is_public_and_what_stood_there(app):
    """Staff and body see what is public now, what was wrong before, and what stood there."""
    with app.app_context():
        walk = make_audit.audit_at("final")
        walk.take("publisher", "publish_summary", **PUBLIC)
        right = {**PUBLIC, "public_words": ["We audited."], "correction": "It was no inspection."}
        walk.take("publisher", "correct_publication", **right)

    for who in ("manager", "kent/contact"):
        said = page(app, walk, who)
        assert "Public now What was wrong: It was no inspection. We audited." in said
        assert "Corrected since" in said
        assert "Matches are not checked." in said


def test_a_body_sees_that_it_is_visited_and_nothing_of_interviews(app):
    """A body sees the visits arranged with it; interviews are on no page of its own."""
    with app.app_context():
        walk = make_inspection.inspection_at("fieldwork")
        walk.take(
            "inspector",
            "record_interview",
            interviewed="A. Example",
            interview_willing=True,
            observations="She said so.",
        )

    assert "A. Example" in page(app, walk, "inspector")
    assert "A. Example" not in page(app, walk, "metropolitan/contact")


def test_an_overseer_reads_the_approved_report(app):
    """Whoever oversees a body reads the approved report on it, with its grades, and neither evidence nor another body’s part."""
    with app.app_context():
        walk = make_inspection.inspection_at("approved", "metropolitan", "kent")
        slug = walk.read(lambda known: known.bodies[known.overseer_of(known.subjects[0]).body_id].slug)
    said = page(app, walk, f"{slug}/oversight_contact")

    assert "Adequate" in said
    assert "Check twice at metropolitan" in said
    assert "Check twice at kent" not in said
    assert "The log." not in said
    assert "No date yet" not in said
