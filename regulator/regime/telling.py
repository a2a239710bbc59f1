"""Plain words for roles and steps, where a refusal has to name them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from regulator.language import _, later
from regulator.regime.model import Kind, Step

OF_COMPLAINTS: Final = (
    later("a caseworker"),
    later("a manager"),
    later("a reviewer"),
    later("an intake officer"),
    later("a complainant"),
    later("a representative"),
)
"""The roles that a complainant reads of, by these names."""
_AGREE: Final = {"was": "were", "has": "have", "is": "are"}
_FIRST_WORDS: Final = re.compile(r"\{by\} ([^{:;,(.]+)(?=$|[:;,(.])")


def who_may(step: Step) -> str:
    """The roles that may take the step, as a person would list them: “a manager or a reviewer”."""
    return any_of(step.who)


def any_of(roles: Sequence[str]) -> str:
    """Roles by their names in the rules, as a person would list them: “an intake officer or a caseworker”."""
    named = [_(_a(role.replace("_", " "))) for role in roles]
    if len(named) < 2:
        return "".join(named)
    return _("%(these)s or %(last)s", these=", ".join(named[:-1]), last=named[-1])


def _a(role: str) -> str:
    if role == "system":
        return "the system"
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"


def to_do(step: Step) -> str:
    """The step as something to be done, to follow “someone else must”: “decline the complaint”."""
    return step.label[:1].lower() + step.label[1:]


def done_by_you(kind: Kind, step: str) -> str:
    """The step as something the reader did, to follow “You”: “proposed to decline this complaint”.

    Taken from the sentence of the timeline, up to the first thing that varies from case to case.
    """
    taken = kind.steps.get(step)
    told = taken.says.get("staff", "") if taken else ""
    if plain := _FIRST_WORDS.match(told):
        verb, _, rest = plain[1].strip().partition(" ")
        return f"{_AGREE.get(verb, verb)} {rest}".strip()
    label = taken.label if taken else step.replace("_", " ")
    return f"did “{label}” on this case"
