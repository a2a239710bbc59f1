"""Documents are sent to those they are for, to be saved, and every time is written down."""

import io

import pytest
from werkzeug.http import parse_options_header

from regulator import ledger, moments
from regulator.actors import PUBLIC, SYSTEM
from regulator.documents import commands, queries
from regulator.documents.store import keep, store
from regulator.errors import Missing, NotNow
from tests.rooms import bare, ground

PDF = b"%PDF-1.7\nwhat the camera saw\n%%EOF\n"


@pytest.fixture
def case(in_app):
    """A case about one force."""
    return bare.new_case(bare.new_body())


def given(case_id: int, *audiences: str, party: int | None = None, name: str = "film.pdf") -> int:
    """A document given with a step told to these audiences; returns its number."""
    file = keep(io.BytesIO(PDF), name, 1_000_000)
    with ledger.change("add_document", by=SYSTEM, streams=[f"case:{case_id}"]) as intent:
        for audience in audiences:
            intent.tell(audience, "A document was added")
        (row,) = commands.attach([file], case_id, "add_document", intent.words, party, moments.now())
        return row.id


def may_have(number: int, by) -> bool:
    """Whether the document is there for this person."""
    try:
        return queries.get(number, by=by).id == number
    except Missing:
        return False


@pytest.mark.parametrize(
    ("audiences", "readers"),
    [
        (("internal",), {"staff"}),
        (("internal", "body"), {"staff", "body"}),
        (("internal", "complainant"), {"staff", "complainant"}),
        (("internal", "body", "complainant"), {"staff", "body", "complainant"}),
        (("body_only",), {"body"}),
    ],
)
def test_document_is_for_whom_the_step_was_told(in_app, audiences, readers):
    """A document is there for those the step was told to and for nobody else; one for the force alone is not ours to read."""
    body = bare.new_body()
    case = bare.new_case(body)
    number = given(case, *audiences)
    people = {
        "staff": bare.staff(bare.new_person("Carys")),
        "body": bare.officer(body),
        "complainant": bare.complainant(case),
    }

    found = {name for name, by in people.items() if may_have(number, by)}

    assert found == readers


def test_others_documents_are_not_there(in_app, owner):
    """Another force, another complainant, an administrator and the public find no document at all."""
    ours, theirs = bare.new_body("northshire"), bare.new_body("southshire")
    case, other = bare.new_case(ours), bare.new_case(theirs)
    number = given(case, "internal", "body", "complainant")
    strangers = [
        bare.officer(theirs),
        bare.complainant(other),
        bare.administrator(bare.new_person("Rhys")),
        PUBLIC,
    ]

    assert [may_have(number, by) for by in strangers] == [False] * 4
    assert [queries.of_case(case, by=by) for by in strangers] == [[]] * 4


def test_document_for_one_force_of_two(in_app, owner):
    """In a case about two forces, a document that concerns one is not there for the other."""
    ours, theirs = bare.new_body("northshire"), bare.new_body("southshire")
    case = bare.new_case(ours, theirs)
    number = given(case, "internal", "body", party=ground.party_of(owner, case, ours))

    assert may_have(number, bare.officer(ours))
    assert not may_have(number, bare.officer(theirs))


def test_documents_of_a_case_in_order(in_app, case):
    """The documents of a case are listed in the order in which they were given."""
    for name in ("first.pdf", "second.pdf"):
        given(case, "internal", name=name)

    listed = queries.of_case(case, by=bare.staff(bare.new_person("Carys")))

    assert [document.name for document in listed] == ["first.pdf", "second.pdf"]


def test_step_undone_gives_no_document(in_app, case, owner):
    """A step that is refused leaves no document, though the file was kept."""

    def refused() -> None:
        file = keep(io.BytesIO(PDF), "film.pdf", 1_000_000)
        with ledger.change("add_document", by=SYSTEM, streams=[f"case:{case}"]):
            commands.attach([file], case, "add_document", ["internal"], None, moments.now())
            raise NotNow("The rules changed their mind.")

    with pytest.raises(NotNow):
        refused()

    assert owner.execute("select count(*) from document").fetchone() == (0,)


def test_download(in_app, case, owner, monkeypatch):
    """A document is sent whole, to be saved under its own name, never shown inside our pages."""
    number = given(case, "internal", name="Camera – “north”.pdf")
    browser = ground.browser_of(in_app, monkeypatch, bare.staff(bare.new_person("Carys")))

    answer = browser.get(f"/documents/{number}/file")

    assert answer.status_code == 200
    assert answer.data == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    how, told = parse_options_header(answer.headers["Content-Disposition"])
    assert (how, told["filename"]) == ("attachment", "Camera – “north”.pdf")
    answer.close()


@pytest.mark.parametrize("name", ['a"; filename="b.exe.pdf', "a\r\nSet-Cookie: x=y.pdf"])
def test_name_breaks_no_header(in_app, case, monkeypatch, name):
    """A name made to break out of the header it is sent in does not."""
    number = given(case, "internal", name=name)
    browser = ground.browser_of(in_app, monkeypatch, bare.staff(bare.new_person("Carys")))

    answer = browser.get(f"/documents/{number}/file")

    how, told = parse_options_header(answer.headers["Content-Disposition"])
    assert (how, told["filename"]) == ("attachment", name.replace("\r\n", " "))
    assert "x=y" not in answer.headers.get("Set-Cookie", "")
    answer.close()


def test_download_is_written_down(in_app, case, owner, monkeypatch):
    """Who had a document, and when, is in the reading log."""
    number = given(case, "internal")
    person = bare.new_person("Carys")

    ground.browser_of(in_app, monkeypatch, bare.staff(person)).get(f"/documents/{number}/file").close()

    seen = owner.execute("select side, person_id, case_id, what from reading").fetchall()
    assert seen == [("staff", person, case, f"document:{number}")]


def test_download_by_a_stranger(in_app, case, owner, monkeypatch):
    """For another force there is no such page, and nothing is written down."""
    number = given(case, "internal", "body")
    browser = ground.browser_of(in_app, monkeypatch, bare.officer(bare.new_body("southshire")))

    assert browser.get(f"/documents/{number}/file").status_code == 404
    assert owner.execute("select count(*) from reading").fetchone() == (0,)


def test_file_gone_from_the_store(in_app, case, monkeypatch):
    """A document whose file is gone from the store is not sent as an empty one: the page says so."""
    number = given(case, "internal")
    by = bare.staff(bare.new_person("Carys"))
    store().delete(queries.get(number, by=by).sha256)

    answer = ground.browser_of(in_app, monkeypatch, by).get(f"/documents/{number}/file")

    assert answer.status_code == 404
    assert "The file itself is not in the store" in answer.text


def test_documents_are_in_the_record(in_app, case):
    """What was given is proved with the rest of the record, its name among the words that can be erased."""
    given(case, "internal", "body")
    given(case, "body_only")

    assert bare.sentences(bare.proved(in_app)) == []
