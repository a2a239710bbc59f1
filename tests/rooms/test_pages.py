"""What every page has and carries, and what errors look like."""

import io
import re

import html5lib
import pytest
from flask import render_template

from regulator import pages
from tests.rooms.shell import RAISED, made, raised, send, shared, text_of


@pytest.fixture
def client():
    """A browser of sorts, before an application that does not ask for the token against forged forms."""
    return shared().test_client()


def test_page_is_valid(client):
    """A page is markup that a strict parser accepts, with one heading and a title that says it."""
    page = client.get("/story")

    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page.text)
    assert [heading.text for heading in tree.iter("h1")] == ["What happened?"]
    assert tree.find(".//title").text.startswith("What happened? – ")


def test_strict_policy(client):
    """A page may load nothing but its own style, script, pictures and font, and be framed by nobody."""
    headers = client.get("/story").headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_https_only_in_production():
    """Only in production are browsers told to come back over https alone."""
    kept = [made(where).test_client().get("/story").headers for where in ("development", "production")]

    assert ["Strict-Transport-Security" in headers for headers in kept] == [False, True]


def test_no_inline_style_or_script(client):
    """No page carries style or script of its own, which the policy would refuse."""
    page = send(client, name="", happened=["32", "3", "2026"]).text

    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/static/regulator.css?v=abc", "immutable"),
        ("/static/govuk-frontend-6.3.0.min.js", "immutable"),
        ("/static/fonts/atkinson-hyperlegible-next-5.3.0-latin-400.woff2", "immutable"),
        ("/static/regulator.css", "no-cache"),
    ],
)
def test_static_files(client, path, kept):
    """A file whose address names its version is kept for ever; another is asked for again."""
    with client.get(path) as response:
        assert kept in response.headers["Cache-Control"]


def test_nothing_of_govuk_alone(client):
    """The style sheet names no font, crest or picture of GOV.UK, and fetches nothing but our typeface."""
    sheets = [path.read_text() for path in pages.STATIC.glob("*.css")]

    assert not any("GDS Transport" in sheet or "crest" in sheet for sheet in sheets)
    assert {
        url for sheet in sheets for url in re.findall(r'url\("?([^")]+)', sheet) if "fonts/" not in url
    } == set()


def test_named_files_exist():
    """Every font that the style sheet names is there, and so is what the script imports."""
    named = re.findall(r'url\("([^"]+)"\)', (pages.STATIC / "regulator.css").read_text())
    imported = re.findall(r'from "\./([^"]+)"', (pages.STATIC / "init.js").read_text())

    assert named
    assert all((pages.STATIC / name).exists() for name in named + imported)


@pytest.mark.parametrize(
    ("name", "status", "title", "sentence"),
    [
        ("missing", 404, "Page not found", "There is no such case."),
        ("refused", 403, "You cannot do this", "This is for a manager."),
        ("not-now", 409, "This cannot be done now", "Item 3 has no answer yet."),
        ("conflict", 409, "Somebody else was quicker", "Owen Parry changed it."),
        ("invalid", 422, "Something needs to be changed", "The date is before the case."),
        ("too-many", 429, "Too many attempts", "Wait ten minutes."),
    ],
)
def test_refusals(client, name, status, title, sentence):
    """A refusal is a page with the rule’s own sentence."""
    page = client.get(f"/raise/{name}")

    assert page.status_code == status
    assert f"<title>Error: {title} – " in page.text
    assert sentence in text_of(page)


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [("get", "/nowhere", 404, "Page not found"), ("post", "/raise/bug", 405, "That cannot be done here")],
)
def test_errors_of_http(client, method, path, status, title):
    """An address that is wrong gets a page that says what to do."""
    page = getattr(client, method)(path)

    assert (page.status_code, title in text_of(page)) == (status, True)
    assert page.headers["Content-Security-Policy"]


def test_too_large(client):
    """More than may be sent at once gets a page that says so."""
    page = send(client, papers=[(io.BytesIO(b"x" * 300_000), "large.pdf")])

    assert page.status_code == 413
    assert "That is too much to send at once" in text_of(page)


def test_bug(client):
    """A bug shows the number of the request and nothing of the fault."""
    page = client.get("/raise/bug")

    assert page.status_code == 500
    assert page.headers["X-Request-Id"] in text_of(page)
    assert "private" not in page.text


def test_bug_in_the_shell():
    """A fault in what every page shows still gets a page."""
    app = made()
    app.context_processor(lambda: raised(RAISED["bug"]))

    page = app.test_client().get("/story")

    assert page.status_code == 500
    assert "Sorry, something went wrong" in text_of(page)


@pytest.mark.parametrize(
    ("before", "is_led_back"), [("http://localhost/cases", True), ("http://evil.test/", False)]
)
def test_way_back(client, before, is_led_back):
    """An error page leads back to the page of ours that led there, and to no other site."""
    page = client.get("/raise/not-now", headers={"Referer": before})

    assert (f'href="{before}"' in page.text) is is_led_back


def test_who_is_signed_in():
    """Every page says who is signed in and as what, with a button that signs out by POST, and where one is."""
    app = made(csrf=True)
    shell = {
        "signed_in": pages.SignedIn("Gwen Pryce", "Caseworker", "/sign-out"),
        "navigation": [
            pages.Place("My work", "/story", active=True, count=4),
            pages.Place("Search", "/search"),
        ],
    }
    app.context_processor(lambda: shell)
    page = app.test_client().get("/story")

    assert "Gwen Pryce Caseworker" in text_of(page)
    assert re.search(r'method="post" action="/sign-out">\s*<input type="hidden" name="csrf_token"', page.text)
    assert page.text.count('aria-current="page"') == 1


def test_error_page_for_kept_words(client):
    """The error page escapes what it gives back."""
    with client.application.test_request_context("/story"):
        trouble = type("T", (), {"title": "T", "happened": "H", "advice": "A"})
        page = render_template("errors/trouble.html", trouble=trouble, kept=["<script>alert(1)</script>"])

    assert "<script>alert" not in page
