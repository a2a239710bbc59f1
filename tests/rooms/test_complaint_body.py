"""A body sees what waits for it, on its own cases, and never who complained unless they agreed, nor what they told us."""

import re

import make
import pytest
from rooms.complaint_pages import asked, with_code
from rooms.staff_pages import At, statements, words

from regulator import moments
from regulator.desk.queries import desk
from regulator.desk.queries.desk import PAGE
from tests.linting import faults, read

SECRET = {
    "name": "Canary Name",
    "what_happened": "canary-what-happened",
    "happened_where": "canary-where",
    "outcome_sought": "canary-outcome",
    "email": "canary@example.test",
    "safe_contact": "canary-safe",
    "force_reference": "canary-reference",
}
LINKS = re.compile(r'href="(/[^"#]*)"')


def pages_of(browser, place):
    """Every page that a case’s own page leads to, with itself."""
    found = {place: browser.get(place).text}
    for link in LINKS.findall(found[place]):
        if link.startswith(("/body/cases", "/letters", "/documents")) and link not in found:
            found[link] = browser.get(link).text
    return found


def with_everything(app, **more):
    """A complaint with an account asked for, answered and signed, a view shared and comments made on both sides."""
    case, people, _ = with_code(app, "investigating", **more)
    first, second = asked(app, case, people, "Which deployment was it?", "What was the score?")
    ada = make.complainant(case.case_id)
    answers = [{"item": first, "answer": "Deployment 12."}, {"item": second, "answer": "0.61."}]
    with app.app_context():
        make.act(case.case_id, people.contact, "answer_account_item", item_answer=answers)
        make.act(case.case_id, people.approving_officer, "submit_account", declaration=True)
        make.act(
            case.case_id, people.caseworker, "share_provisional_view", findings=make.findings(), **make.VIEW
        )
        make.act(case.case_id, ada, "comment_on_view", no_comments=True)
        make.act(case.case_id, ada, "add_information", information="canary-information")
    return case, people


@pytest.mark.parametrize("stage", ["received", "screening", "declining", "not_accepted"])
def test_not_before_it_is_looked_into(app, stage):
    """Before a complaint is looked into the body knows nothing of it: no page, no line on its desk."""
    case, people, _ = with_code(app, stage)
    contact = At(app, people.contact)

    assert contact.get(f"/body/cases/{case.reference}").status_code == 404
    assert case.reference not in contact.get("/body?show=open").text


@pytest.mark.parametrize(
    "stage", ["investigating", "provisional_view", "decided", "told", "under_review", "closed"]
)
def test_every_stage_has_a_page(app, stage):
    """At every stage that the body sees, its page is sound and says it in the edition’s plain words."""
    case, people, _ = with_code(app, stage)
    page = At(app, people.contact).get(f"/body/cases/{case.reference}")

    assert page.status_code == 200
    assert faults(read(page.text)) == []
    assert "{" not in words(page)


def test_another_force_sees_nothing(app):
    """Another force’s contact finds neither the case nor any step, letter or line of it."""
    case, people, _ = with_code(app)
    with app.app_context():
        other = make.person("contact", body="kent")
    kent = At(app, other)
    place = f"/body/cases/{case.reference}"
    ours = pages_of(At(app, people.contact), place)

    assert {kent.get(link).status_code for link in ours} == {404}
    assert case.reference not in kent.get("/body?show=open").text


def test_two_forces_each_see_their_own(app):
    """Of two complaints about two forces, each force sees one."""
    met, people, _ = with_code(app)
    with app.app_context():
        kent_id = make.body_id("kent")
        kent_contact = make.person("contact", body="kent")
    kent, _, _ = with_code(app, body=kent_id)
    seen = {
        name: At(app, who).get("/body?show=open").text
        for name, who in (("met", people.contact), ("kent", kent_contact))
    }

    assert [met.reference in seen["met"], kent.reference in seen["met"]] == [True, False]
    assert [met.reference in seen["kent"], kent.reference in seen["kent"]] == [False, True]


@pytest.mark.parametrize("role", ["contact", "contributor", "approving_officer"])
def test_never_who_complained_nor_what_they_told_us(app, role):
    """No page, letter or form of a body’s says who complained without consent, nor what they told the regulator."""
    case, people = with_everything(app, shares_identity=False, **SECRET)
    pages = pages_of(At(app, getattr(people, role)), f"/body/cases/{case.reference}")

    assert len(pages) > 1
    assert {link: "canary" in text.lower() for link, text in pages.items()} == dict.fromkeys(pages, False)


def test_the_name_with_consent(app):
    """Where the complainant agreed, the body reads their name; still not how to reach them or what they told us."""
    case, people = with_everything(app, shares_identity=True, **SECRET)
    pages = pages_of(At(app, people.contact), f"/body/cases/{case.reference}")
    text = "".join(pages.values())

    assert "Canary Name" in text
    assert "canary" not in text.replace("Canary Name", "")


def test_the_desk_is_soonest_first(app):
    """What is due soonest stands first; what owes nothing waits in the list of all open cases."""
    with app.app_context():
        people = make.cast()
    with moments.as_at(make.at("2026-11-16T10:00")):
        later, sooner, nothing = (with_code(app, people=people)[0] for _ in range(3))
        asked(app, sooner, people, "First?")
    with moments.as_at(make.at("2026-11-18T10:00")):
        asked(app, later, people, "Second?")
    waiting = At(app, people.contact).get("/body").text
    everything = At(app, people.contact).get("/body?show=open").text

    assert 0 < waiting.index(sooner.reference) < waiting.index(later.reference)
    assert nothing.reference not in waiting
    assert everything.index(later.reference) < everything.index(nothing.reference)


