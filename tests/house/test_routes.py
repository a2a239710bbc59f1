"""Addresses keep the house: words with hyphens, typed parts, and everybody told who may open what, or nothing starts."""

import re

import pytest
from flask import Flask

from regulator.access import BODY, OUTSIDE, REGULATOR, allow, mark_of, public, require_marks

WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
PART = re.compile(r"<(?:(?P<kind>[a-z]+)(?:\([^)]*\))?:)?(?P<name>[a-z_]+)>")
ROLES = {*REGULATOR, "administrator", *BODY, "body_administrator", "oversight_contact", *OUTSIDE}
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(scope="module")
def rules(whole_app):
    """Every address of the application but those of fixed files."""
    return [rule for rule in whole_app.url_map.iter_rules() if rule.endpoint != "static"]


def test_words_with_hyphens(rules):
    """Every fixed part of an address is lower-case words with hyphens between, and none ends in a slash."""
    wrong = [
        rule.rule
        for rule in rules
        for part in rule.rule.strip("/").split("/")
        if part and not PART.fullmatch(part) and not WORD.fullmatch(part)
    ]
    slashed = [rule.rule for rule in rules if rule.rule != "/" and rule.rule.endswith("/")]

    assert (wrong, slashed) == ([], [])


def test_typed_parts(rules):
    """Every part of an address that varies says of what kind it is."""
    untyped = [rule.rule for rule in rules for part in PART.finditer(rule.rule) if not part["kind"]]

    assert untyped == []


def test_marked(rules, whole_app):
    """Every endpoint says who may open it: everybody, or some of the roles there are."""
    with whole_app.app_context():
        marks = {rule.endpoint: mark_of(rule.endpoint) for rule in rules}
    wrong = {
        endpoint: mark
        for endpoint, mark in marks.items()
        if mark is None or mark.roles - ROLES or mark.is_public == bool(mark.roles)
    }

    assert wrong == {}


def test_nothing_but_reading_and_sending(rules):
    """Pages are read with GET and sent with POST: a form without script can do no other."""
    others = {
        rule.rule: methods for rule in rules if (methods := rule.methods - {"GET", "HEAD", "OPTIONS", "POST"})
    }

    assert others == {}


def test_an_empty_set_of_roles_is_refused():
    """Nobody is never everybody: a page for no role is an error where it is written."""
    with pytest.raises(ValueError, match="an empty set is nobody"):
        allow()


@pytest.mark.parametrize("mark", [public, allow("manager")])
def test_a_marked_endpoint_starts(mark):
    """An application whose endpoints are all marked starts."""
    app = bare()
    app.add_url_rule("/here", "here", mark(lambda: "here"))

    require_marks(app)


def test_an_unmarked_endpoint_stops_the_start():
    """An endpoint that nobody marked stops the start, and is named."""
    app = bare()
    app.add_url_rule("/here", "here", lambda: "here")
    app.add_url_rule("/there", "there", public(lambda: "there"))

    with pytest.raises(RuntimeError, match=r"endpoints nobody marked: here$"):
        require_marks(app)


def test_an_unmarked_endpoint_added_later_opens_to_nobody(app):
    """Should one slip in after the start, it opens to nobody."""
    app.view_functions["health"], kept = (lambda: "open"), app.view_functions["health"]
    try:
        assert app.test_client().get("/health").status_code == 403
    finally:
        app.view_functions["health"] = kept


def bare() -> Flask:
    """An application with no page."""
    return Flask("bare", static_folder=None)
