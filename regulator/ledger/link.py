"""One chain, entry by entry: what must hold from each to the next, and at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from regulator.ledger.anchors import Seen
from regulator.ledger.checking import Broken, KeptWords, Stored, check_words, content_of, row_words
from regulator.ledger.fold import Fold, Rows, of_no_case, table_name

ERASED = "erased"  # in the data of an entry that erases: {"<seq>": [audience, ...]} of its own chain


@dataclass(frozen=True)
class Head:
    """A chain’s own idea of itself: how many entries, and the hash of the last."""

    stream: str
    seq: int
    hash: str


@dataclass(frozen=True)
class Loose:
    """What an entry says of rows of no case, to be folded with what other chains say of them."""

    entry: int
    stream: str
    seq: int
    facts: Rows
    words: Rows


@dataclass
class Chain:
    """A chain as far as it has been read.

    missing: entries whose words for an audience are not there; erased: those that an entry says were erased
    """

    head: Head
    anchored: Sequence[Seen]
    seq: int = 0
    hash: str = ""
    fold: Fold = field(default_factory=Fold)
    loose: list[Loose] = field(default_factory=list)
    missing: set[tuple[int, str]] = field(default_factory=set)
    erased: set[tuple[int, str]] = field(default_factory=set)

    def take(self, entry: Stored, kept: Sequence[KeptWords]) -> None:
        """Read the next entry.

        Raises: Broken when it is not as it was recorded
        """
        self.seq += 1
        if entry.seq != self.seq:
            raise Broken("cut", "it is missing")
        try:
            content = content_of(entry, self.hash)
            self._compare_anchors(entry)
            check_words(content["words"], kept)
            self._note_erased(content, kept)
            if content["facts"]:
                self._fold(entry, content["facts"], row_words(kept))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Broken("altered", "its text is not in the ledger’s form") from error
        self.hash = entry.hash

    def _compare_anchors(self, entry: Stored) -> None:
        for seen in self.anchored:
            if seen.seq == entry.seq and seen.hash != entry.hash:
                raise Broken(
                    "rewritten", f"the anchor {seen.anchor} saw another: the chain was rewritten since"
                )

    def _note_erased(self, content: Mapping[str, Any], kept: Sequence[KeptWords]) -> None:
        if len(kept) < len(content["words"]):
            gone = content["words"].keys() - {each.audience for each in kept}
            self.missing.update((self.seq, audience) for audience in gone)
        erased = content["data"].get(ERASED)
        if isinstance(erased, dict):
            self.erased.update((int(seq), each) for seq, audiences in erased.items() for each in audiences)

    def _fold(self, entry: Stored, facts: Rows, words: Rows) -> None:
        loose = {row: facts[row] for row in facts if table_name(row) in of_no_case()}
        if loose:
            self.loose.append(Loose(entry.id, entry.stream, entry.seq, loose, words))
            facts = {row: facts[row] for row in facts if row not in loose}
        if flaw := self.fold.take(f"entry {entry.seq}", facts, words):
            raise Broken("altered", flaw)

    def ends(self) -> Iterator[tuple[str, int | None, str]]:
        """What is wrong with the chain as a whole: kind, entry and sentence."""
        head, counted = self.head, _entries(self.seq)
        if head.seq > self.seq:
            yield (
                "cut",
                None,
                f"its head counts {_entries(head.seq)}, and {counted} are there: its tail is cut",
            )
        elif head.seq < self.seq or head.hash != self.hash:
            yield "altered", None, f"its head is not that of the {counted} there"
        for seen in self.anchored:
            if seen.seq > self.seq:
                yield (
                    "cut",
                    None,
                    f"the anchor {seen.anchor} saw {_entries(seen.seq)}, and {counted} are there",
                )
        for seq, audience in sorted(self.missing - self.erased):
            yield "words", seq, f"its words for “{audience}” are missing, and no entry says they were erased"
        for seq, audience in sorted(self.erased - self.missing):
            yield "words", seq, f"its words for “{audience}” were erased, and stand again"


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"
