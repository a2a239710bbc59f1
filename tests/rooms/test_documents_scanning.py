"""Files are held back until a scanner said that they are clean, and whatever goes wrong they stay held back."""

import io
import zipfile
from datetime import timedelta

import pytest

from regulator import moments, worker
from regulator.documents import queries, scanning
from regulator.documents.scanner import TEST_STRING, Clamd, ScannerDown
from regulator.documents.store import store
from tests.rooms import bare, ground, scan_ground

HARMLESS = b"What the camera saw."


@pytest.fixture(scope="module")
def socket():
    """A real clamd."""
    with scan_ground.clamd() as path:
        yield path


@pytest.fixture
def scanned(in_app, monkeypatch, socket):
    """The application with a real scanner."""
    scan_ground.scanned_by(in_app, monkeypatch, socket)
    return in_app


@pytest.fixture
def case(in_app):
    """A case about one force."""
    return bare.new_case(bare.new_body())


def staff():
    return bare.staff(bare.new_person("Carys"))


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("content.xml", content)
    return out.getvalue()


def said(owner, case: int) -> dict[str, str]:
    """What each audience was told of a file held back."""
    found = owner.execute(
        "select w.audience, w.words::jsonb ->> 'says' from entry e join entry_words w on w.entry_id = e.id"
        " where e.case_id = %s and e.step = 'hold_back_file' and w.words::jsonb ->> 'says' <> ''",
        (case,),
    )
    return dict(found.fetchall())


def test_file_is_held_back_until_it_was_scanned(scanned, case, monkeypatch):
    """A file just given is handed to nobody, and the page says why; once the worker had it scanned, it is."""
    number, by = scan_ground.given(case, HARMLESS, "internal", name="statement.txt"), staff()
    browser = ground.browser_of(scanned, monkeypatch, by)

    early = browser.get(f"/documents/{number}/file")
    scan_ground.work(scanned)
    later = browser.get(f"/documents/{number}/file")

    assert early.status_code == 409
    assert "still being checked for viruses" in early.text
    assert HARMLESS not in early.data
    assert (later.status_code, later.data) == (200, HARMLESS)
    later.close()


@pytest.mark.parametrize("make", [bytes, zipped], ids=["plain", "in an office file"])
def test_infected_file_stays_held_back(scanned, case, monkeypatch, owner, make):
    """A file with something harmful in it is never handed out; the record tells those who were given it, and staff."""
    number, by = scan_ground.given(case, make(TEST_STRING), "internal", "complainant"), staff()

    scan_ground.work(scanned)
    answer = ground.browser_of(scanned, monkeypatch, by).get(f"/documents/{number}/file")

    assert answer.status_code == 409
    assert "found something harmful in this file" in answer.text
    assert queries.get(number, by=by).scan == "infected"
    told = said(owner, case)
    assert set(told) == {"internal", "complainant"}
    assert "found Test.EICAR" in told["internal"]
    assert bare.sentences(bare.proved(scanned)) == []


def test_infected_file_of_a_bodys_own(scanned, case, owner):
    """Of a harmful file that a body keeps to itself, only that body is told."""
    scan_ground.given(case, TEST_STRING, "body_only")

    scan_ground.work(scanned)

    assert set(said(owner, case)) == {"body_only"}


def test_file_larger_than_the_scanner_takes(scanned, case, owner):
    """A file the scanner cannot take whole is held back as unreadable, not let through."""
    number, by = scan_ground.given(case, b"word " * scan_ground.MB, "internal"), staff()

    scan_ground.work(scanned)

    assert queries.get(number, by=by).scan == "unreadable"
    assert "could not read it" in said(owner, case)["internal"]


def test_scanner_down(in_app, case, monkeypatch, socket):
    """While the scanner is down a file stays held back and the worker goes on; when it is back, the file is scanned."""
    scan_ground.scanned_by(in_app, monkeypatch, "/nowhere/clamd")
    number, by = scan_ground.given(case, HARMLESS, "internal"), staff()

    scan_ground.work(in_app)
    waiting = queries.get(number, by=by).scan
    scan_ground.scanned_by(in_app, monkeypatch, socket)
    with moments.as_at(moments.recorded() + timedelta(minutes=5)):
        scanning.look_after()
        scan_ground.work(in_app)

    assert waiting == "unscanned"
    assert queries.get(number, by=by).scan == "clean"


def test_file_nobody_asked_about_is_found(in_app, case, owner, monkeypatch, socket):
    """A file whose job was lost is found again within a minute; one a job is about is not asked for twice."""
    scan_ground.scanned_by(in_app, monkeypatch, socket)
    number = scan_ground.given(case, HARMLESS, "internal")
    scanning.look_after()
    assert ground.jobs_of(owner, "scan_document") == [{"document": number}]
    owner.execute("set search_path to jobs, public")
    owner.execute("delete from procrastinate_jobs")

    scanning.look_after()

    assert ground.jobs_of(owner, "scan_document") == [{"document": number}]


def test_file_gone_from_the_store_is_not_clean(scanned, case):
    """A file that the store does not have is not taken for clean."""
    number, by = scan_ground.given(case, HARMLESS, "internal"), staff()
    store().delete(queries.get(number, by=by).sha256)

    scan_ground.work(scanned)

    assert queries.get(number, by=by).scan == "unscanned"


def test_scanning_twice_tells_once(scanned, case, owner):
    """A worker that did a job twice tells of what was found once."""
    number = scan_ground.given(case, TEST_STRING, "internal")

    for _ in range(2):
        scanning.scan(number)

    assert owner.execute("select count(*) from entry where step = 'hold_back_file'").fetchone() == (1,)


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 2), (5, 16), (7, 60), (100, 60)], ids=str)
def test_waits_grow(tries, minutes):
    """A scanner that is down is asked again after longer and longer, at most an hour."""
    last = moments.recorded()

    assert scanning.due(tries, last) - last == timedelta(minutes=minutes)


@pytest.mark.parametrize("reply", [b"UNKNOWN COMMAND\0", b"", b"stream: OK maybe\0"])
def test_strange_reply_is_not_clean(reply):
    """Whatever a scanner says that is not plainly clean is not taken for it."""
    with scan_ground.answering(reply) as at, pytest.raises(ScannerDown):
        Clamd(at).look(io.BytesIO(HARMLESS))


def test_stand_in(in_app, case):
    """On a machine of one’s own a file is clean at once, and the test string of scanners is still found."""
    by = staff()
    clean, harmful = (scan_ground.given(case, text, "internal") for text in (HARMLESS, TEST_STRING))

    at_once = [queries.get(number, by=by).scan for number in (clean, harmful)]
    worker.work(in_app, once=True)

    assert at_once == ["clean", "unscanned"]
    assert queries.get(harmful, by=by).scan == "infected"
