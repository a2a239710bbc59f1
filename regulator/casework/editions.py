"""The editions in force here: loaded and proved once at start-up, or the process stops."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from regulator.casework.registry import EFFECTS, FORMS, NEEDS
from regulator.errors import Missing
from regulator.regime.loader import Registry, shipped
from regulator.regime.model import Edition, Kind, Step

CURRENT = "2026-draft"
RULES = (
    "regulator.casework.own_forms",
    "regulator.casework.needs",
    "regulator.casework.effects",
    "regulator.casework.reminding",
    "regulator.casework.retaining",
    "regulator.evidence.facts",
    "regulator.evidence.needs",
    "regulator.evidence.choosing",
    "regulator.evidence.answering",
    "regulator.evidence.forms",
    "regulator.evidence.asking",
    "regulator.evidence.receiving",
    "regulator.evidence.received_forms",
    "regulator.evidence.responses",
    "regulator.evidence.submitting",
    "regulator.evidence.commenting",
    "regulator.complaints.choosing",
    "regulator.complaints.facts",
    "regulator.complaints.forms",
    "regulator.complaints.updating",
    "regulator.complaints.beside",
    "regulator.complaints.needs",
    "regulator.complaints.review_needs",
    "regulator.complaints.recovering",
    "regulator.complaints.recovery_forms",
    "regulator.complaints.effects",
    "regulator.complaints.deciding",
    "regulator.complaints.telling",
    "regulator.findings.needs",
    "regulator.findings.choosing",
    "regulator.findings.rating",
    "regulator.findings.writing",
    "regulator.findings.responding",
    "regulator.findings.drafting",
    "regulator.findings.reporting",
    "regulator.findings.publishing",
    "regulator.findings.visiting",
    "regulator.findings.following",
    "regulator.audits.facts",
    "regulator.audits.needs",
    "regulator.audits.choosing",
    "regulator.audits.effects",
    "regulator.audits.telling",
    "regulator.inspections.facts",
    "regulator.inspections.needs",
    "regulator.inspections.effects",
    "regulator.inspections.choosing",
    "regulator.inspections.forms",
    "regulator.inspections.telling",
    "regulator.enforcement.facts",
    "regulator.enforcement.choosing",
    "regulator.enforcement.forms",
    "regulator.enforcement.deciding_forms",
    "regulator.enforcement.force_forms",
    "regulator.enforcement.needs",
    "regulator.enforcement.force_needs",
    "regulator.enforcement.appeal_needs",
    "regulator.enforcement.proposing",
    "regulator.enforcement.deciding",
    "regulator.enforcement.serving",
    "regulator.enforcement.complying",
    "regulator.enforcement.varying",
    "regulator.enforcement.appealing",
    "regulator.enforcement.telling",
)


@cache
def editions() -> Mapping[str, Edition]:
    """Every edition, by name.

    Raises: EditionError naming file, line and step for rules that cannot be proved
    """
    return shipped(registry())


def registry() -> Registry:
    """The names of the needs, effects and forms that this application has."""
    for module in RULES:
        import_module(module)
    return Registry(frozenset(NEEDS), frozenset(EFFECTS), frozenset(FORMS))


def current() -> Edition:
    """The edition under which new cases are opened."""
    return editions()[CURRENT]


def serving(kind: str) -> list[Edition]:
    """The editions under which a case of a kind can be opened, that of new cases first and then the latest."""
    found = [one for one in editions().values() if kind in one.kinds and one.kinds[kind].in_service]
    return sorted(found, key=lambda one: (one.name == CURRENT, one.in_force_from), reverse=True)


def of_step(step: Step) -> Edition:
    """The edition in which a step stands; that of new cases for one that stands in none as it is."""
    for edition in editions().values():
        if any(kind.steps.get(step.name) is step for kind in edition.kinds.values()):
            return edition
    return current()


def kind_of(edition: str, kind: str) -> Kind:
    """The rules of one kind of case, under the edition the case keeps.

    Raises: Missing for an edition or a kind there is not
    """
    try:
        return editions()[edition].kinds[kind]
    except KeyError:
        raise Missing(f"There are no rules for “{kind}” in “{edition}”.") from None
