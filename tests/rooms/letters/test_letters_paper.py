"""A letter on paper: a PDF that everybody can read, made once of its frozen words and kept by its hash."""

import hashlib
import io
from datetime import timedelta

import pypdf
import pytest

from regulator import moments, pdf
from regulator.documents.store import store
from regulator.documents.sweeping import sweep
from regulator.letters import commands, delivery, queries
from regulator.worker import work
from tests.rooms import bare, ground

BY_POST = commands.Recipient(
    "complainant", "Ada Ŵyn-Example", None, None, None, postal="14 Long Acre\nNorthtown\nNT1 4AB"
)
WORDS = 'Dear Ada\n\nThis is what we ask:\n\n1. Who was there?\n\n2. #read("/etc/passwd") *why*?\n\nYours sincerely'


@pytest.fixture
def letter(in_app, case):
    """A letter that goes by post, with its paper made."""
    number = ground.letter(case, BY_POST, WORDS)
    work(in_app, once=True)
    return number


def paper_of(app, monkeypatch, by, number):
    """The paper of a letter as somebody gets it."""
    return ground.browser_of(app, monkeypatch, by).get(f"/letters/{number}/paper")


def test_paper_is_accessible(in_app, letter, carys, monkeypatch):
    """The paper is tagged, has a title, a language and headings, and says which standards it keeps."""
    answer = paper_of(in_app, monkeypatch, carys, letter)

    read = pypdf.PdfReader(io.BytesIO(answer.data))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata.title == "We have your complaint"
    marks = read.xmp_metadata.rdf_root.toxml()
    assert "<pdfuaid:part>1</pdfuaid:part>" in marks
    assert "<pdfaid:part>2</pdfaid:part>" in marks
    assert {"/H1", "/P", "/L", "/LI"} <= tags(root["/StructTreeRoot"])


def tags(node):
    """The kinds of part in a PDF’s tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return set().union(*map(tags, node))
    if not isinstance(node, dict):
        return set()
    return {str(node["/S"])} | tags(node.get("/K", [])) if "/S" in node else tags(node.get("/K", []))


def test_paper_says_the_frozen_words(in_app, letter, carys, monkeypatch):
    """The paper says who it is to, where and in which words; what looks like an instruction is only printed."""
    answer = paper_of(in_app, monkeypatch, carys, letter)

    text = " ".join(pypdf.PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().split())
    for said in ("Ada Ŵyn-Example", "14 Long Acre", "NT1 4AB", "Who was there?", "Page 1 of 1"):
        assert said in text
    assert '#read("/etc/passwd") *why*?' in text


def test_paper_is_no_leftover(in_app, letter, carys):
    """A sweep of what nothing names leaves the paper of a letter where it is."""
    sweep(timedelta(seconds=-1))

    assert store().stat(queries.get(letter, by=carys).sha256) is not None


def test_paper_is_kept_by_its_hash(in_app, owner, letter, carys, monkeypatch):
    """The paper is kept by its own hash, with an entry of its own in the case; it is made once, however often asked."""
    commands.print_letter(letter)
    with moments.as_at(moments.now()):
        delivery.look_after()

    row = queries.get(letter, by=carys)
    assert row.sha256 == hashlib.sha256(paper_of(in_app, monkeypatch, carys, letter).data).hexdigest()
    told = owner.execute("select data from entry where step = 'print_letter'").fetchall()
    assert told == [({"sha256": row.sha256},)]
    assert ground.jobs_of(owner, "set_on_paper") == []
    assert bare.sentences(bare.proved(in_app)) == []


def test_lost_job_is_found(in_app, owner, case):
    """A letter for the post whose job vanished gets its paper within the minute."""
    number = ground.letter(case, BY_POST)
    owner.execute("set search_path = public, jobs")
    owner.execute("delete from jobs.procrastinate_jobs")

    delivery.look_after()
    work(in_app, once=True)

    assert queries.get(number, by=bare.complainant(case)).sha256


def test_paper_nobody_could_read_is_refused(in_app, owner, case, carys):
    """Words that cannot be set in our typeface make no paper with gaps: the letter waits for a person, who is told why."""
    number = ground.letter(case, BY_POST, "Dear Ada\n\n😀")

    work(in_app, once=True)

    assert queries.get(number, by=carys).sha256 is None
    assert "could not be displayed" in ground.problem_of(owner, number)
    assert [row.id for row in queries.troubled(by=carys)] == [number]
    assert queries.to_post(by=carys) == []


def test_paper_without_title_is_refused(in_app, case):
    """A paper that would break the standard is refused, and not written."""
    with pytest.raises(pdf.CannotSet, match="title"):
        pdf.compiled("letter", {**sheet(), "subject": ""}, at=moments.now())


def sheet():
    """What a letter’s paper is given."""
    return {
        "regulator": "Regulator",
        "lang": "en",
        "foot": "",
        "page_of": "",
        "to": [],
        "about": [],
        "passages": pdf.passages("Words."),
    }


def test_paper_is_for_its_reader(in_app, letter, case, monkeypatch):
    """Whoever the letter is to may have its paper; for a stranger there is none."""
    theirs = paper_of(in_app, monkeypatch, bare.complainant(case), letter)
    other = bare.complainant(bare.new_case(bare.new_body("southshire")))

    assert theirs.mimetype == "application/pdf"
    assert "attachment" in theirs.headers["Content-Disposition"]
    assert paper_of(in_app, monkeypatch, other, letter).status_code == 404


def test_list_of_the_post(in_app, letter, carys, monkeypatch):
    """The list of letters to post says where each goes, and leads to its paper and to saying that it was posted."""
    page = ground.browser_of(in_app, monkeypatch, carys).get("/letters/to-post").text

    for said in ("14 Long Acre", f"/letters/{letter}/paper", f"/letters/{letter}/posted"):
        assert said in page


def test_posted(in_app, owner, letter, carys, monkeypatch):
    """A letter said to be posted leaves the list; the day is in the record and on the page of whoever it is to."""
    browser = ground.browser_of(in_app, monkeypatch, carys)
    day = moments.today()

    answer = browser.post(
        f"/letters/{letter}/posted", data={"posted_on": [str(day.day), str(day.month), str(day.year)]}
    )

    assert answer.status_code == 302
    assert ground.state_of(owner, letter) == "posted"
    assert queries.to_post(by=carys) == []
    case = queries.get(letter, by=carys).case_id
    assert "We posted it to you on" in queries.get(letter, by=bare.complainant(case)).told
    says = owner.execute("select step, occurred_is_day from entry order by id desc limit 1").fetchone()
    assert says == ("post_letter", True)


def test_posted_on_a_day_that_cannot_be(in_app, owner, letter, carys, monkeypatch):
    """A letter is not said to be posted tomorrow, or before it was written."""
    browser = ground.browser_of(in_app, monkeypatch, carys)

    page = browser.post(f"/letters/{letter}/posted", data={"posted_on": ["1", "3", "2019"]})

    assert "Enter a day from the one on which the letter was written up to today." in page.text
    assert ground.state_of(owner, letter) == "on_paper"
