"""Who is told of a step, said to the member of staff who is about to take it."""

from __future__ import annotations

from regulator.actors import Actor, Side
from regulator.regime.model import THEM, Audience, Kind, Step

NAMES = {
    "complainant": "The complainant",
    "body": "The body, if it may see the case",
    "manager": "The managers on duty",
    "oversight": "The body that oversees it",
    "public": "The public",
    THEM: "Whoever asked or commented",
}
NOBODY = "Nobody outside the regulator"


def told_of(step: Step, kind: Kind, by: Actor) -> list[str]:
    """Lines that say who is told of a step and how; none for people outside, who are not told of others.

    Nobody is named who sees no case of the kind.

    In the order complainant, body, others.
    """
    if by.side is not Side.staff:
        return []
    absent = {Audience.complainant, Audience.body, Audience.oversight, Audience.public} - set(kind.seen_by)
    written = {letter.to for letter in step.letters} - absent
    told = [
        f"{NAMES[name]}: {_how(name, step, written)}"
        for name in NAMES
        if name in {*step.says, *written} - absent
    ]
    if step.tells and told:
        return ["Only those you tick:", *told]
    return told or [NOBODY]


def _how(name: str, step: Step, written: set[str]) -> str:
    if name in written and name in step.says:
        return "on the page of the case, and by letter"
    return "by letter" if name in written else "on the page of the case"
