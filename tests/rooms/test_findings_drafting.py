"""Writing a report: saved again and again, by several people, without anything lost or another’s overwritten."""

import make_audit
import make_inspection
import pytest
from make_looking import Looking

from regulator.errors import Conflict, Invalid, NotNow, Refused
from tests.rooms.reports import FINDINGS, finding, numbered, recommendation, rows, texts, write

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def walk() -> Looking:
    """An audit of two bodies whose report is being written."""
    return make_audit.audit_at("drafting")


def test_a_report_is_kept(walk):
    """Words, ratings, findings and recommendations are kept as drafts, and no body is given any of them."""
    write(walk, recommendations=[recommendation(walk, "kent")])

    assert walk.read(lambda known: known.more.report.words) == "We looked.\n\nThis is what we found."
    assert [(one.code, one.round, one.issued_on) for one in rows(walk, "ratings")] == [
        ("limited", 1, None)
    ] * 2
    assert list(numbered(walk, "findings")) == [1, 2]
    [one] = rows(walk, "recommendations")
    assert (one.party_id, one.priority, one.issued_on, one.output) == (
        walk.party("kent"),
        "high",
        None,
        "recommendation",
    )
    assert all(one.issued_on is None for one in rows(walk, "findings"))


def test_what_is_saved_again_replaces_what_was_drafted(walk):
    """A finding left out is gone with the recommendation that followed from it, and the report says what it says now."""
    write(walk, recommendations=[recommendation(walk, "kent", finding=2)])
    write(walk, report_words=["Anew."], report_findings=FINDINGS[:1])

    assert walk.read(lambda known: (known.more.report.words, known.more.report.version)) == ("Anew.", 2)
    assert numbered(walk, "findings") == {1: FINDINGS[0]["words"]}
    assert rows(walk, "recommendations") == []


def test_a_number_stays_with_its_row(walk):
    """A row saved again under its number, or in the same words, keeps its number; a new one takes the lowest free."""
    three = [*FINDINGS, finding(2, "A third.")]
    write(walk, report_findings=three)
    before = {one.number: one.id for one in rows(walk, "findings")}

    write(walk, report_findings=[finding(1, "A new one."), three[2], finding(2, "Said better.", number=1)])

    assert numbered(walk, "findings") == {1: "Said better.", 2: "A new one.", 3: "A third."}
    assert {one.number: one.id for one in rows(walk, "findings")} == before


def test_recommendations_move_with_their_findings(walk):
    """A recommendation follows from the finding it names, in the same form or kept before, and to the body it names."""
    write(walk, recommendations=[recommendation(walk, "kent", finding=2)])
    write(walk, recommendations=[recommendation(walk, "metropolitan", "Check twice", finding=1)])

    [one] = rows(walk, "recommendations")
    assert one.finding_id == next(each.id for each in rows(walk, "findings") if each.number == 1)
    assert (one.number, one.party_id) == (1, walk.party("metropolitan"))


def test_two_people_do_not_overwrite_each_other(walk):
    """Whoever saves a report that somebody saved since they opened it is stopped, and nothing of theirs is kept."""
    write(walk, version=0)
    write(walk, "auditor2", version=1, report_words=["Quicker."])

    with pytest.raises(Conflict):
        write(walk, version=1, report_words=["Slower."])

    assert walk.read(lambda known: known.more.report.words) == "Quicker."


@pytest.mark.parametrize(
    ("fault", "box"),
    [
        ({"report_findings": [finding(standard="")]}, "report_findings-1-standard"),
        ({"report_findings": [finding(7)]}, "report_findings-1-area"),
        ({"report_findings": []}, "report_findings"),
        ({"ratings": [{"area": 9, "rating": "high"}]}, "ratings"),
    ],
)
def test_what_cannot_be_saved(walk, fault, box):
    """A finding has an area and a standard of the edition, and each is said beside its own box."""
    with pytest.raises(Invalid) as refused:
        write(walk, **fault)

    assert refused.value.field == box


@pytest.mark.parametrize("lost", ["party", "priority", "finding"])
def test_a_recommendation_is_whole(walk, lost):
    """Where there are several bodies a recommendation names one, and always a priority and a finding."""
    whole = recommendation(walk, "kent")
    del whole[lost]

    with pytest.raises(Invalid) as refused:
        write(walk, recommendations=[whole])

    assert refused.value.field == f"recommendations-1-{lost}"


def test_an_only_body_need_not_be_named():
    """Where an audit is of one body, what is recommended is to it."""
    walk = make_audit.audit_at("drafting", "kent")
    write(walk, recommendations=[{"finding": 1, "words": "Check", "priority": "low"}])

    assert [one.party_id for one in rows(walk, "recommendations")] == [walk.party("kent")]


def test_a_report_is_shared_with_a_finding_in_each_area(walk):
    """The draft cannot be shared before there is a report, nor while an area has no finding."""
    with pytest.raises(NotNow, match="no report yet"):
        walk.take("manager", "share_draft")
    write(walk, report_findings=FINDINGS[:1])
    with pytest.raises(NotNow, match="no finding yet in area 2, “How long images are kept”"):
        walk.take("manager", "share_draft")

    write(walk)
    walk.take("manager", "share_draft")
    assert walk.stage == "factual_accuracy"


def test_each_body_reads_a_draft_of_its_own(walk):
    """Bodies share the words and findings of a draft; what is recommended to one is in no other’s version."""
    told = [recommendation(walk, slug, f"Check at {slug}") for slug in walk.bodies]
    write(walk, recommendations=told)
    walk.take("manager", "share_draft")

    found = texts(walk, "draft_report")
    assert set(found) == {("body", walk.party(slug)) for slug in walk.bodies}
    kent = found["body", walk.party("kent")]
    assert all(words in kent for words in ("We looked.", FINDINGS[1]["words"], "Check at kent"))
    assert "Check at metropolitan" not in kent
    assert "The log of March" not in kent
    numbers = walk.read(lambda known: [one.number for one in known.more.paragraphs])
    assert numbers[-10:] == [1, 2, 3, 4, 5] * 2


def test_a_draft_shared_again_is_the_next_version(walk):
    """A report returned to drafting goes out again as the second version of each body, under the same numbers."""
    write(walk)
    walk.take("manager", "share_draft")
    walk.take("auditor", "return_to_drafting", reason="An area was missed.")
    write(walk, report_words=["Better."])
    walk.take("manager", "share_draft")

    numbers = walk.read(
        lambda known: [one.number for one in known.more.versions if one.what == "draft_report"]
    )
    assert numbers == [1, 1, 2, 2]


def test_nobody_shares_what_they_wrote(walk):
    """Whoever worked on the report does not share it, whatever their other roles."""
    walk.people["auditor"] = walk.people["both"] = make_audit.make.person("auditor", "manager")
    write(walk)

    with pytest.raises(Refused):
        walk.take("both", "share_draft")


def test_grades_are_proposed_again():
    """A grade proposed anew takes the place of the one proposed before, for nobody was told of it."""
    walk = make_inspection.inspection_at("drafting")
    grades = [{"area": 1, "grade": "good", "reasons": "It is done."}]
    walk.take("inspector", "propose_grade", grades=grades)
    walk.take("inspector", "propose_grade", grades=[{**grades[0], "grade": "inadequate"}])

    assert [(one.code, one.round) for one in rows(walk, "ratings")] == [("inadequate", 1)]
