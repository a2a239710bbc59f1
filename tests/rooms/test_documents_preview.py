"""A document has a page: its facts, what can be shown of it safely, its versions; faces are shown for a reason alone."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from regulator.documents import making, previews, queries
from regulator.documents.scanner import TEST_STRING
from regulator.replay.papers import pdf
from tests.rooms import bare, ground, scan_ground

SECRET = b"51.5072N 0.1276W"


@pytest.fixture
def case(in_app):
    """A case about one force."""
    return bare.new_case(bare.new_body())


@pytest.fixture
def staff(in_app):
    return bare.staff(bare.new_person("Carys"))


@pytest.fixture
def browser(in_app, monkeypatch, staff):
    return ground.browser_of(in_app, monkeypatch, staff)


def photograph(size=(1200, 800)) -> bytes:
    """A photograph that tells where it was taken."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = SECRET.decode()
    Image.new("RGB", size, "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def given(case: int, content: bytes, name: str, *audiences: str) -> int:
    return scan_ground.given(case, content, *(audiences or ("internal",)), name=name)


def looks(owner) -> list[str]:
    return [what for (what,) in owner.execute("select what from reading order by id").fetchall()]


def test_text_is_shown_as_text(browser, case):
    """A text is shown as it was written, and nothing in it is taken for a part of the page."""
    number = given(case, b"<b>What</b> the camera saw", "statement.txt")

    page = browser.get(f"/documents/{number}")

    assert "&lt;b&gt;What&lt;/b&gt; the camera saw" in page.text
    for fact in ("The organisation", "Plain text, 1 KB", "Nothing was found", "the regulator", "SHA-256"):
        assert fact in page.text


def test_long_text_is_cut(browser, case):
    """Of a long text the beginning is shown, and the page says so."""
    page = browser.get(f"/documents/{given(case, b'word ' * 20_000, 'long.txt')}").text

    assert "Only the beginning is shown" in page
    assert len(page) < 60_000


def test_pages_of_a_pdf(browser, case):
    """A PDF is shown as pictures of its pages, made here."""
    number = given(case, pdf("What the camera saw"), "report.pdf")

    page, picture = browser.get(f"/documents/{number}").text, browser.get(f"/documents/{number}/pages/1")

    assert f'src="/documents/{number}/pages/1"' in page
    assert picture.mimetype == "image/png"
    assert Image.open(io.BytesIO(picture.data)).size[0] <= making.WIDTH
    assert browser.get(f"/documents/{number}/pages/2").status_code == 404


def test_photograph_is_hidden_until_asked_for(browser, case, owner):
    """A photograph is shown only to who says why, for a while; the reason is in the reading log."""
    number = given(case, photograph(), "square.jpg")

    before = browser.get(f"/documents/{number}").text
    refused = browser.get(f"/documents/{number}/pages/1").status_code
    unsaid = browser.post(f"/documents/{number}", data={}).text
    after = browser.post(f"/documents/{number}", data={"why": "decide"}, follow_redirects=True)
    mark = after.request.args["asked"]
    picture = browser.get(f"/documents/{number}/pages/1?asked={mark}")

    assert "<img" not in before
    assert refused == 403
    assert "Say why you need to see it" in unsaid
    assert f"/documents/{number}/pages/1?asked=" in after.text
    assert picture.status_code == 200
    assert f"faces:{number}:decide" in looks(owner)


def test_reason_is_good_for_one_person_and_document(in_app, case, staff, monkeypatch):
    """A reason given by one person shows nothing to another, and nothing of another document."""
    first, second = (given(case, photograph(), name) for name in ("one.jpg", "two.jpg"))
    document, other = (queries.get(number, by=staff) for number in (first, second))
    mark = previews.asked(document, staff)

    assert previews.was_asked(mark, document, staff)
    assert not previews.was_asked(mark, other, staff)
    assert not previews.was_asked(mark, document, replace(staff, person_id=0))
    monkeypatch.setattr(previews, "GOOD_FOR", -1)
    assert not previews.was_asked(mark, document, staff)


def test_picture_is_made_anew(in_app, tmp_path):
    """A photograph is shown smaller, and without where it was taken."""
    path = tmp_path / "square.jpg"
    path.write_bytes(photograph((3000, 2000)))

    made = making.picture(path)

    assert SECRET in path.read_bytes()
    assert SECRET not in made
    assert Image.open(io.BytesIO(made)).size == (900, 600)


@pytest.mark.parametrize(
    "content",
    [photograph()[:200], b"%PDF-1.7\nnothing\n%%EOF\n", b"GIF89a" + bytes(50)],
    ids=["cut", "no pages", "another kind"],
)
def test_what_cannot_be_drawn_is_not(tmp_path, content):
    """A file that cannot be drawn gives no picture, and harms nobody."""
    path = tmp_path / "file"
    path.write_bytes(content)

    for make in (making.picture, making.pages_of):
        with pytest.raises(making.CannotShow):
            make(path)


def test_picture_too_large_to_unpack(tmp_path):
    """A small file that unpacks to a picture of a thousand million points is not drawn."""
    path = tmp_path / "huge.png"
    Image.new("1", (32_000, 32_000)).save(path)

    with pytest.raises(making.CannotShow):
        making.picture(path)


def test_document_without_a_preview(browser, case):
    """A PDF that cannot be drawn is still there to be had."""
    number = given(case, b"%PDF-1.7\nnothing\n%%EOF\n", "odd.pdf")

    page = browser.get(f"/documents/{number}").text

    assert "There is no preview" in page
    assert f"/documents/{number}/file" in page


def test_document_held_back(browser, in_app, case):
    """The page of a file that is held back says why, and offers neither a preview nor the file."""
    number = given(case, TEST_STRING, "harmful.txt")
    waiting = browser.get(f"/documents/{number}").text

    scan_ground.work(in_app)
    page = browser.get(f"/documents/{number}").text

    assert "still being checked for viruses" in waiting
    assert "found something harmful in this file" in page
    assert "the test string of scanners" in page
    assert TEST_STRING.decode() not in page
    assert "/file" not in page
    assert browser.get(f"/documents/{number}/pages/1").status_code == 409


def test_page_says_that_nothing_real_looks(browser, case):
    """Where no scanner is set up, the page says so."""
    assert (
        "No scanner for viruses is set up here"
        in browser.get(f"/documents/{given(case, b'a', 'a.txt')}").text
    )


def test_strangers_find_no_page(in_app, case, monkeypatch):
    """For whom the document is not, there is no page, no picture and nothing to ask for."""
    number = given(case, photograph(), "square.jpg")
    browser = ground.browser_of(in_app, monkeypatch, bare.complainant(case))

    assert [browser.get(f"/documents/{number}{more}").status_code for more in ("", "/pages/1", "/file")] == [
        404
    ] * 3
    assert browser.post(f"/documents/{number}", data={"why": "own"}).status_code == 404
    assert browser.post(f"/documents/{number}/faces").status_code in (403, 404)


def test_outside_is_not_told_who_else_may_see_it(in_app, case, monkeypatch):
    """A complainant reads the facts of their own document, and not who else has it."""
    number = given(case, b"Mine.", "mine.txt", "internal", "complainant")

    page = ground.browser_of(in_app, monkeypatch, bare.complainant(case)).get(f"/documents/{number}").text

    assert "Mine." in page
    assert "Can be seen by" not in page


def test_document_said_to_show_faces(browser, in_app, case, owner):
    """Once staff say that a document shows faces, its preview too is asked for with a reason; the record says who said so."""
    number = given(case, pdf("A still from the camera"), "still.pdf")

    browser.post(f"/documents/{number}/faces")
    hidden = browser.get(f"/documents/{number}").text
    refused = browser.get(f"/documents/{number}/pages/1").status_code
    browser.post(f"/documents/{number}/faces")

    assert "<img" not in hidden
    assert refused == 403
    assert "<img" in browser.get(f"/documents/{number}").text
    assert owner.execute("select count(*) from entry where step = 'mark_faces'").fetchone() == (2,)
    assert bare.sentences(bare.proved(in_app)) == []


def test_versions_stay(browser, case):
    """A file given again under its name is a newer version; the older ones stay, and each leads to the others."""
    first, second, other = (
        given(case, content, name)
        for content, name in ((b"one", "log.txt"), (b"two", "log.txt"), (b"three", "rota.txt"))
    )
    newer = browser.get(f"/documents/{second}").text

    assert "Version 2" in newer
    assert f'href="/documents/{first}"' in newer
    assert f'href="/documents/{second}"' in browser.get(f"/documents/{first}").text
    assert "Versions" not in browser.get(f"/documents/{other}").text
    file = browser.get(f"/documents/{first}/file")
    assert file.data == b"one"
    file.close()
