"""What the edition’s names stand for where kinds of case differ: the kind’s own first, else what all have."""

from __future__ import annotations

from dataclasses import replace

import make
import pytest
from flask import Flask

from regulator.casework import choosing, editions, registry
from regulator.casework.choosing import Asking, source, source_for
from regulator.casework.registry import found_for, names_for
from regulator.forms import Choice
from regulator.regime.model import Field
from regulator.regime.names import unregistered
from regulator.regime.registry import Registry


@pytest.fixture
def table() -> dict[str, str]:
    """Names of which one is an audit’s own."""
    return {"ready": "of all", "audit.ready": "of an audit", "audit.agreed": "of an audit"}


def test_own_goes_first(table: dict[str, str]) -> None:
    """A name stands for what its kind has of that name, else for what every kind has."""
    assert found_for(table, "audit", "ready") == "of an audit"
    assert found_for(table, "complaint", "ready") == "of all"
    with pytest.raises(KeyError):
        found_for(table, "complaint", "agreed")
    assert names_for(table, "audit") == {"ready", "agreed"}
    assert names_for(table, "complaint") == {"ready"}


def test_registered_once() -> None:
    """A need of some kinds is registered for each, and never twice."""

    def quite_made_up(*_: object) -> None:
        return None

    registry.need_for("audit", "inspection")(quite_made_up)
    with pytest.raises(RuntimeError, match="registered twice"):
        registry.need_for("audit")(quite_made_up)
    for kind in ("audit", "inspection"):
        assert registry.NEEDS.pop(f"{kind}.quite_made_up") is quite_made_up


def test_kind_awaits_what_only_another_has() -> None:
    """A kind awaits a need that another kind alone has; one of its own it does not await."""
    editions.registry()
    kind = replace(editions.current().kinds["complaint"], name="audit")
    names = frozenset(name for step in kind.steps.values() for name in step.needs) | {*kind.always}
    effects = frozenset(step.effect for step in kind.steps.values() if step.effect)
    forms = frozenset(step.form for step in kind.steps.values() if step.form)

    def gone(prefix: str) -> list[str]:
        known = Registry(frozenset(f"{prefix}{name}" for name in names), effects, forms)
        return [name for _, name in unregistered(kind, known)]

    assert gone("audit.") == []
    assert len(gone("inspection.")) >= len(names)


def test_choices_of_one_kind(in_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What can be chosen may differ from kind to kind; what is registered nowhere is an error, not an empty list."""
    monkeypatch.setattr(choosing, "SOURCES", dict(choosing.SOURCES))
    source("body", "complaint")(lambda _: [Choice("1", "Only this one")])
    kinds = editions.current().kinds
    by = make.person("manager")

    def asked(kind: str, field_kind: str = "body") -> list[Choice]:
        step = next(step for step in kinds[kind].openings if step.name != "import_case")
        asking = Asking(Field("x", field_kind, "Which?"), step, by, None)
        monkeypatch.setattr(choosing, "_kind", lambda _: kinds[kind])
        return list(source_for(asking)(asking))

    assert [one.label for one in asked("complaint")] == ["Only this one"]
    assert len(asked("audit")) > 40
    with pytest.raises(LookupError):
        asked("audit", "tea")
    with pytest.raises(RuntimeError, match="registered twice"):
        source("body")(lambda _: [])
