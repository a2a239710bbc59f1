"""The letters of a step, read before it is taken; what a letter that came back asks; and wishes that are respected."""

import io

import make
import pypdf
from rooms.staff_pages import At
from rooms.test_look_as import counted, everything, looked

from regulator.casework import in_language, queries
from regulator.casework.queries import Asked, Whose
from regulator.letters import commands
from regulator.letters import queries as letters


def test_letters_are_read_first(app):
    """Whoever acknowledges a complaint reads the very letter that would go: to whom, how and in which words."""
    with app.app_context():
        case, people = make.complaint_at("received")
    page = looked(app, case, people.intake_officer, "acknowledge", "letters")
    said = everything(page)

    assert page.status_code == 200
    for words in (
        "We have your complaint",
        "By email to",
        "Nothing was done and nobody was told",
        case.reference,
    ):
        assert words in said


def test_nothing_of_it_stays(app):
    """Reading the letters leaves no entry, letter, job, clock or key."""
    with app.app_context():
        case, people = make.complaint_at("received")
    before = counted(app)
    looked(app, case, people.intake_officer, "acknowledge", "letters")

    assert counted(app) == before


def test_letter_is_sent_as_it_was_read(app):
    """The letter that goes has the words that were read before."""
    with app.app_context():
        case, people = make.complaint_at("received")
    said = everything(looked(app, case, people.intake_officer, "acknowledge", "letters"))
    with app.app_context():
        make.act(case.case_id, people.intake_officer, "acknowledge")
        sent = letters.of_case(case.case_id, by=people.intake_officer)[-1]

    for paragraph in sent.words.split("\n\n"):
        assert " ".join(paragraph.replace("&", "&amp;").split()) in said


def test_paper_is_read_first(app):
    """A letter that goes by post can be looked at as it is printed, before anything is done."""
    with app.app_context():
        case, people = make.complaint_at("received", contact_by="post", address="14 Long Acre, Northtown")
    said = everything(looked(app, case, people.intake_officer, "acknowledge", "letters"))
    paper = looked(app, case, people.intake_officer, "acknowledge", "paper-0")

    assert "By post to 14 Long Acre, Northtown" in said
    assert paper.mimetype == "application/pdf"
    assert "Northtown" in pypdf.PdfReader(io.BytesIO(paper.data)).pages[0].extract_text()


def test_paper_that_would_not_be(app):
    """There is no paper to look at of a letter that the step would not write."""
    with app.app_context():
        case, people = make.complaint_at("received")
    for asked in ("paper-7", "paper-x"):
        assert looked(app, case, people.intake_officer, "acknowledge", asked).status_code == 404


def test_step_that_cannot_be_taken(app):
    """Where a step could not be done as it stands, the page says why in place of its letters."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
    said = everything(looked(app, case, people.caseworker, "ask-complainant", "letters", question=""))

    assert "could not be done as it stands" in said


def came_back(app):
    """A case, its people, and a letter of it to the complainant that its owner will hear of."""
    with app.app_context():
        case, people = make.complaint_at("received")
        owner = people.caseworker.person_id
        make.act(case.case_id, people.manager, "assign", person=owner, team=make.team("North"))
        make.act(case.case_id, people.intake_officer, "acknowledge")
        number = letters.of_case(case.case_id, by=people.caseworker)[-1].id
    return case, people, number


def test_letter_that_came_back_stands_first(app, owner):
    """A letter that came back stands first on the page of its case, with what can be done, until somebody did it."""
    case, people, number = came_back(app)
    owner.execute("update outbox set state = 'sent' where letter_id = %s", (number,))
    with app.app_context():
        commands.came_back(number, "It came back: “550 no such person”.")
    page = everything(At(app, people.caseworker).get(f"/cases/{case.reference}"))

    assert "Next Reach" in page
    assert "Send to another address" in page
    with app.app_context():
        commands.settle(number, by=people.caseworker, reason="I rang her.")
    assert "Next Reach" not in everything(At(app, people.caseworker).get(f"/cases/{case.reference}"))


def test_letter_that_came_back_is_the_owners(app, owner):
    """The case stands on its owner’s lists with the reason, even once it is closed, until the letter was seen to."""
    _case, people, number = came_back(app)
    owner.execute("update outbox set state = 'bounced' where letter_id = %s", (number,))
    owner.execute("set session_replication_role = replica")
    owner.execute("update case_file set is_open = false")
    with app.app_context():
        listed = [
            queries.worklist(Asked(whose), by=people.caseworker).rows for whose in (Whose.turn, Whose.mine)
        ]
        others = queries.worklist(Asked(Whose.turn), by=people.intake_officer).rows

    assert [[row.letter_waits for row in rows] for rows in listed] == [[True], [True]]
    assert others == []


def test_new_address_is_kept(app, owner):
    """The new address of a complainant is kept for the next letter, and the record stays whole."""
    case, people, number = came_back(app)
    owner.execute("update outbox set state = 'bounced' where letter_id = %s", (number,))
    to = commands.Address(postal="14 Long Acre")
    with app.app_context():
        commands.readdress(number, by=people.caseworker, to=to, reason="She wrote to us.")

    found = owner.execute(
        "select address, contact_by from participant where case_id = %s", (case.case_id,)
    ).fetchone()
    assert found == ("14 Long Acre", "post")


def wished(owner, case, wish: str) -> None:
    """Record how the complainant asked to be written to."""
    owner.execute("set session_replication_role = replica")
    owner.execute(f"update participant set {wish} where case_id = %s", (case.case_id,))
    owner.execute("set session_replication_role = origin")


def last_letter(app, case, people):
    """The letter that the acknowledgment sends."""
    with app.app_context():
        make.act(case.case_id, people.intake_officer, "acknowledge")
        return letters.of_case(case.case_id, by=people.intake_officer)[-1]


def test_no_email_is_respected(app, owner):
    """To somebody who asked for no email a letter goes by post."""
    with app.app_context():
        case, people = make.complaint_at("received", address="14 Long Acre")
    wished(owner, case, "no_email = true")

    letter = last_letter(app, case, people)

    assert (letter.state, letter.address, letter.postal) == ("on_paper", None, "14 Long Acre")


def test_no_post_is_respected(app, owner):
    """To somebody who asked for no post nothing is put on paper: a person is told, and reaches them as they asked."""
    with app.app_context():
        case, people = make.complaint_at("received", contact_by="post", address="14 Long Acre")
    wished(owner, case, "no_post = true")

    letter = last_letter(app, case, people)

    assert letter.postal is None
    assert letter.standing.label == "Cannot be posted"
    with app.app_context():
        assert letters.to_post(by=people.caseworker) == []
        assert [row.id for row in letters.troubled(by=people.caseworker)] == [letter.id]


def test_welsh_that_is_not_there_is_said(app, owner):
    """Where a complainant asked for Welsh and letters exist in English only, staff are told before they send one."""
    with app.app_context():
        case, people = make.complaint_at("received")
    wished(owner, case, "language = 'cy'")
    page = everything(At(app, people.intake_officer).get(f"/cases/{case.reference}"))

    assert "They asked for Cymraeg (Welsh)." in page
    assert last_letter(app, case, people).language == "en"


def test_welsh_is_written_where_it_is_there(app, owner, monkeypatch):
    """Where every paragraph of a letter is there in Welsh, it is written in Welsh, dates too, and says so."""
    with app.app_context():
        case, people = make.complaint_at("received")
    wished(owner, case, "language = 'cy'")
    monkeypatch.setattr(in_language, "is_said", lambda _text: True)

    letter = last_letter(app, case, people)

    assert letter.language == "cy"
