"""Every address of the application, asked for with what belongs to somebody else’s complaint: it answers as if that were not there."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from io import BytesIO

import make
import pytest
from flask import Flask
from rooms.complaint_pages import complainant
from rooms.staff_pages import At

from regulator.documents.store import keep
from regulator.worker import work

CANARY = "Zuleika"
"""In every word of a complaint that is somebody else’s: name, addresses, what happened, files, questions, messages."""
FOUND = (200, 201, 302, 303)
EVERYBODYS = {"accounts.body", "register.published_case", "register.body"}
"""Addresses that say of anything only what is public."""
STEPS = ("add-note", "request-account", "submit-account", "comment-on-view", "add-information")


@pytest.fixture
def theirs(app: Flask) -> str:
    """A complaint about the Metropolitan Police, with a canary wherever anybody can write; returns its reference."""
    with app.app_context():
        case, people = make.complaint_at(
            "investigating",
            name=f"{CANARY} Name",
            email=f"{CANARY}@example.test",
            phone=f"{CANARY} 1",
            what_happened=f"{CANARY} was there",
            allegations=[f"{CANARY} was stopped"],
            safe_contact=f"{CANARY} only",
        )
        who = people.complainant(case.case_id)
        file = keep(BytesIO(f"{CANARY} wrote this\n".encode()), f"{CANARY}.txt", 1000)
        make.take(
            "add_information", case.case_id, by=who, data={"information": f"{CANARY} adds"}, files=[file]
        )
        items = [{"question": f"{CANARY} asks"}]
        make.act(
            case.case_id, people.caseworker, "request_account", items=items, words_to_body=f"{CANARY} says"
        )
        make.act(case.case_id, people.caseworker, "message_complainant", message=f"{CANARY} reads")
        work(app, once=True)
        return case.reference


def stranger(app: Flask, who: str) -> At:
    """Somebody with a case of their own and nothing to do with that one."""
    with app.app_context():
        if who == "complainant":
            other, _ = make.complaint_at("investigating", name="Ottoline Other")
            return complainant(app, other)
        return At(app, make.person(who, body="kent"))


def places(app: Flask, reference: str) -> Iterator[tuple[str, str]]:
    """Every address that names a thing by its number or reference, with those there are; its endpoint first."""
    given = {"ref": [reference], "int": range(1, 13), "step": STEPS, "string": ["complaint"]}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            kinds = rule._converters
            named = {name: _named(kind) for name, kind in kinds.items()}
            if (
                not {"ref", "int"} & set(named.values())
                or rule.endpoint in EVERYBODYS
                or "static" in rule.endpoint
            ):
                continue
            for values in itertools.product(*(given[kind] for kind in named.values())):
                built = rule.build(dict(zip(named, values, strict=True)), append_unknown=False)
                if built:
                    yield rule.endpoint, built[1]


def _named(converter: object) -> str:
    name = type(converter).__name__.lower()
    return next(kind for kind in ("ref", "int", "step", "string") if kind in name or kind == "string")


@pytest.mark.parametrize("who", ["contact", "approving_officer", "complainant"])
def test_what_is_anothers_is_not_there(app: Flask, theirs: str, who: str) -> None:
    """Neither another force nor another complainant learns a word of it at any address, by sight or by sending."""
    browser = stranger(app, who)
    told = {}
    for endpoint, path in places(app, theirs):
        for answer in (browser.get(path), browser.post(path, {})):
            text = answer.get_data(as_text=True)
            if (
                CANARY in text
                or theirs in answer.headers.get("Location", "")
                or CANARY in str(answer.headers)
            ):
                told[path] = endpoint
    assert told == {}


def test_a_body_never_learns_who_complains(app: Flask, theirs: str) -> None:
    """The body it is about reads what it was asked, and at no address who complains or what they wrote."""
    with app.app_context():
        browser = At(app, make.person("contact"))
    seen = "".join(browser.get(path).get_data(as_text=True) for _, path in places(app, theirs))
    for kept in ("Name", "@example.test", " 1", " was there", " only", " adds", ".txt", " reads", " wrote"):
        assert f"{CANARY}{kept}" not in seen
    for told in (" was stopped", " asks"):
        assert f"{CANARY}{told}" in seen
