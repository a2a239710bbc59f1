"""The pages of a notice for the body it is given to: from when it sees them, what it writes, and where each step stands."""

import make
import make_enforcement as enforcement
import pytest
from rooms.staff_pages import At, errors, words


@pytest.fixture
def at(app):
    """A browser for anybody."""
    return lambda by: At(app, by)


@pytest.fixture
def inside(app):
    """Does something in the application, outside any page."""
    return enforcement.inside(app)


def test_a_body_knows_nothing_before_it_is_told(at, inside):
    """Before notice of intent, or service without it, the body finds no case; another body never does."""
    case, people = inside(enforcement.notice_at, "cleared", instrument="information")
    contact, path = at(people.contact), f"/body/cases/{case.reference}"
    before = contact.get(path)
    inside(make.act, case.case_id, people.manager, "dispense_with_intent", reason="So.")
    between = contact.get(path)
    for role, step, data in enforcement.PATHS["in_force"][4:]:
        given = enforcement.served() if step == "record_service" else dict(data)
        inside(make.act, case.case_id, getattr(people, role), step, **given)
    after = contact.get(path)
    other = at(inside(make.person, "contact", body="kent")).get(path)

    assert [page.status_code for page in (before, between, after, other)] == [404, 404, 200, 404]
    assert "An information notice" in words(after)


def test_the_body_reads_what_is_intended_and_nothing_of_what_is_proposed(at, inside):
    """After notice of intent the body reads that notice, and neither the proposal nor its preconditions."""
    case, people = inside(enforcement.notice_at, "intent_given")
    said = words(at(people.contact).get(f"/body/cases/{case.reference}"))

    assert "We mean to require that each list is approved." in said
    assert "Publish who approves each watchlist" not in said
    assert "May the body be given it?" not in said
    assert "It can be done." not in said


def test_colleagues_write_representations_together(at, inside):
    """A contact who saves over a colleague’s words is shown them first; the approving officer signs what stands."""
    case, people = inside(enforcement.notice_at, "intent_given")
    path = f"/body/cases/{case.reference}/draft-representations"
    first, second = at(people.contact), at(inside(make.person, "contact", body="metropolitan"))
    drawn = first.drawn(path) | {"representations-1-version": "0"}
    second.send(path, **{"representations-1-version": "0", "representations-1-points": "Theirs."})
    page = first.post(path, {**drawn, "representations-1-points": "Mine."})
    signing = at(people.approving_officer).get(f"/body/cases/{case.reference}/make-representations")

    assert any("Theirs: “Theirs.”" in line for line in errors(page))
    assert "Mine." in page.text
    assert "Theirs." in signing.text


def test_the_case_says_where_each_step_stands(at, inside):
    """Staff and the body see each step with its day, what was said and recommended of it, and appeals; each their own."""
    case, people = inside(enforcement.notice_at, "in_force")
    chosen = inside(enforcement.step_id, case)
    inside(
        make.act,
        case.case_id,
        people.contact,
        "apply_for_certificate",
        notice_step=chosen,
        step_report="Done.",
    )
    said = {"notice_step": chosen, "certified_as": "not_needed"}
    inside(make.act, case.case_id, people.enforcement_officer, "recommend_certificate", **said, reason="So.")
    inside(
        make.act,
        case.case_id,
        people.lawyer,
        "record_appeal",
        act=inside(enforcement.service, case),
        appeal_grounds=["step"],
        tier="first_tier",
    )
    staff = words(at(people.manager).get(f"/cases/{case.reference}"))
    body = words(at(people.contact).get(f"/body/cases/{case.reference}"))

    for page in (staff, body):
        assert "Publish who approves each watchlist" in page
        assert "Said to be done" in page
        assert "The First-tier Tribunal, against the notice Open" in page
        assert "A step is unreasonable." in page
    assert "A certificate is recommended: no longer needed." in staff
    assert "recommended" not in body
    assert "Proof: A receipt of the post." in staff
    assert "A receipt of the post" not in body


def test_information_is_supplied_on_its_page(at, inside):
    """An approving officer supplies items on one page; what is privileged is refused with words."""
    case, people = inside(enforcement.notice_at, "in_force", instrument="information")
    path, browser = f"/body/cases/{case.reference}/supply-information", at(people.approving_officer)
    first, second = inside(enforcement.step_id, case, 1), inside(enforcement.step_id, case, 2)
    rows = {f"supplied-{first}-answer": "The list.", f"supplied-{second}-mark": "privileged"}
    refused = browser.send(path, **rows, **{f"supplied-{second}-answer": "Secret"}, response_signed="yes")
    browser.send(path, **{f"supplied-{first}-mark": "none"}, **rows, response_signed="yes")
    said = words(at(people.enforcement_officer).get(f"/cases/{case.reference}"))

    assert any("Do not send what is privileged" in line for line in errors(refused)), errors(refused)
    assert "The list." in said
    assert "(legally privileged)" in said


def test_more_time_is_asked_for_one_step(at, inside):
    """Whoever asks for more time chooses among the steps by their words, and gives it to that step alone."""
    case, people = inside(enforcement.notice_at, "in_force")
    chosen = inside(enforcement.step_id, case, 2)
    before = inside(enforcement.due, case, "compliance")
    path = f"/body/cases/{case.reference}/ask-more-time"
    page = at(people.contact).get(path)
    clock = next(
        one.ref for one in inside(enforcement.of, case).running if one.keys.get("notice_step") == chosen
    )
    at(people.contact).send(path, clock=clock, length="14 days", reason_asked="The supplier is late.")
    given = {"clock": clock, "granted": "yes", "length": "14 days", "reason_told": "The supplier is late."}
    at(people.manager).send(f"/cases/{case.reference}/decide-more-time", **given)
    after = inside(enforcement.due, case, "compliance")

    assert "Step 2: Delete the images of people who did not match" in words(page)
    assert [(new - old).days for old, new in zip(before, after, strict=True)] == [0, 14]
