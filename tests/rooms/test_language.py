"""The public chooses a language and keeps it; staff read English; a text with no Welsh stays English."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from flask import current_app
from rooms.complaint_pages import Anybody, answers, walk

from regulator import language, translating, words
from regulator.accounts.queries import bodies
from regulator.casework import editions
from regulator.complaints.questions import PAGES
from regulator.forms import NO_SCANNER
from regulator.language import ENGLISH, WELSH, _, ngettext, speaking
from regulator.translating import Text
from tests.rooms.browsing import Browser


def test_a_text_stays_english_where_there_is_no_welsh():
    """What is not in the catalogue is read in English, gaps filled."""
    with speaking(WELSH):
        assert _("Nobody says %(what)s", what="this") == "Nobody says this"


def test_days_are_said_in_welsh():
    """A day has its Welsh month, and English again outside."""
    with speaking(WELSH):
        assert words.day(date(2026, 3, 3)) == "3 Mawrth 2026"
    assert words.day(date(2026, 3, 3)) == "3 March 2026"


def test_numbers_have_their_own_form(monkeypatch):
    """Welsh has forms of its own for one, two, three, six and the rest."""
    known = language.Catalogue(
        {"%(num)s day": ("%(num)s diwrnod", "1 d", "2 ddiwrnod", "3 d", "6 d")},
        lambda n: min(n, 2),
        frozenset(),
    )
    monkeypatch.setattr(language, "catalogue", lambda _code: known)
    with speaking(WELSH):
        assert [ngettext("%(num)s day", "%(num)s days", n) for n in (0, 2)] == ["0 diwrnod", "2 ddiwrnod"]


def test_the_choice_is_remembered(app):
    """Whoever follows the link to Welsh comes back to the same page in Welsh, and finds the next one in Welsh too."""
    browser = Browser(app)
    answer = browser.get("/language/cy?next=/complain")

    assert answer.location == "/complain"
    assert '<html lang="cy"' in browser.get("/complain").text
    assert '<html lang="cy"' in browser.get("/").text
    assert 'href="/language/en?next=/"' in browser.get("/").text


@pytest.mark.parametrize("place", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere"])
def test_the_choice_leads_nowhere_else(app, place):
    """A link made by somebody else cannot use the change of language to lead away."""
    assert Browser(app).client.get("/language/cy", query_string={"next": place}).location == "/"


def test_a_language_there_is_not_changes_nothing(app):
    """A language we do not speak is not remembered."""
    browser = Browser(app)
    browser.get("/language/fr")

    assert '<html lang="en"' in browser.get("/").text


def test_those_who_work_with_us_read_english(app):
    """The door of those who work with us stands in English, whatever was chosen, and offers no other."""
    browser = Browser(app)
    browser.get("/language/cy")
    page = browser.get("/sign-in").text

    assert '<html lang="en"' in page
    assert "hreflang" not in page


def test_an_error_is_told_in_the_language_chosen(app):
    """A page that is not there is missing in Welsh too."""
    browser = Browser(app)
    browser.get("/language/cy")

    assert '<html lang="cy"' in browser.get("/nowhere").text


def test_welsh_says_that_it_awaits_a_check(app):
    """While any of the Welsh is unchecked, each Welsh page says so, and no English one."""
    browser = Browser(app)
    before = browser.get("/").text
    browser.get("/language/cy")

    assert "unchecked" not in before
    assert 'class="unchecked"' in browser.get("/").text


def test_no_translation_has_other_gaps():
    """A translation has the gaps of the English, or a word would be lost."""
    assert translating.gaps_that_differ(WELSH) == []


def test_the_catalogue_says_nothing_that_nobody_asks():
    """Welsh for a text that is gone is taken out."""
    assert translating.idle(translating.texts(editions.editions()), WELSH) == []


def test_every_text_has_its_welsh():
    """Nothing that the public may read is left in English alone."""
    assert translating.missing(translating.texts(editions.editions()), WELSH) == []


def test_english_is_plain():
    """What the public reads is read with ease at the age of eleven, by a measure that finds statutes hard."""
    assert translating.reading_age(translating.texts(editions.editions())) <= 11
    statute = "The Commissioner may, by reference to such considerations as appear to the Commissioner appropriate, determine it."
    assert translating.reading_age([Text(statute, "")]) > 16


class Marked(dict):
    """A language in which every text is the English between brackets."""

    def get(self, text, _otherwise=None):
        return f"⟦{text}⟧"

    def __contains__(self, _text):
        return True


SAID = re.compile(r"⟦[^⟦⟧]*⟧")
AS_IT_IS = re.compile(
    r"English|Cymraeg|[\w.]+@[\w.]+|\b[A-Z0-9]{1,4}(-[A-Z0-9]{4})+\b|\b\d[\d ]* \w+ \d{4}|ico\.org\.uk"
)


def said_otherwise(page, data):
    """What stands on a page outside the catalogue, without what is nobody’s to translate."""
    body = re.sub(r"<(script|style|head)\b[\s\S]*?</\1>", "", page.text)
    left = html.unescape(re.sub(r"<[^>]+>", "\n", body))
    while SAID.search(left):
        left = SAID.sub("", left)
    for one in data:
        left = left.replace(one, "")
    return [line.strip() for line in AS_IT_IS.sub("", left).splitlines() if re.search(r"[A-Za-z]{2}", line)]


PLACES = (
    "/",
    "/complain",
    "/complain/come-back",
    "/complaint",
    "/complaint/lost-code",
    "/leave",
    "/published",
)


def test_nothing_stands_outside_the_catalogue(app, monkeypatch):
    """In a language made up for it, no page on the way of a complaint has a word of English that is marked nowhere."""
    whole = language.Catalogue(Marked(), lambda _n: 0, frozenset())
    monkeypatch.setattr(language, "catalogue", lambda _code: whole)
    with app.app_context():
        data = [
            NO_SCANNER,
            *(body.name for body in bodies()),
            current_app.extensions["regulator"].regulator_name,
        ]
    given = answers(app)
    browser = Anybody(app)
    browser.get("/language/cy")
    left = {path: said_otherwise(browser.get(path), data) for path in PLACES}
    walk(browser, given)
    asked = [f"/complain/form/{page.name.replace('_', '-')}" for page in PAGES]
    for path in (*asked, "/complain/code", "/complain/check"):
        left[path] = said_otherwise(browser.get(path), [*data, *given.values()])
    left["sent"] = said_otherwise(browser.get(browser.send("/complain/check").location), data)

    assert {path: said for path, said in left.items() if said} == {}


def test_english_is_what_is_spoken_outside_a_request(app):
    """A request in Welsh leaves no Welsh behind."""
    browser = Browser(app)
    browser.get("/language/cy")
    browser.get("/")

    assert language.spoken() == ENGLISH
