"""What a step says: coded answers for the clocks, words for each audience, sentences and letters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from regulator import moments
from regulator.actors import Side
from regulator.casework import answers, editions, in_language, recipients, sight
from regulator.casework.clocks import about
from regulator.casework.filling import fill, line
from regulator.casework.merging import Reader, clock_words, merge
from regulator.casework.models import Party
from regulator.casework.registry import MERGES
from regulator.casework.taking import Taking
from regulator.language import _, speaking, spoken
from regulator.ledger.writing import Words
from regulator.letters import commands as letters
from regulator.letters.commands import Recipient
from regulator.regime.model import Audience, Letter, LetterUse

__all__ = ["address", "apart", "clock_words", "record", "tell", "them"]

_AUDIENCE = {"staff": "internal"}


def address(taking: Taking) -> None:
    """Find out which bodies’ parts in the case the step concerns, from who takes it or what it answers."""
    known = taking.facts
    fields = {field.kind: taking.data.get(field.name) for field in taking.step.fields}
    wanted: Collection[Any] = ()
    if taking.by.body_id:
        wanted = [party.id for party in _parts_of(taking)]
    elif "party" in fields:
        wanted = [fields["party"] or (known.subjects[0].id if len(known.subjects) == 1 else None)]
    elif clock := next((one for one in known.running if fields.get("clock") == one.ref), None):
        wanted = [about(known, clock).keys.get("party")]
    found = [party for party in known.subjects if str(party.id) in {str(one) for one in wanted}]
    if len(found) == 1:
        taking.concerns(found[0])
    elif found:
        taking.about(party=[party.id for party in found])


def _parts_of(taking: Taking) -> Sequence[Party]:
    """The parts in the case that are of the body whose person takes the step: its own, or those it oversees."""
    part = taking.facts.party_of(taking.by)
    if part is None:
        return ()
    return taking.facts.overseen_by(part) if taking.by.side is Side.oversight else (part,)


def record(taking: Taking) -> None:
    """Put the coded answers of a step where clocks are counted from."""
    for field in taking.step.fields:
        if field.name in taking.data and not field.personal and field.kind != "files":
            taking.intent.data[field.name] = answers.coded(taking.data[field.name])


def apart(taking: Taking) -> None:
    """Put the words of a step where they can be erased, for each audience that is told of it."""
    for audience in _told(taking):
        taking.intent.words[audience] = Words("", _shown_to(taking, audience))


def _told(taking: Taking) -> dict[str, str]:
    """The sentence for each audience told: internal, body, complainant, oversight, public or body_only."""
    step, known = taking.step, taking.facts
    chosen = taking.data.get(step.tells) if step.tells else None
    said = step.told(them=them(taking), chosen=[chosen] if isinstance(chosen, str) else chosen)
    if step.body_only:
        return {"body_only": next(iter(said.values()))}
    for audience in ("body", "oversight"):
        if not _may_be_told(taking, audience):
            said.pop(audience, None)
    if "public" in said and not known.is_public(known.stage, step.name):
        del said["public"]
    return {_AUDIENCE.get(name, name): sentence for name, sentence in said.items()}


def _may_be_told(taking: Taking, audience: str) -> bool:
    """Whether a body, or one that oversees it, may read the entry, which is one party’s or else everyone’s."""
    known, concerned = taking.facts, taking.concerned
    is_for_some = taking.intent.party_id is None and len(concerned) < len(known.subjects)
    return not (is_for_some and audience == "body") and bool(sight.seeing(known, audience, concerned))


def them(taking: Taking) -> str | None:
    """The audience of the outside person who takes the step, or whose request or comment it answers."""
    if taking.them:
        return taking.them
    if taking.by.body_id:
        return "oversight" if taking.by.side is Side.oversight else "body"
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
    for audience, sentence in _told(taking).items():
        said = merge(taking, _reader(taking, audience)) | {"by": _by(taking, audience)}
        taking.intent.words[audience].says = line(sentence, said)
        if audience in ("internal", "body_only") and (why := taking.data.get("assumed")):
            taking.intent.words[audience].says += f" (assumed: {why})"
    for use in (*taking.step.letters, *taking.letters):
        if use.goes(taking.intent.data):
            _write(taking, use)


def _reader(taking: Taking, audience: str) -> Reader:
    """Whoever reads a sentence of the timeline: the same sentence for all bodies that are told."""
    if audience in ("body", "body_only", "oversight"):
        parties = frozenset(party.id for party in taking.concerned)
        return Reader(audience.removesuffix("_only"), parties)
    return Reader({"internal": "staff"}.get(audience, audience))


def _by(taking: Taking, audience: str) -> str:
    by, side = taking.by, "oversight" if taking.by.side is Side.oversight else "body"
    if audience in ("internal", "body_only") or (by.body_id and audience == side == "body"):
        return by.name
    if by.body_id:
        return taking.facts.names.get(by.body_id, "The body")
    if by.holds("complainant", "representative"):
        return "You" if audience == "complainant" else "The complainant"
    return "The regulator"


def _write(taking: Taking, use: LetterUse) -> None:
    known = taking.facts
    template = editions.editions()[known.case.edition].letters[use.letter]
    to = them(taking) if use.to == "them" else use.to
    chosen = taking.data.get(taking.step.tells) if taking.step.tells else None
    if to is None or (taking.step.tells and to not in (chosen or ())):
        return
    for recipient in recipients.of(taking, to):
        with speaking(in_language.chosen(template, recipient.language)):
            _write_to(taking, template, recipient)


def _write_to(taking: Taking, template: Letter, recipient: Recipient) -> None:
    """Write a letter to one reader, in the language spoken."""
    known = taking.facts
    said = merge(taking, recipients.reader_of(known, recipient), in_letter=True)
    said |= recipients.words_for(known, recipient)
    if known.kind.name in MERGES:
        said |= MERGES[known.kind.name](known, recipient)
    letters.write(
        case_id=taking.case_id,
        template=template.name,
        recipient=recipient,
        subject=line(_(template.subject), said),
        text=fill(in_language.text(template), said),
        written_at=taking.intent.present,
        historic=known.case.is_historic or moments.is_replayed(),
        language=spoken(),
    )
