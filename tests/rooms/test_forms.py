"""What a form makes of what people type, and how it keeps it."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from flask import render_template_string
from werkzeug.datastructures import FileStorage

from regulator.errors import Invalid, NotNow
from regulator.forms import PageForm, field
from tests.rooms.shell import GOOD, KEY, PAGE, Story, answered, made, send, shared, text_of


@pytest.fixture
def client():
    """A browser of sorts, before an application that does not ask for the token against forged forms."""
    answered.clear()
    return shared().test_client()


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


def test_file_answers_are_files():
    """A text sent where a file belongs is no file."""
    with shared().test_request_context("/story", method="POST", data=GOOD | {"papers": "not a file"}):
        form = Story()

        assert not any(isinstance(file, FileStorage) for file in form.answers["papers"])
