"""As each person, follow every link from home: each page answers, is well made, asks little, and writes nothing but a look."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

import psycopg
import pytest
from flask import Flask

from regulator import moments
from regulator.access import BODY, REGULATOR
from regulator.accounts import demonstration
from regulator.casework import editions
from regulator.db import db, in_one_go
from regulator.seed import telling
from tests.linting import faults, read
from tests.rooms.browsing import Browser

ROLES = (*REGULATOR, "administrator", *BODY, "body_administrator", "oversight_contact")

MOST_STATEMENTS = 40
EVERY = ("casework.show", "desk.case")
ENOUGH, STEPS = 10, 4
"""Of other pages that differ only in which body, letter or case they are about, so many; of the page of each step, so many."""
UNMOVED = {
    "the ledger": "select count(*) from entry",
    "letters": "select count(*) from letter",
    "the outbox": "select count(*) from outbox",
    "jobs": "select count(*) from jobs.procrastinate_jobs",
    "rolled back": "select xact_rollback from pg_stat_database where datname = current_database()",
}
LOOKS = "select count(*) from reading where case_id is not null"
UNSHARED = """
    select left(what_happened, 30) from complaint where what_happened <> ''
    union all
    select name from participant where name <> '' and not shares_identity
"""
STRANGERS = """
    select reference from case_file where id not in (
        select case_id from participant where name in (
            select name from participant join case_file on case_file.id = case_id where reference = %s
        )
    )
    and reference <> %s
    and id not in (select case_id from publication)
"""
CONNECTED = (
    "select count(*) from pg_stat_activity where datname = current_database() and usename = 'regulator_app'"
)


@dataclass(frozen=True)
class Place:
    """Where the seed story was told.

    emails: of one person for each role; codes: by the reference of each complaint; unshared: words no body may read
    """

    app: Flask
    emails: Mapping[str, str]
    codes: Mapping[str, str]
    unshared: Sequence[str]


@pytest.fixture(scope="module")
def place(kept_app, catalogue) -> Place:
    """The seed story, told once for all these tests."""
    with kept_app.app_context():
        with in_one_go():
            telling.tell()
        roles = {role.label: role.name for role in editions.current().roles.values()}
        emails = {roles[one.role]: one.email for one in demonstration.sign_ins()}
        told = telling._story(moments.today()).cases
        codes = {one.reference: telling.code_of(one.label) for one in told if one.kind.name == "complaint"}
    return Place(kept_app, emails, codes, [words for (words,) in catalogue.execute(UNSHARED)])


@dataclass
class Page:
    """What came back for an address."""

    path: str
    status: int
    statements: int
    markup: str = ""
    wrong: list[str] = field(default_factory=list)


def links(tree: Element, path: str) -> Iterator[str]:
    """Every place of ours that a link on the page leads to, but for the same page in another language."""
    for one in tree.iter("a"):
        if one.get("hreflang"):
            continue
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
                if self.is_new(path):
                    self.waiting.append(path)

    def is_new(self, path: str) -> bool:
        """Whether too few pages like this one were met: those of one endpoint, and of one step."""
        endpoint, given = self.app.url_map.bind("here").match(path.partition("?")[0])
        kind = str(endpoint), str(given.get("step", ""))
        self.alike[kind] += 1
        return endpoint in EVERY or self.alike[kind] <= (STEPS if kind[1] else ENOUGH)

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
    while owner.execute(CONNECTED).fetchone() != (0,):
        pass
    return [owner.execute(one).fetchone()[0] for one in asked]


@contextmanager
def nothing_moved(app: Flask, owner: psycopg.Connection) -> Iterator[None]:
    """Whatever is looked at within: no entry, letter, message or job comes of it, and nothing is rolled back."""
    before = counted(app, owner, *UNMOVED.values())
    yield
    after = counted(app, owner, *UNMOVED.values())
    assert dict(zip(UNMOVED, after, strict=True)) == dict(zip(UNMOVED, before, strict=True))


def test_every_stage_is_in_the_story(place, catalogue):
    """The seed story has a complaint at every stage, so that no page of one is left out here."""
    there = {stage for (stage,) in catalogue.execute("select stage from case_file where kind = 'complaint'")}

    assert there == set(editions.current().kinds["complaint"].stages)


@pytest.mark.parametrize("role", ROLES)
def test_every_link(place, catalogue, role):
    """Somebody with this role finds a whole page behind every link, and looking leaves nothing but the look."""
    browser = Browser(place.app).sign_in(place.emails[role])
    (looks,) = counted(place.app, catalogue, LOOKS)
    with nothing_moved(place.app, catalogue):
        walk = Walk(browser)

    assert walk.wrong == {}
    assert (counted(place.app, catalogue, LOOKS) > [looks]) == (role in (*REGULATOR, *BODY))
    assert role in (*REGULATOR, *BODY) or walk.says(*place.codes) == {}
    assert role in REGULATOR or walk.says(*place.unshared) == {}


def test_every_link_of_the_public(place, catalogue):
    """So does anybody who has not signed in, to whom no page names a case or somebody who complained."""
    with nothing_moved(place.app, catalogue):
        walk = Walk(Browser(place.app))

    assert walk.wrong == {}
    assert walk.says(*place.codes, *place.unshared) == {}


@pytest.mark.parametrize("stage", editions.current().kinds["complaint"].stages)
def test_every_link_of_a_complainant(place, catalogue, stage):
    """So does somebody who opened a complaint with its code, wherever it stands: no page names a stranger’s.

    What the register publishes is everybody’s.
    """
    asked = "select reference from case_file where stage = %s order by id limit 1"
    (reference,) = catalogue.execute(asked, (stage,)).fetchone()
    strangers = [other for (other,) in catalogue.execute(STRANGERS, (reference, reference))]
    browser = Browser(place.app)
    assert browser.send("/complaint", reference=reference, code=place.codes[reference]).status_code == 302
    with nothing_moved(place.app, catalogue):
        walk = Walk(browser)

    assert walk.wrong == {}
    assert reference in walk.pages[0].markup
    assert walk.says(*strangers) == {}
