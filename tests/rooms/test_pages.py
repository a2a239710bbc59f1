"""The page shell and its forms, on an application made for the purpose: no room and no database."""

import io
import re
from datetime import UTC, date, datetime
from functools import cache

import html5lib
import pytest
from flask import Flask, render_template, render_template_string
from werkzeug.datastructures import FileStorage

from config import Config
from regulator import log, pages
from regulator.errors import Conflict, Invalid, Missing, NotNow, Refused, TooMany
from regulator.forms import Choice, PageForm, field

PAGE = """{% extends "layout/question.html" %}{% set title = "What happened?" %}"""
KEY = "0b6f3b0e-3c0e-4b52-9b6b-0a4d5bb3a8a1"


class Story(PageForm):
    """One question of each kind."""

    name = field("text", "Your name", message="Enter your name")
    words = field("textarea", "What happened?", message="Say what happened")
    mail = field("email", "Email address", required=False)
    happened = field("date", "When did it happen?", message="Enter the date it happened")
    told = field("moment", "When were you told?", required=False)
    kind = field(
        "radios",
        "Which kind?",
        choices=[Choice("live", "Live"), Choice("retro", "Retrospective", "From a picture")],
    )
    seen = field(
        "checkboxes", "Who saw it?", required=False, choices=[Choice("me", "I did"), Choice("you", "You")]
    )
    body = field("select", "Which force?", required=False, choices=[Choice("swp", "South Wales Police")])
    papers = field("file", "Documents", required=False)
    secret = field("password", "Password", required=False)
    sure = field("confirm", "It is true", message="Confirm that it is true")


GOOD = {
    "name": " Rhys\x00 Bowen ",
    "words": "First.\r\nThen.",
    "happened": ["3", "March", "2026"],
    "kind": "live",
    "sure": "yes",
    "key": KEY,
    "token": "7",
}


def story():
    """The page of the form above; what was answered is kept for the test to look at."""
    form = Story(token="7")
    if form.submitted():
        answered.append(form)
        return "Thank you"
    return render_template_string(PAGE, form=form)


answered: list[PageForm] = []
RAISED = {
    "missing": Missing("There is no such case"),
    "refused": Refused("this is for a manager"),
    "not-now": NotNow("Item 3 has no answer yet"),
    "conflict": Conflict("Owen Parry changed it"),
    "invalid": Invalid("The date is before the case"),
    "too-many": TooMany("Wait ten minutes"),
    "bug": ZeroDivisionError("a private detail"),
}


def made(environment="development", csrf=False):
    """An application with the shell and a few views."""
    app = Flask("regulator")
    app.config.update(SECRET_KEY="k" * 40, WTF_CSRF_ENABLED=csrf, MAX_CONTENT_LENGTH=200_000)
    settings = {"ENVIRONMENT": environment, "SECRET_KEY": "s" * 40, "SMTP_URL": "smtp://mail.example.test"}
    if environment == "production":
        settings["PUBLIC_URL"] = "https://regulator.example.test"
    app.extensions["regulator"] = Config.development(**settings)
    log.init(app)
    pages.init(app)
    app.add_url_rule("/story", view_func=story, methods=["GET", "POST"])
    app.add_url_rule("/raise/<name>", "raise", lambda name: raised(RAISED[name]))
    return app


def raised(error):
    """Raises what it is given, as a view would."""
    raise error


@cache
def shared():
    """The application that most tests look at; made once, for compiling templates takes a while."""
    return made()


@pytest.fixture
def client():
    """A browser of sorts, before an application that does not ask for the token against forged forms."""
    answered.clear()
    return shared().test_client()


def send(client, **changes):
    """Sends the form with these answers changed."""
    sent = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return client.post("/story", data=sent)


def text_of(response):
    """What a page says, without markup."""
    tree = html5lib.parse(response.text, namespaceHTMLElements=False)
    return re.sub(r"\s+", " ", "".join(tree.itertext()))


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


def test_answers(client):
    """What is answered comes out cleaned and typed, without the plumbing."""
    send(client, told=["3", "7", "2026", "5pm"], seen=["you", "me"])

    assert answered[0].answers == {
        "name": "Rhys Bowen",
        "words": "First.\nThen.",
        "mail": None,
        "happened": date(2026, 3, 3),
        "told": datetime(2026, 7, 3, 16, tzinfo=UTC),
        "kind": "live",
        "seen": ["me", "you"],
        "body": None,
        "papers": [],
        "secret": None,
        "sure": True,
    }


def test_moment_without_a_time(client):
    """A moment whose time is not known is a day."""
    send(client, told=["3", "7", "2026", ""])

    assert answered[0].answers["told"] == date(2026, 7, 3)


def test_files(client):
    """Several files come in one question, and the browser is told that files may come."""
    papers = [(io.BytesIO(b"one"), "one.pdf"), (io.BytesIO(b"two"), "two.pdf")]
    send(client, papers=papers)

    assert [file.filename for file in answered[0].answers["papers"]] == ["one.pdf", "two.pdf"]
    assert 'enctype="multipart/form-data"' in client.get("/story").text


def test_plumbing(client):
    """A page carries the version it shows and a key of its own, and both come back with the answers."""
    first, second = (re.search(r'name="key" value="([^"]+)"', client.get("/story").text)[1] for _ in range(2))
    send(client)

    assert first != second
    assert (answered[0].key.data, answered[0].token.data) == (KEY, "7")


def test_key_is_kept(client):
    """After an error the page carries the same key, so that sending the mended form acts once."""
    assert f'name="key" value="{KEY}"' in send(client, name="").text