def test_the_desk_goes_on_page_by_page(app, owner):
    """A long desk is read a page at a time, each case once, with no more statements for more rows."""
    case, people, _ = with_code(app)
    contact = At(app, people.contact)
    contact.get("/body?show=open")
    with statements(app) as short:
        contact.get("/body?show=open")
    copy_cases(owner, case.case_id, 2 * PAGE)
    with statements(app) as long:
        first = contact.get("/body?show=open")
    following = re.search(r'href="([^"]*after=[^"]*)"', first.text)[1].replace("&amp;", "&")
    second = contact.get(following)
    third = re.search(r'href="([^"]*after=[^"]*)"', second.text)[1].replace("&amp;", "&")
    seen = [set(re.findall(r"C-[0-9A-Z-]{9}", page.text)) for page in (first, second, contact.get(third))]

    assert [len(one) for one in seen] == [PAGE, PAGE, 1]
    assert not seen[0] & seen[1]
    assert len(long) == len(short)


def copy_cases(owner, number, many):
    """As many cases again as are wanted, of the same body, past every guard."""
    owner.execute("set session_replication_role = replica")
    columns = "kind, edition, edition_digest, stage, stage_moves, is_open, title, opened_on, is_restricted,"
    columns += " is_historic, legal_hold, due_on"
    owner.execute(
        f"insert into case_file (reference, {columns}) select 'C-TEST-' || lpad(n::text, 4, '0'), {columns}"
        " from case_file, generate_series(1, %s) n where id = %s",
        (many, number),
    )
    owner.execute(
        "insert into party (case_id, body_id, capacity, sees, due_on) select c.id, p.body_id, 'subject', true,"
        " date '2027-01-01' + c.id::int from case_file c, party p where p.case_id = %s and c.id <> %s",
        (number, number),
    )
    owner.execute("set session_replication_role = origin")


def test_no_such_list_or_page(app):
    """A list or a page that there is not is not found."""
    with app.app_context():
        contact = At(app, make.person("contact"))

    assert contact.get("/body?show=secret").status_code == 404
    assert contact.get("/body?after=yesterday").status_code == 404


def test_an_empty_desk_says_what_comes(app):
    """A desk with nothing on it says when something will be."""
    with app.app_context():
        contact = At(app, make.person("contact"))

    assert "When the regulator asks your organisation for something" in words(contact.get("/body"))


def test_what_to_do_next(app):
    """The page says first what waits, by when and why: to answer, then to sign, then nothing."""
    case, people, _ = with_code(app)
    items = asked(app, case, people, "Which?", "Who?")
    place = f"/body/cases/{case.reference}"
    contact, officer = At(app, people.contact), At(app, people.approving_officer)
    unanswered = words(contact.get(place))
    with app.app_context():
        answers = [{"item": item, "answer": "So."} for item in items]
        make.act(case.case_id, people.contact, "answer_account_item", item_answer=answers)
    answered = words(officer.get(place))
    with app.app_context():
        make.act(case.case_id, people.approving_officer, "submit_account", declaration=True)
    signed = words(contact.get(place))

    assert (
        "Next Answer items 1 and 2, or hand each to whoever knows: nobody has any of them yet" in unanswered
    )
    assert "Next Read the account through and submit it" in answered
    assert "Next Nothing waits for you on this case" in signed
    assert "Submitted" in signed


def test_what_was_sent_has_a_receipt(app, owner):
    """What a body sent can be read as it was sent, with the hash that it was frozen under."""
    case, people = with_everything(app)
    page = At(app, people.contact).get(f"/body/cases/{case.reference}")
    frozen = owner.execute("select text_hash from issued_version where what = 'account'").fetchone()[0]

    assert "Account, version 1" in words(page)
    assert "1. Which deployment was it? Deployment 12. 2. What was the score? 0.61." in words(page)
    assert frozen in page.text


def test_a_finding_is_not_told_as_final_before_it_is(app):
    """Until the outcome is told, a finding stands on the body’s page as one so far."""
    case, people, _ = with_code(app, "decided")
    contact, place = At(app, people.contact), f"/body/cases/{case.reference}"
    before = words(contact.get(place))
    with app.app_context():
        make.act(case.case_id, people.caseworker, "tell_outcome", **make.OUTCOME)

    assert "So far: Upheld" in before
    assert "So far" not in words(contact.get(place))


def test_one_line_for_one_thing(app):
    """Each entry is one line of the timeline, and what is the body’s alone says so."""
    case, people, _ = with_code(app)
    (item,) = asked(app, case, people, "Which?")
    with app.app_context():
        make.act(
            case.case_id, people.contact, "answer_account_item", item_answer=[{"item": item, "answer": "So."}]
        )
    page = At(app, people.contact).get(f"/body/cases/{case.reference}")

    assert "erased" not in page.text
    assert page.text.count("The regulator asked for your account</p>") == 1
    assert page.text.count("Seen by your own organisation only") == 1


def test_desk_query_reads_as_the_body(app):
    """The desk asked as a body without cases is empty, whatever others have."""
    with_code(app)
    with app.app_context():
        rows = desk("open", by=make.person("contact", body="kent")).rows

    assert rows == []


def test_no_more_statements_with_more_items(app):
    """A case with more requests, items and entries asks the database no more often."""
    with app.app_context():
        people = make.cast()
    few, many = (with_code(app, people=people)[0] for _ in range(2))
    asked(app, few, people, "Which?")
    for _ in range(3):
        asked(app, many, people, *(f"Question {number}?" for number in range(10)))
    contact, counted = At(app, people.contact), []
    for case in (few, many):
        contact.get(f"/body/cases/{case.reference}")
        with statements(app) as sent:
            contact.get(f"/body/cases/{case.reference}")
        counted.append(len(sent))

    assert counted[0] == counted[1] < 25
