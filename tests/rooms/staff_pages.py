"""Staff at their pages: a client that is somebody, forms filled in with what each page carries, statements counted."""

import re
from contextlib import contextmanager

import html5lib
import sqlalchemy as sa

from regulator.access import Visitor
from regulator.actors import Actor, Side
from regulator.db import db

HIDDEN = re.compile(r'<input type="hidden" name="(csrf_token|token|key|draft)" value="([^"]*)">')


class At:
    """A browser in which one person is signed in, whatever their sign-in would have asked."""

    def __init__(self, app, by: Actor):
        self.by = by
        self.client = app.test_client()
        self.ident = f"claim:{by.case_id}" if by.side is Side.complainant else f"person:{by.person_id}"
        self.people = app.extensions.setdefault("people of tests", {})
        self.people[self.ident] = by
        app.login_manager.request_loader(self._who)

    def _who(self, request):
        by = self.people.get(request.headers.get("X-Person", ""))
        return Visitor(by, request.headers["X-Person"]) if by else None

    def get(self, path):
        """A page as this person sees it."""
        return self.client.get(path, headers={"X-Person": self.ident})

    def post(self, path, data):
        """A form sent as it is."""
        return self.client.post(
            path, data=data, headers={"X-Person": self.ident}, content_type="multipart/form-data"
        )

    def drawn(self, path):
        """What a page’s form carries unseen."""
        return dict(HIDDEN.findall(self.get(path).text))

    def send(self, path, **answers):
        """A page opened, filled in and sent."""
        return self.post(path, {**self.drawn(path), **answers})


def words(page):
    """What a page says, its spaces made single."""
    main = html5lib.parse(page.text, namespaceHTMLElements=False).find(".//main")
    return " ".join(" ".join(main.itertext()).split())


def errors(page):
    """The lines of the error summary."""
    tree = html5lib.parse(page.text, namespaceHTMLElements=False)
    lists = [one for one in tree.iter("ul") if "govuk-error-summary__list" in (one.get("class") or "")]
    return ["".join(item.itertext()).strip() for one in lists for item in one.iter("li")]


@contextmanager
def statements(app):
    """Every statement sent to the database meanwhile."""
    sent = []

    def hear(_connection, _cursor, statement, *_):
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", hear)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", hear)
