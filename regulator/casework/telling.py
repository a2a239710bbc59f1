"""What a step says: coded answers for the clocks, words for each audience, sentences and letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from regulator import moments, words
from regulator.casework import editions
from regulator.casework.models import Participant, Party
from regulator.casework.registry import MERGES
from regulator.casework.taking import Taking
from regulator.ledger.writing import Words
from regulator.letters import commands as letters
from regulator.regime.model import Audience, Field, LetterUse

_GAP = re.compile(r"\{([a-z_.0-9]+)\}")
_AUDIENCE = {"staff": "internal"}


def record(taking: Taking) -> None:
    """Put the coded answers of a step where clocks are counted from, and its words where they can be erased."""
    intent = taking.intent
    for field in taking.step.fields:
        if field.name in taking.data and not field.personal and field.kind != "files":
            intent.data[field.name] = _coded(taking.data[field.name])
    for audience in _audiences(taking):
        intent.words[audience] = Words("", _shown_to(taking, audience))


def _audiences(taking: Taking) -> list[str]:
    told = [_AUDIENCE.get(name, name) for name in taking.step.says]
    if taking.step.body_only:
        return ["body_only"]
    return [name for name in told if name != "body" or any(party.sees for party in taking.facts.parties)]


def _shown_to(taking: Taking, audience: str) -> dict[str, Any]:
    """The words of the fields meant for an audience; staff read all of them."""
    return {
        field.name: _coded(taking.data[field.name])
        for field in taking.step.fields
        if field.kind != "files"
        and taking.data.get(field.name) not in (None, "", [])
        and (audience in ("internal", "body_only") or Audience(audience) in field.audience)
    }


def tell(taking: Taking) -> None:
    """Write the sentences and the letters, now that the clocks say what comes next."""
    said = merge(taking)
    for name, sentence in taking.step.says.items():
        audience = "body_only" if taking.step.body_only else _AUDIENCE.get(name, name)
        if audience in taking.intent.words:
            taking.intent.words[audience].says = fill(sentence, {**said, "by": _by(taking, audience)})
    for use in taking.step.letters:
        _write(taking, use, said)


def merge(taking: Taking) -> dict[str, str]:
    """Every word a sentence or a letter may use, by name; a clock’s last day is `name.last_day`."""
    known = taking.facts
    said = {
        "reference": known.case.reference,
        "body": ", ".join(known.names[p.body_id] for p in known.parties if p.capacity == "subject"),
        "complainant": (known.complainant and known.complainant.name) or "the complainant",
        "today": words.day(taking.on),
        "by": taking.by.name,
        "stage": known.kind.stages[known.stage].label,
    }
    for clock in known.running:
        said[f"{clock.name}.last_day"] = words.day(clock.last_day)
    for field in taking.step.fields:
        said[field.name] = _read(field, taking.data.get(field.name), taking)
    if known.kind.name in MERGES:
        said |= MERGES[known.kind.name](known)
    return said | taking.words


def fill(text: str, said: Mapping[str, str]) -> str:
    """`text` with each name in braces replaced by its words.

    Raises: LookupError for a name there are no words for: a fault in the edition
    """
    return _GAP.sub(lambda gap: said[gap[1]], text)


def _by(taking: Taking, audience: str) -> str:
    by = taking.by
    if audience in ("internal", "body_only") or (audience == "body" and by.body_id):
        return by.name
    if by.body_id:
        return taking.facts.names.get(by.body_id, "The body")
    if by.holds("complainant", "representative"):
        return "You" if audience == "complainant" else "The complainant"
    return "The regulator"


def _coded(value: Any) -> Any:
    """An answer as the ledger keeps it: days and moments as text, other cases by reference."""
    match value:
        case str() | bool() | int() | float() | None:
            return value
        case list() | tuple():
            return [_coded(one) for one in value]
        case dict():
            return {str(key): _coded(one) for key, one in value.items()}
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _read(field: Field, value: Any, taking: Taking) -> str:
    """An answer as a person reads it."""
    if value is None or value == "":
        return ""
    if field.choices:
        edition = editions.editions()[taking.facts.case.edition]
        labels = {choice.code: choice.label for choice in edition.choices(field.choices)}
        codes = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(code, str(code)) for code in codes)
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime() | date():
            return words.when(value)
        case list() | tuple():
            return "\n\n".join(f"{number}. {one}" for number, one in enumerate(value, 1))
        case _:
            return str(value)


def _write(taking: Taking, use: LetterUse, said: Mapping[str, str]) -> None:
    edition = editions.editions()[taking.facts.case.edition]
    template = edition.letters[use.letter]
    for recipient in _recipients(taking, use.to):
        full = {**said, "recipient": recipient.name}
        letters.write(
            case_id=taking.case_id,
            template=use.letter,
            recipient=recipient,
            subject=fill(template.subject, full),
            text=fill(template.text, full),
            written_at=taking.intent.recorded,
            historic=taking.facts.case.is_historic or moments.is_replayed(),
        )


def _recipients(taking: Taking, to: str) -> list[letters.Recipient]:
    if to == "body":
        ours = taking.intent.party_id
        told = [p for p in taking.facts.parties if p.sees and (ours is None or p.id == ours)]
        return [_of_body(taking, party) for party in told]
    return [_of_person(who) for who in taking.facts.participants if who.left_on is None]


def _of_body(taking: Taking, party: Party) -> letters.Recipient:
    return letters.Recipient(
        side="body",
        name=taking.facts.names[party.body_id],
        address=letters.contacts_of(party.body_id),
        party_id=party.id,
        participant_id=None,
    )


def _of_person(who: Participant) -> letters.Recipient:
    return letters.Recipient(
        side="complainant",
        name=who.name or "Complainant",
        address=who.email if who.contact_by == "email" else None,
        party_id=None,
        participant_id=who.id,
    )
