"""What a body’s people are told of items that have no answer yet: what to do about them, and who has them."""

from __future__ import annotations

from collections.abc import Sequence

from regulator.actors import Actor
from regulator.evidence.queries import ItemRow


def unanswered(bare: Sequence[ItemRow], by: Actor) -> str:
    """What this person does about the items of a request that have no answer: answers, hands on, sees to, or waits.

    bare: at least one item
    """
    if by.holds("contact"):
        left = [one for one in bare if not one.has_it or one.is_handed_to(by)]
        return (
            _to_answer(left) if left else f"See that {_listed(bare)} {_are(bare)} answered: {_holders(bare)}"
        )
    if by.holds("contributor"):
        return f"Answer {_listed(bare)}"
    return _before_signing(bare)


def _to_answer(left: Sequence[ItemRow]) -> str:
    unhanded = [one for one in left if not one.has_it and one.answered_by is None]
    if not unhanded:
        return f"Answer {_listed(left)}"
    if len(left) == 1:
        return f"Answer {_listed(left)}, or hand it to whoever knows: nobody has it yet"
    count = "any" if len(unhanded) == len(left) else {1: "one"}.get(len(unhanded), len(unhanded))
    return f"Answer {_listed(left)}, or hand each to whoever knows: nobody has {count} of them yet"


def _before_signing(bare: Sequence[ItemRow]) -> str:
    numbers = _listed(bare)
    if all(one.is_sent_back for one in bare):
        return f"You sent {numbers} back: you can sign when {'it' if len(bare) == 1 else 'each'} is answered anew"
    have = "has" if len(bare) == 1 else "have"
    return f"{numbers[:1].upper()}{numbers[1:]} {have} no answer yet: you can sign when each has one"


def _are(items: Sequence[ItemRow]) -> str:
    return "is" if len(items) == 1 else "are"


def _holders(items: Sequence[ItemRow]) -> str:
    names = list(dict.fromkeys(one.has_it for one in items))
    whose = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{whose} {'have' if len(names) > 1 else 'has'} {'it' if len(items) == 1 else 'them'}"


def _listed(items: Sequence[ItemRow]) -> str:
    numbers = [one.number for one in items]
    if len(numbers) == 1:
        return f"item {numbers[0]}"
    return f"items {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
