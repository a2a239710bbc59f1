"""As each person, follow every link from home: each page answers, is well made, asks little, and writes nothing but a look."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

import make
import psycopg
import pytest
from flask import Flask

from regulator.access import BODY, REGULATOR
from regulator.db import db
from tests import town
from tests.linting import faults, read
from tests.rooms.browsing import Browser
from tests.town import ROLES, Town

MOST_STATEMENTS = 40
ENOUGH = 25
"""Of pages that differ only in which body, person or case they are about, so many are looked at."""
UNMOVED = {
    "the ledger": "select count(*) from entry",
    "letters": "select count(*) from letter",
    "the outbox": "select count(*) from outbox",
    "jobs": "select count(*) from jobs.procrastinate_jobs",
    "rolled back": "select xact_rollback from pg_stat_database where datname = current_database()",
}
LOOKS = "select count(*) from reading where case_id is not null"
OTHERS = (
    "select count(*) from pg_stat_activity where datname = current_database() and usename = 'regulator_app'"
)


@pytest.fixture(scope="module")
def place(kept_app) -> Town:
    """A case at every stage, and somebody for each role."""
    with kept_app.app_context():
        return town.built(kept_app)


@dataclass
class Page:
    """What came back for an address."""

    path: str
    status: int
    statements: int
    markup: str = ""
    wrong: list[str] = field(default_factory=list)


def links(tree: Element, path: str) -> Iterator[str]:
    """Every place of ours that a link on the page leads to."""
    for one in tree.iter("a"):
        to = urlsplit(urldefrag(urljoin(f"http://here{path}", one.get("href") or "")).url)
        if (to.scheme, to.netloc) == ("http", "here"):
            yield to.path + (f"?{to.query}" if to.query else "")


class Heard(logging.Handler):
    """The last line that the application wrote of a request."""

    facts: dict[str, object]

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps it."""
        self.facts = record.facts


@contextmanager
def hearing() -> Iterator[Heard]:
    """Hear what the application says of each request."""
    heard, log = Heard(), logging.getLogger("regulator.request")
    log.addHandler(heard)
    try:
        yield heard
    finally:
        log.removeHandler(heard)


class Walk:
    """One person’s walk through every link from home, each page once."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.app = browser, browser.app
        self.waiting, self.met = deque(["/"]), {"/"}
        self.alike: Counter[tuple[str, str]] = Counter()
        self.pages: list[Page] = []
        with hearing() as self.heard:
            while self.waiting:
                self.open(self.waiting.popleft())

    def open(self, path: str) -> None:
        """Look at a page, and note where it leads."""
        answer = self.browser.get(path)
        if answer.location:
            return self.note(iter([urljoin(path, answer.location)]))
        page = Page(path, answer.status_code, int(str(self.heard.facts["queries"])))
        if answer.mimetype == "text/html":
            whole, page.markup = read(answer.text), answer.text
            page.wrong = faults(whole)
            self.note(links(whole.tree, path))
        answer.close()
        if page.status != 200:
            page.wrong.append(f"answered {page.status}")
        if page.statements > MOST_STATEMENTS:
            page.wrong.append(f"asked the database {page.statements} times")
        self.pages.append(page)
        return None

    def note(self, found: Iterator[str]) -> None:
        """Go on to what was not met yet, unless enough like it was."""
        for path in found:
            if path not in self.met:
                self.met.add(path)
                kind = self.kind(path)
                self.alike[kind] += 1
                if self.alike[kind] <= ENOUGH:
                    self.waiting.append(path)

    def kind(self, path: str) -> tuple[str, str]:
        """The endpoint of an address, and the step it is of."""
        endpoint, given = self.app.url_map.bind("here").match(path.partition("?")[0])
        return str(endpoint), str(given.get("step", ""))

    @property
    def wrong(self) -> dict[str, list[str]]:
        """What is wrong with each page, by its address."""
        return {page.path: page.wrong for page in self.pages if page.wrong}

    def says(self, *texts: str) -> dict[str, list[str]]:
        """The pages on which any of these stands."""
        found = {page.path: [text for text in texts if text in page.markup] for page in self.pages}
        return {path: said for path, said in found.items() if said}


def counted(app: Flask, owner: psycopg.Connection, *asked: str) -> list[int]:
    """Counts of the database, once every connection of the application’s has ended and told what it did."""
    with app.app_context():
        db.engine.dispose()
    while owner.execute(OTHERS).fetchone() != (0,):
        pass
    return [owner.execute(one).fetchone()[0] for one in asked]


@contextmanager
def nothing_moved(app: Flask, owner: psycopg.Connection) -> Iterator[None]:
    """Whatever is looked at within: no entry, letter, message or job comes of it, and nothing is rolled back."""
    before = counted(app, owner, *UNMOVED.values())
    yield
    after = counted(app, owner, *UNMOVED.values())
    assert dict(zip(UNMOVED, after, strict=True)) == dict(zip(UNMOVED, before, strict=True))


@pytest.mark.parametrize("role", ROLES)
def test_every_link(place, catalogue, role):
    """Somebody with this role finds a whole page behind every link, and looking leaves nothing but the look."""
    browser = Browser(place.app).sign_in(place.emails[role])
    (looks,) = counted(place.app, catalogue, LOOKS)
    with nothing_moved(place.app, catalogue):
        walk = Walk(browser)

    assert walk.wrong == {}
    sees_cases = role in (*REGULATOR, *BODY)
    assert (counted(place.app, catalogue, LOOKS) > [looks]) == sees_cases
    assert sees_cases or walk.says(*(reference for reference, _ in place.cases.values())) == {}
    assert role in REGULATOR or walk.says("Ada Example", town.WHAT_HAPPENED) == {}


def test_every_link_of_the_public(place, catalogue):
    """So does anybody who has not signed in, to whom no page names a case or a person."""
    with nothing_moved(place.app, catalogue):
        walk = Walk(Browser(place.app))

    assert walk.wrong == {}
    assert walk.says("Ada Example", "Jones", *(reference for reference, _ in place.cases.values())) == {}


@pytest.mark.parametrize("name", [*make.PATHS, "full", "paused"])
def test_every_link_of_a_complainant(place, catalogue, name):
    """So does somebody who opened a complaint with its code, wherever it stands, and no page names another case."""
    reference, code = place.cases[name]
    browser = Browser(place.app)
    assert browser.send("/complaint", reference=reference, code=code).status_code == 302
    with nothing_moved(place.app, catalogue):
        walk = Walk(browser)

    assert walk.wrong == {}
    assert reference in walk.pages[0].markup
    assert walk.says(*(other for other, _ in place.cases.values() if other != reference)) == {}
