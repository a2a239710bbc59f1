"""What a step says: coded answers for the clocks, words for each audience, sentences and letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regulator import moments, words
from regulator.casework import answers, editions, recipients
from regulator.casework.facts import Facts
from regulator.casework.filling import fill, line
from regulator.casework.registry import MERGES
from regulator.casework.taking import Taking
from regulator.ledger.writing import Words
from regulator.letters import commands as letters
from regulator.regime.model import Audience, LetterUse

_AUDIENCE = {"staff": "internal"}


def address(taking: Taking) -> None:
    """Find out which body’s part in the case the step concerns, from who takes it or what it answers."""
    subjects = [party for party in taking.facts.parties if party.capacity == "subject"]
    fields = {field.kind: taking.data.get(field.name) for field in taking.step.fields}
    wanted: Any = None
    if taking.by.body_id:
        wanted = next(
            (party.id for party in taking.facts.parties if party.body_id == taking.by.body_id), None
        )
    elif "party" in fields:
        wanted = fields["party"] or (subjects[0].id if len(subjects) == 1 else None)
    elif clock := next((one for one in taking.facts.running if fields.get("clock") == one.ref), None):
        wanted = clock.keys.get("party")
    party = next((one for one in taking.facts.parties if str(one.id) == str(wanted)), None)
    if party is not None:
        taking.concerns(party)


def record(taking: Taking) -> None:
    """Put the coded answers of a step where clocks are counted from, and its words where they can be erased."""
    intent = taking.intent
    for field in taking.step.fields:
        if field.name in taking.data and not field.personal and field.kind != "files":
            intent.data[field.name] = answers.coded(taking.data[field.name])
    for audience in _told(taking):
        intent.words[audience] = Words("", _shown_to(taking, audience))


def _told(taking: Taking) -> dict[str, str]:
    """The sentence for each audience told of the step: internal, body, complainant, public or body_only."""
    step, known = taking.step, taking.facts
    chosen = taking.data.get(step.tells) if step.tells else None
    said = step.told(them=them(taking), chosen=[chosen] if isinstance(chosen, str) else chosen)
    if step.body_only:
        return {"body_only": next(iter(said.values()))}
    if not any(party.sees for party in known.parties):
        said.pop("body", None)
    return {_AUDIENCE.get(name, name): sentence for name, sentence in said.items()}


def them(taking: Taking) -> str | None:
    """The audience of the outside person who takes the step, or whose request or comment it answers."""
    if taking.them:
        return taking.them
    if taking.by.body_id:
        return "body"
    if taking.by.holds("complainant", "representative"):
        return "complainant"
    asked = {taking.data.get(field.name) for field in taking.step.fields if field.kind == "clock"}
    about = next((clock for clock in taking.facts.running if {clock.ref, clock.name} & asked), None)
    return about.owed_by if about else None


def _shown_to(taking: Taking, audience: str) -> dict[str, Any]:
    """The words of the fields meant for an audience; staff read all of them."""
    return {
        field.name: answers.coded(taking.data[field.name])
        for field in taking.step.fields
        if field.kind != "files"
        and taking.data.get(field.name) not in (None, "", [])
        and (audience in ("internal", "body_only") or Audience(audience) in field.audience)
    }


def tell(taking: Taking) -> None:
    """Write the sentences and the letters, now that the clocks say what comes next."""
    said = merge(taking)
    for audience, sentence in _told(taking).items():
        taking.intent.words[audience].says = line(sentence, {**said, "by": _by(taking, audience)})
        if audience in ("internal", "body_only") and (why := taking.data.get("assumed")):
            taking.intent.words[audience].says += f" (assumed: {why})"
    for use in taking.step.letters:
        _write(taking, use, said)


def clock_words(known: Facts) -> dict[str, str]:
    """The last day of each clock that runs and is not past, as `name.last_day`."""
    now = moments.now()
    running = (clock for clock in known.running if clock.is_open and not clock.is_overdue(now))
    return {f"{clock.name}.last_day": words.day(clock.last_day) for clock in running}


def merge(taking: Taking) -> dict[str, str]:
    """The words a sentence or a letter may use: answers of the case, the latest ones winning, and those of clocks."""
    known = taking.facts
    said: dict[str, str] = {}
    if taking.step.letters:
        for earlier in known.words_so_far:
            step = known.kind.steps.get(earlier.step)
            fields = {field.name: field for field in step.fields} if step else {}
            said |= {n: answers.read(fields[n], v, known) for n, v in earlier.fields.items() if n in fields}
    for field in taking.step.fields:
        said[field.name] = answers.read(field, taking.data.get(field.name), known)
    subjects = [known.names[p.body_id] for p in known.parties if p.capacity == "subject"]
    said |= {
        "body": " and ".join(subjects),
        "reference": known.case.reference,
        "today": words.day(taking.on),
        "stage": known.kind.stages[known.stage].label,
    }
    if not said.get("party"):
        said["party"] = said["body"]
    return said | clock_words(known) | taking.words


def _by(taking: Taking, audience: str) -> str:
    by = taking.by
    if audience in ("internal", "body_only") or (audience == "body" and by.body_id):
        return by.name
    if by.body_id:
        return taking.facts.names.get(by.body_id, "The body")
    if by.holds("complainant", "representative"):
        return "You" if audience == "complainant" else "The complainant"
    return "The regulator"


def _write(taking: Taking, use: LetterUse, said: Mapping[str, str]) -> None:
    known = taking.facts
    template = editions.editions()[known.case.edition].letters[use.letter]
    to = them(taking) if use.to == "them" else use.to
    chosen = taking.data.get(taking.step.tells) if taking.step.tells else None
    if taking.step.tells and to not in (chosen or ()):
        return
    for recipient in recipients.of(taking, to or ""):
        full = {**said, **recipients.words_for(known, recipient)}
        if known.kind.name in MERGES:
            full |= MERGES[known.kind.name](known, recipient)
        letters.write(
            case_id=taking.case_id,
            template=use.letter,
            recipient=recipient,
            subject=line(template.subject, full),
            text=fill(template.text, full),
            written_at=taking.intent.present,
            historic=known.case.is_historic or moments.is_replayed(),
        )
