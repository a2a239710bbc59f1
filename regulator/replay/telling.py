"""Telling a documented case: as a case of its own, that nobody is written to about and nobody has to work on."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from itertools import count

from regulator import moments
from regulator.accounts.queries import body_named
from regulator.casework.opening import ALPHABET
from regulator.errors import Missing
from regulator.regime.reading import where_of
from regulator.replay.cast import Cast, dismiss
from regulator.replay.queries import is_taken
from regulator.replay.story import Story, StoryRefused
from regulator.replay.walk import Say, Scene, Tally, Walk, moment_of

DAY = timedelta(days=1)


def reference_from(prefix: str, text: str) -> str:
    """A reference that follows from a text: the same each time."""
    digest = hashlib.sha256(text.encode()).digest()
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:8])
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def reference_for(story: Story, time_told: int = 1) -> str:
    """The reference of the case a story becomes: it follows from the file, and from how often that was told before."""
    return reference_from(story.kind.prefix, f"{story.number} {story.digest} {time_told}")


def is_told(story: Story) -> bool:
    """Whether this very file was told before."""
    return is_taken(reference_for(story))


def tell(story: Story, say: Say) -> Tally:
    """Tell a whole story as a case of its own, line by line; its people leave when it is told.

    say:    is given each line of the account
    Raises: StoryRefused where a step is refused
    """
    reference = next(free for n in count(1) if not is_taken(free := reference_for(story, n)))
    begins = min(moment_of(turn.when) for turn in story.turns)
    cast = Cast(story, reference, _body(story))
    people = cast.join(moments.london_day(begins))
    first = {"body": cast.body, "title": story.title, "reference": reference, "is_historic": True}
    walk = Walk(Scene(story.edition, story.kind, people, cast.somebody_else, first), begins, say)
    walk.through(story.turns)
    after = max(moment_of(turn.when) for turn in story.turns) + DAY
    with moments.as_at(min(after, moments.recorded())):
        dismiss(people.values())
    return walk.tally


def _body(story: Story) -> int:
    """The body it is about.

    Raises: StoryRefused
    """
    try:
        return body_named(story.body).id
    except Missing:
        raise StoryRefused(where_of(story.body), f"there is no body called “{story.body}”.") from None
