"""The forms in which reports are written, rated, answered and published: what they begin with, keep and refuse."""

import html5lib
import make_audit
import make_inspection
import pytest
from make_inspection import GRADES
from rooms.reports import STANDARD, numbered, rows, write
from rooms.staff_pages import At, errors, words

from tests.linting import faults, read

WRITTEN = {
    "report_words": "We looked.\nThis is what we found.",
    "ratings-1-rating": "limited",
    "ratings-2-rating": "high",
    **{
        f"report_findings-{n}-{column}": said
        for n in (1, 2)
        for column, said in (("area", str(n)), ("words", f"Finding of area {n}."), ("standard", STANDARD))
    },
}


def at(app, walk, who):
    """A browser of somebody with a part in a case, and where its pages are for them."""
    with app.app_context():
        by = walk.who(who)
    return At(app, by), f"/{'body/' if by.body_id else ''}cases/{walk.case.reference}"


def walk_to(app, make, stage):
    """A case of a kind at a stage."""
    with app.app_context():
        return make(stage)


def within(app, ask):
    """What the application says, asked within it."""
    with app.app_context():
        return ask()


def value(page, name):
    """What stands in a box or list of a page: the text of a box, the value chosen of a list."""
    tree = html5lib.parse(page.text, namespaceHTMLElements=False)
    box = next(one for one in tree.iter() if one.get("name") == name and one.get("type") != "radio")
    if box.tag.endswith("select"):
        return next((one.get("value") for one in box.iter() if one.get("selected") is not None), None)
    return box.get("value") if box.tag.endswith("input") else "".join(box.itertext()).strip()


@pytest.mark.parametrize(
    ("make", "stage", "who", "step"),
    [
        (make_audit.audit_at, "drafting", "auditor", "draft-report"),
        (make_audit.audit_at, "following_up", "auditor", "re-rate"),
        (make_audit.audit_at, "final", "publisher", "publish-summary"),
        (make_audit.audit_at, "final", "kent/contact", "draft-recommendation-response"),
        (make_audit.audit_at, "final", "kent/contact", "report-progress"),
        (make_inspection.inspection_at, "drafting", "inspector", "draft-report"),
        (make_inspection.inspection_at, "drafting", "inspector", "propose-grade"),
        (make_inspection.inspection_at, "approved", "publisher", "publish-report"),
    ],
)
def test_sound(app, make, stage, who, step):
    """Each form is sound."""
    browser, place = at(app, walk_to(app, make, stage), who)
    page = browser.get(f"{place}/{step}")

    assert page.status_code == 200
    assert faults(read(page.text)) == []


def test_a_report_is_written_on_its_page(app):
    """What is written is kept, rows left empty are not missed, and the page begins with it the next time."""
    walk = walk_to(app, make_audit.audit_at, "drafting")
    browser, place = at(app, walk, "auditor")
    new = {"words": "Check twice.", "finding": "2", "priority": "urgent", "party": "2"}
    told = {f"recommendations-1-{name}": said for name, said in new.items()}
    sent = browser.send(f"{place}/draft-report", **WRITTEN, **told, version="0")

    assert sent.status_code == 302, errors(sent)
    assert within(app, lambda: numbered(walk, "findings")) == {
        1: "Finding of area 1.",
        2: "Finding of area 2.",
    }
    [one] = within(app, lambda: rows(walk, "recommendations"))
    assert (one.words, one.priority, one.party_id) == ("Check twice.", "urgent", 2)
    again = browser.get(f"{place}/draft-report")
    assert value(again, "report_words") == WRITTEN["report_words"]
    assert value(again, "report_findings-2-words") == "Finding of area 2."
    assert value(again, "recommendations-kept1-finding") == "2"
    assert value(again, "version") == "1"


def test_a_row_begun_without_words_is_not_lost(app):
    """A new finding whose area is chosen but that says nothing is refused, beside its box."""
    browser, place = at(app, walk_to(app, make_audit.audit_at, "drafting"), "auditor")
    page = browser.send(f"{place}/draft-report", **WRITTEN, **{"report_findings-3-area": "1", "version": "0"})

    assert errors(page) == ["Finding 3: Write the finding"]


def test_a_finding_is_taken_out_by_emptying_its_words(app):
    """A drafted finding whose words are emptied is gone, with whatever else was chosen for it."""
    walk = walk_to(app, make_audit.audit_at, "drafting")
    within(app, lambda: write(walk))
    browser, place = at(app, walk, "auditor")
    sent = browser.send(f"{place}/draft-report", **{**WRITTEN, "report_findings-2-words": "", "version": "1"})

    assert sent.status_code == 302, errors(sent)
    assert list(within(app, lambda: numbered(walk, "findings"))) == [1]


