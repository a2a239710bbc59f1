"""Telling a documented case: as cases of its own, that nobody is written to about and nobody has to work on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any

from regulator import moments
from regulator.accounts.queries import body_named
from regulator.casework.opening import ALPHABET
from regulator.errors import Missing
from regulator.regime.reading import where_of
from regulator.replay.cast import Cast, dismiss
from regulator.replay.queries import is_taken
from regulator.replay.sides import side_by_side
from regulator.replay.story import Case, Story, StoryRefused
from regulator.replay.walk import Opened, Opening, Say, Scene, Tally, Walk, moment_of

DAY = timedelta(days=1)


def reference_from(prefix: str, text: str) -> str:
    """A reference that follows from a text: the same each time."""
    digest = hashlib.sha256(text.encode()).digest()
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:8])
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def reference_for(story: Story, case: Case, time_told: int = 1) -> str:
    """The reference of a case of a story: it follows from the file, and from how often that was told before."""
    return reference_from(case.kind.prefix, f"{story.number} {story.digest} {time_told} {case.key}".strip())


def references_of(story: Story, time_told: int = 1) -> dict[str, str]:
    """The references of all cases of a story, by their keys."""
    return {key: reference_for(story, case, time_told) for key, case in story.cases.items()}


def told_as(story: Story) -> list[str]:
    """The references of the cases that this very file became when it was told first; none where it was not."""
    return list(filter(is_taken, references_of(story).values()))


def tell(story: Story, say: Say) -> Tally:
    """Tell a whole story line by line; its people leave when it is told.

    say:    is given each line of the account
    Raises: StoryRefused where a step is refused
    """
    references = next(
        found for n in count(1) if not any(map(is_taken, (found := references_of(story, n)).values()))
    )
    begins = min(moment_of(turn.when) for turn in story.turns)
    bodies = _bodies(story)
    cast = Cast(story, next(iter(references.values())), bodies, moments.london_day(begins))
    try:
        people = cast.join()
    except Missing as nobody:
        raise StoryRefused(where_of(story.title), nobody.sentence) from None
    openings = {key: _opening(case, references[key], bodies) for key, case in story.cases.items()}
    walk = Walk(Scene(people, cast.somebody_else, openings), begins, say)
    walk.through(story.turns)
    say(f"\nTold as {', '.join(_named(case) for case in walk.cases.values())}.")
    side_by_side(story, {key: case.id for key, case in walk.cases.items()}, say)
    after = max(moment_of(turn.when) for turn in story.turns) + DAY
    with moments.as_at(min(after, moments.recorded())):
        dismiss(people.values())
    return walk.tally


def _named(case: Opened) -> str:
    return f"{case.reference} ({case.key})" if case.key else case.reference


def _opening(case: Case, reference: str, bodies: Mapping[str, int]) -> Opening:
    """How a case is opened: with what its opening step asks and the file says of it."""
    numbers = [bodies[slug] for slug in case.bodies]
    about: dict[str, Any] = {"bodies": numbers} if _asks_several(case) else {"body": numbers[0]}
    given = {**about, "title": case.title, "reference": reference, "is_historic": True}
    return Opening(case.edition.name, case.kind.name, given, case.name, case.leads_from, case.because)


def _asks_several(case: Case) -> bool:
    return any(
        field.kind == "bodies" for step in case.kind.steps.values() if step.opens for field in step.fields
    )


def _bodies(story: Story) -> dict[str, int]:
    """The bodies it is about, by their slugs.

    Raises: StoryRefused
    """
    found = {}
    for slug in (slug for case in story.cases.values() for slug in case.bodies):
        try:
            found[str(slug)] = body_named(slug).id
        except Missing:
            raise StoryRefused(where_of(slug), f"there is no body called “{slug}”.") from None
    return found