def test_forged_key_is_replaced(client):
    """A key that is no key is not taken from the browser."""
    send(client, key="drop table")

    assert answered[0].key.data != "drop table"


@pytest.mark.parametrize(
    ("changes", "sentence", "target"),
    [
        ({"name": "  "}, "Enter your name", "#name"),
        ({"name": "x" * 501}, "Use 500 characters or fewer; this has 501", "#name"),
        ({"words": None}, "Say what happened", "#words"),
        ({"happened": ["", "", ""]}, "Enter the date it happened", "#happened-day"),
        ({"happened": ["3", "13", "2026"]}, "Month must be between 1 and 12", "#happened-month"),
        ({"happened": ["3"]}, "The date must include a month and a year", "#happened-month"),
        ({"told": ["3", "3", "2026", "soon"]}, "Time must be like 15:30 or 3:30pm", "#told-time"),
        ({"mail": "rhys"}, "Enter an email address in the right form, like name@example.org", "#mail"),
        ({"kind": None}, "Answer “Which kind?”", "#kind"),
        ({"kind": "other"}, "Choose one of the answers given", "#kind"),
        ({"seen": ["other"]}, "Choose from the answers given", "#seen"),
        ({"body": "other"}, "Choose one of the answers given", "#body"),
        ({"sure": None}, "Confirm that it is true", "#sure"),
    ],
)
def test_problem(client, changes, sentence, target):
    """A wrong answer gets its own sentence, in the summary and beside the question, leading to the box at fault."""
    page = send(client, **changes)

    assert f'<a href="{target}">{sentence}</a>' in page.text
    assert text_of(page).count(sentence) == 2
    assert f'id="{target[1:]}"' in page.text
    assert "<title>Error: What happened?" in page.text
    assert not answered


def test_what_was_typed_is_kept(client):
    """After an error everything typed still stands in its box, wrong or right."""
    typed = {
        "name": "",
        "happened": ["32", "March", "26"],
        "told": ["1", "2", "2026", "half past"],
        "mail": "rhys@",
    }
    page = send(client, **typed, words="My <words>", body="swp", seen=["me"])

    for value in ("32", "March", "26", "half past", "rhys@"):
        assert f'value="{value}"' in page.text
    assert "My &lt;words&gt;" in page.text
    for choice in ("live", "me", "yes"):
        assert re.search(rf'value="{choice}" checked', page.text)
    assert re.search(r'value="swp" selected', page.text)


def test_password_is_not_kept(client):
    """A password is the one thing that a page does not give back."""
    assert "hunter2-hunter2" not in send(client, name="", secret="hunter2-hunter2").text


def test_files_must_be_chosen_again(client):
    """After an error the page names the files to choose again, for no browser keeps them."""
    page = send(client, name="", papers=[(io.BytesIO(b"one"), "one.pdf")])

    assert "Choose ‘one.pdf’ again: your browser does not keep files" in text_of(page)


def test_known_answers_are_shown():
    """A form made with what is known already shows it, a moment in London time."""
    with shared().test_request_context("/story"):
        known = {"happened": date(2026, 3, 9), "told": datetime(2026, 7, 3, 16, tzinfo=UTC), "name": "Rhys"}
        drawn = "".join(question() for question in Story(data=known).asked)

    for value in ("Rhys", "9", "17:00"):
        assert f'value="{value}"' in drawn


def test_refusal_of_the_rules(client):
    """A sentence of the rules stands beside the question it is about, or over the form."""
    with client.application.test_request_context("/story", method="POST", data=GOOD):
        form = Story()
        assert form.submitted()
        form.refuse(NotNow("Item 3 has no answer yet"))
        form.refuse(Invalid("The date is before the case", field="happened"))

        shown = [(problem.text, problem.href) for problem in form.problems]

    assert shown == [
        ("Item 3 has no answer yet", ""),
        ("The date is before the case", "#happened-day"),
    ]


def test_somebody_was_quicker(client):
    """When somebody else was quicker the page shows what changed, keeps what was typed and takes the new version."""
    with client.application.test_request_context("/story", method="POST", data=GOOD):
        form = Story(token="8")
        assert form.submitted()
        form.stale([("Stage", "Decided")], token="8")
        page = render_template_string(PAGE, form=form)

    assert "This changed while you were writing" in page
    assert "Decided" in page
    assert 'value=" Rhys' in page
    assert 'name="token" value="8"' in page


def test_reserved_name():
    """A question may not be called what every form has already, and the mistake is named at once."""
    with pytest.raises(TypeError, match="a question cannot be called “answers”"):
        type("Wrong", (PageForm,), {"answers": field("text", "Answers")})


def test_unknown_kind():
    """A kind of question there is not is refused when the form is written."""
    with pytest.raises(ValueError, match="'poem'"):
        field("poem", "Your poem")


def test_forged_form():
    """A form without the token is refused, and long answers are given back so that no writing is lost."""
    client = made(csrf=True).test_client()
    page = client.post("/story", data=GOOD | {"words": "A long story. " * 9, "secret_password": "p" * 99})

    assert page.status_code == 400
    assert "This page was open for too long" in text_of(page)
    assert "A long story. A long story." in text_of(page)
    assert "p" * 99 not in page.text


def test_form_with_its_token():
    """A form with the token of its session is taken, however long it was open."""
    app = made(csrf=True)
    client = app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/story").text)[1]
    answered.clear()

    assert send(client, csrf_token=token).text == "Thank you"
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None


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


def test_file_answers_are_files():
    """A text sent where a file belongs is no file."""
    with shared().test_request_context("/story", method="POST", data=GOOD | {"papers": "not a file"}):
        form = Story()

        assert not any(isinstance(file, FileStorage) for file in form.answers["papers"])
