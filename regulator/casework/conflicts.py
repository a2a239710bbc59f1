"""What stands between a person and a case: interests declared, other parts taken in it, being named in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.casework.queries import Colleague


def shown_by(known: Facts, people: Sequence[Colleague]) -> dict[int, list[str]]:
    """For each of `people` of whom the case shows something, sentences that say what, without their name.

    Where they worked before they came to the regulator is not kept anywhere, so it cannot be shown.
    """
    found = {one.id: list(_about(known, one)) for one in people}
    return {number: sentences for number, sentences in found.items() if sentences}


def _about(known: Facts, person: Colleague) -> Iterator[str]:
    yield from _declared(known, person)
    yield from _other_parts(known, person)
    if any((who.email or "").lower() == person.email.lower() for who in known.participants):
        yield "Has the email address of somebody in this case."


def _declared(known: Facts, person: Colleague) -> Iterator[str]:
    edition = editions.editions()[known.case.edition]
    labels = {choice.code: choice.label for choice in edition.choices("interests")}
    for event in known.told:
        if event.step == "declare_interest" and event.by_person == person.id:
            interest = labels.get(str(event.data.get("interest")), "")
            aside = " and stands aside" if event.data.get("stands_aside") else ""
            yield f"Declared an interest in this case{aside}{': “' + interest + '”' if interest else ''}."


def _other_parts(known: Facts, person: Colleague) -> Iterator[str]:
    """Roles in which the person moved this case on, other than the one whose turn it is."""
    roles = editions.editions()[known.case.edition].roles
    turn = known.kind.stages[known.stage].next_owner
    taken = {event.by_role for event in known.events if event.by_person == person.id and event.moves}
    for role in sorted(taken - {turn}):
        yield f"Moved this case on before, as {_low(roles[role].label) if role in roles else role}."


def _low(words: str) -> str:
    return words[:1].lower() + words[1:]
