"""What changed in a body’s answers from one signed version to the next: words put in and taken out, files that came or went."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from regulator.evidence.queries import SentItemRow

_WORDS = re.compile(r"\s+|[^\s]+")
LONG = 4000
"""From so many words on a text is compared by lines: word by word would take too long."""


@dataclass(frozen=True)
class Part:
    """A run of words; `kind` is same, added or removed."""

    kind: str
    words: str


@dataclass(frozen=True)
class Difference:
    """One item in two versions, one after the other; `missing` is what the regulator said of the first."""

    item_id: int
    number: int
    before: int
    after: int
    missing: str | None
    parts: Sequence[Part]
    added: Sequence[str]
    removed: Sequence[str]

    @property
    def is_same(self) -> bool:
        """Whether neither words nor files changed."""
        return not self.added and not self.removed and all(one.kind == "same" for one in self.parts)


def differences(sent: Sequence[SentItemRow]) -> list[Difference]:
    """Each item that was sent more than once, version by version: the items in order, the newest version first."""
    found: list[Difference] = []
    by_item: dict[int, list[SentItemRow]] = {}
    for one in sent:
        by_item.setdefault(one.item_id, []).append(one)
    for versions in sorted(by_item.values(), key=lambda one: (one[0].request_id, one[0].number)):
        pairs = list(pairwise(versions))[::-1]
        found += [_difference(before, after) for before, after in pairs]
    return found


def _difference(before: SentItemRow, after: SentItemRow) -> Difference:
    old, new = ({one.sha256: one.name for one in each.files} for each in (before, after))
    return Difference(
        item_id=after.item_id,
        number=after.number,
        before=before.version,
        after=after.version,
        missing=before.missing,
        parts=list(parts(_whole(before), _whole(after))),
        added=[name for digest, name in new.items() if digest not in old],
        removed=[name for digest, name in old.items() if digest not in new],
    )


def _whole(one: SentItemRow) -> str:
    return f"{one.answer}\n{one.ground}" if one.ground else one.answer


def parts(before: str, after: str) -> Iterator[Part]:
    """The words of two texts in order: those of both, those taken out and those put in."""
    old, new = _split(before), _split(after)
    for tag, start, end, at, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part("same", "".join(old[start:end]))
            continue
        if start < end:
            yield Part("removed", "".join(old[start:end]))
        if at < to:
            yield Part("added", "".join(new[at:to]))


def _split(text: str) -> list[str]:
    words = _WORDS.findall(text)
    return text.splitlines(keepends=True) if len(words) > LONG else words