def test_whoever_was_slower_sees_what_differs(app):
    """A report saved meanwhile is not overwritten: the page tells what differs, keeps what was typed, and can be sent again."""
    walk = walk_to(app, make_audit.audit_at, "drafting")
    within(app, lambda: write(walk))
    browser, place = at(app, walk, "auditor")
    mine = {**WRITTEN, "report_words": "Mine."}
    page = browser.send(f"{place}/draft-report", **mine, version="0")

    said = words(page)
    assert "This changed while you were writing" in said
    assert "We looked." in said
    assert value(page, "report_words") == "Mine."
    assert value(page, "version") == "1"
    assert within(app, lambda: walk.read(lambda known: known.more.report.version)) == 1
    again = browser.send(f"{place}/draft-report", **mine, version="1")
    assert again.status_code == 302
    assert within(app, lambda: walk.read(lambda known: known.more.report.words)) == "Mine."


def test_more_rows_are_there_for_who_needs_them(app):
    """The button that asks for more findings keeps what is written and saves nothing."""
    walk = walk_to(app, make_audit.audit_at, "drafting")
    browser, place = at(app, walk, "auditor")
    page = browser.send(f"{place}/draft-report", **WRITTEN, **{"report_findings-more": "yes", "version": "0"})

    assert "Finding 7" in words(page)
    assert value(page, "report_findings-1-words") == "Finding of area 1."
    assert within(app, lambda: walk.read(lambda known: known.more.report)) is None


def test_a_body_is_named_only_where_there_are_several(app):
    """The form asks to which body something is recommended where the audit is of several, and never for what is to come."""
    one = walk_to(app, lambda stage: make_audit.audit_at(stage, "kent"), "drafting")
    browser, place = at(app, one, "auditor")

    assert "To which organisation?" not in words(browser.get(f"{place}/draft-report"))
    assert "What is it?" not in words(browser.get(f"{place}/draft-report"))


def test_grades_are_settled_on_what_was_proposed(app):
    """Whoever approves the report begins with the grades that were proposed, and each has its reasons."""
    walk = walk_to(app, make_inspection.inspection_at, "factual_accuracy")
    within(app, walk.say_nothing)
    browser, place = at(app, walk, "manager")
    page = browser.get(f"{place}/approve-final")
    bare = {
        f"grades-{at}-{name}": said for at in (1, 2) for name, said in (("grade", "good"), ("reasons", ""))
    }
    without = browser.send(f"{place}/approve-final", **bare)

    assert value(page, "grades-1-grade") == GRADES[0]["grade"]
    assert errors(without) == [
        "Area 1: How matches are checked: Give the reasons",
        "Area 2: How long images are kept: Give the reasons",
    ]


def test_a_body_answers_and_its_officer_reads_before_signing(app):
    """A contact drafts answers, the approving officer reads them on the page on which they are signed."""
    walk = walk_to(app, make_audit.audit_at, "final")
    number = within(app, lambda: walk.recommendation("kent"))
    contact, place = at(app, walk, "kent/contact")
    box = f"responses-{number}"
    without = contact.send(
        f"{place}/draft-recommendation-response", **answered(contact, place, box, "rejected")
    )
    because = {f"{box}-reasons": "It is done elsewhere."}
    sent = contact.send(
        f"{place}/draft-recommendation-response", **answered(contact, place, box, "rejected"), **because
    )
    officer, _ = at(app, walk, "kent/approving_officer")
    page = officer.get(f"{place}/sign-recommendation-responses")

    assert errors(without) == ["Recommendation 2: Give your reasons for not accepting all of it"]
    assert sent.status_code == 302
    assert all(one in words(page) for one in ("Rejected", "Not signed yet", "It is done elsewhere."))
    assert officer.send(f"{place}/sign-recommendation-responses", response_signed="yes").status_code == 302


def answered(browser, place, box, answer):
    """An answer with what travels unseen beside it."""
    page = browser.get(f"{place}/draft-recommendation-response")
    unseen = {name: value(page, name) for name in (f"{box}-version", f"{box}-was")}
    return {**unseen, f"{box}-answer": answer}


def test_what_is_published_begins_with_what_the_bodies_read(app):
    """The publisher begins with the report as the bodies read it, what they share once, and none of its evidence."""
    walk = walk_to(app, make_audit.audit_at, "final")
    browser, place = at(app, walk, "publisher")
    begun = value(browser.get(f"{place}/publish-summary"), "public_words")

    assert begun.splitlines().count("We looked.") == 1
    assert "The log." not in begun
    sent = browser.send(f"{place}/publish-summary", public_words="In short.", redaction_checked="yes")
    assert sent.status_code == 302
    assert value(browser.get(f"{place}/correct-publication"), "public_words") == "In short."
