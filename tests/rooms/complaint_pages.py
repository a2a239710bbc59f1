"""Somebody who is not signed in, with a browser of their own, and the people of a complaint at their pages."""

import re

import make
from rooms.staff_pages import HIDDEN, At

from regulator.accounts.codes import hash_code, new_code

CODES = re.compile(r'<p class="code__value">([^<]+)</p>')
PAGE = re.compile(r"/complain/form/([a-z-]+)")
ANSWERS = {
    "technology": "lfr",
    "what_happened": "They stopped me at the market.\n\nA camera had matched me, they said.",
    "when_known": "approximate",
    "happened_when": "In the spring",
    "own_data": "yes",
    "allegations": "The match was wrong\n\nNobody told me",
    "force_first": "no",
    "proceedings": "none",
    "complaining_for": "myself",
    "name": "Ada Example",
    "shares_identity": "no",
    "is_vulnerable": "no",
    "contact_by": "email",
    "email": "ada@example.test",
    "way_back": "approval",
}


class Anybody:
    """A browser in which nobody is signed in; it keeps its cookies."""

    def __init__(self, app):
        self.client = app.test_client()

    def get(self, path):
        """A page."""
        return self.client.get(path)

    def drawn(self, path):
        """What a page’s form carries unseen."""
        return dict(HIDDEN.findall(self.get(path).text))

    def post(self, path, data):
        """A form sent as it is."""
        return self.client.post(path, data=data, content_type="multipart/form-data")

    def send(self, path, to=None, **answers):
        """A page opened, filled in and sent; `to` where its button leads elsewhere."""
        return self.post(to or path, {**self.drawn(path), **answers})


EARLY = {"subject": "technology", "nation": "england"}


def answers(app, **more):
    """What somebody types who complains, about the Metropolitan Police."""
    with app.app_context():
        return {"body": str(make.body_id()), **EARLY, **ANSWERS, **more}


def walk(browser, given, path="/complain/form/organisation"):
    """Answer page after page as the service leads; returns the page where it ends or where an answer is refused."""
    while PAGE.fullmatch(path):
        page = browser.send(path, **{name: said for name, said in given.items() if name != "files"})
        if page.status_code == 200:
            return page
        path = page.location
        if path in ("/complain/code", "/complain/elsewhere"):
            path = "/complain/form/technology"
    return browser.get(path)


def send(browser, app, **more):
    """Answer every page and send the complaint; returns what comes back."""
    given = answers(app, **more)
    refused = walk(browser, given)
    if "Check your answers" not in refused.text:
        return refused
    return browser.send("/complain/check", **({"files": given["files"]} if "files" in given else {}))


def complain(browser, app, **more):
    """Send a complaint from a browser; returns the reference and the code it is shown."""
    sent = send(browser, app, **more)
    assert sent.status_code == 302, sent.text
    return CODES.findall(browser.get(sent.location).text)


def with_code(app, stage="investigating", people=None, **more):
    """A complaint at a stage, its people, and the code that opens it."""
    code = new_code()
    with app.app_context():
        case, people = make.complaint_at(stage, people, code_hash=hash_code(code), **more)
    return case, people, code


def complainant(app, case):
    """The complainant of a case, at their page."""
    return At(app, make.complainant(case.case_id))


def asked(app, case, people, *questions):
    """Ask the body for its account; returns the items’ numbers in the table."""
    from regulator.evidence import queries

    with app.app_context():
        items = [{"question": question} for question in questions]
        make.act(case.case_id, people.caseworker, "request_account", items=items)
        return [one.id for one in queries.items_of(case.case_id, by=people.contact)]
