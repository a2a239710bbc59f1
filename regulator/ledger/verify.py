"""Proving the record: every chain recomputed, every row folded from its entries, every anchor met.

It reads as the owner of the tables, in one snapshot, and changes nothing. Chains are taken some thousands of entries at
a time, so that memory does not grow with the record; only rows of no case, of which several chains may tell, are
folded together at the end. Rows are compared where the chain that tells of them is whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Any

import psycopg
from psycopg.rows import TupleRow

from regulator.ledger.anchors import Anchors
from regulator.ledger.checking import ENTRIES, WORDS, Broken, KeptWords, Stored
from regulator.ledger.fold import Fold, Rows, tables
from regulator.ledger.intent import case_of
from regulator.ledger.link import Chain, Head, Loose

AT_ONCE = 10_000
_SNAPSHOT = "set transaction isolation level repeatable read, read only"
_ALL_ROWS = "set local row_security = off"  # an error, rather than a part of the rows
_HEADS = "select stream, seq, hash from chain order by case_id nulls first, stream"
_UNCHAINED = (
    "select id from case_file where not exists (select 1 from chain where chain.case_id = case_file.id)"
)

Connection = psycopg.Connection[TupleRow]
Read = tuple[Stored, list[KeptWords]]


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was recorded.

    kind:  altered, cut, rewritten, words, row or anchor
    entry: the number of the first broken entry, where there is one
    """

    kind: str
    stream: str
    entry: int | None
    says: str

    @property
    def sentence(self) -> str:
        """The fault, to be read."""
        place = f"{self.stream}, entry {self.entry}" if self.entry else self.stream
        return f"{place}: {self.says}."


@dataclass
class Report:
    """What was looked at, and what was found."""

    chains: int = 0
    entries: int = 0
    anchors: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether everything is as it was recorded."""
        return not self.faults

    def to_json(self) -> dict[str, Any]:
        """The report for a program."""
        faults = [{**asdict(fault), "sentence": fault.sentence} for fault in self.faults]
        return {**asdict(self), "is_whole": self.is_whole, "faults": faults}


def verify(owner_url: str, anchors: Anchors) -> Report:
    """Check the whole record of a database, and the anchors against it, as the owner of its tables."""
    with psycopg.connect(owner_url) as connection:
        connection.execute(_SNAPSHOT)
        connection.execute(_ALL_ROWS)
        return _Verifier(connection, anchors).run()


class _Verifier:
    """One reading of the whole record."""

    def __init__(self, connection: Connection, anchors: Anchors) -> None:
        self.connection, self.anchors = connection, anchors
        self.report = Report(anchors=len(anchors.names))
        self.loose: list[Loose] = []
        self.is_house_whole = True

    def run(self) -> Report:
        for name in self.anchors.damaged:
            self._fault("anchor", f"anchor {name}", None, "it is not as it was written")
        seen: set[str] = set()
        for heads in self._portions():
            seen.update(head.stream for head in heads)
            self._check(heads)
        for stream in sorted(self.anchors.heads.keys() - seen):
            last = self.anchors.heads[stream][-1]
            self._fault("cut", stream, None, f"the anchor {last.anchor} saw this chain, and it is gone")
        for (case,) in self.connection.execute(_UNCHAINED):
            self._fault("row", f"case:{case}", None, f"case_file:{case} is there, and no entry made it")
        if self.is_house_whole:
            self._check_house()
        return self.report

    def _fault(self, kind: str, stream: str, entry: int | None, says: str) -> None:
        self.report.faults.append(Fault(kind, stream, entry, says))

    def _portions(self) -> Iterator[list[Head]]:
        portion: list[Head] = []
        size = 0
        with self.connection.cursor(name="heads") as cursor:
            cursor.itersize = AT_ONCE
            for row in cursor.execute(_HEADS):
                portion.append(Head(*row))
                size += portion[-1].seq
                if size >= AT_ONCE:
                    yield portion
                    portion, size = [], 0
        if portion:
            yield portion

    def _check(self, heads: list[Head]) -> None:
        chains = {head.stream: Chain(head, self.anchors.heads.get(head.stream, ())) for head in heads}
        broken = set()
        for stream, entries in groupby(self._entries(list(chains)), key=lambda read: read[0].stream):
            if not self._read(chains[stream], entries):
                broken.add(stream)
        whole = [chain for stream, chain in chains.items() if stream not in broken]
        for chain in whole:
            for kind, entry, says in chain.ends():
                self._fault(kind, chain.head.stream, entry, says)
        self.report.chains += len(chains)
        self.loose += (loose for chain in whole for loose in chain.loose)
        self.is_house_whole &= not any(case_of(stream) is None for stream in broken)
        folds = {case: chain.fold for chain in whole if (case := case_of(chain.head.stream))}
        if folds:
            self._compare(folds)

    def _entries(self, streams: list[str]) -> Iterator[Read]:
        with self.connection.cursor(name="entries") as cursor:
            cursor.execute(ENTRIES, (streams,))
            while rows := cursor.fetchmany(AT_ONCE):
                words: dict[int, list[KeptWords]] = defaultdict(list)
                for row in self.connection.execute(WORDS, ([row[0] for row in rows],)).fetchall():
                    words[row[0]].append(KeptWords._make(row))
                for row in rows:
                    yield Stored._make(row), words.get(row[0], [])

    def _read(self, chain: Chain, entries: Iterable[Read]) -> bool:
        """Read a chain to its end, or to its first broken entry; whether it reached the end."""
        is_whole = True
        for entry, kept in entries:
            self.report.entries += 1
            if not is_whole:
                continue
            try:
                chain.take(entry, kept)
            except Broken as found:
                is_whole = False
                self._fault(found.kind, chain.head.stream, chain.seq, found.says)
        return is_whole

    def _compare(self, folds: dict[int, Fold]) -> None:
        stands: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
        for kept in tables().values():
            if kept.is_of_case:
                for row in self.connection.execute(kept.query, (list(folds),), binary=True):
                    name, values = kept.read(row)
                    stands[row[0]][name] = values
        for case, fold in folds.items():
            for says in fold.differs(stands[case]):
                self._fault("row", f"case:{case}", None, says)

    def _check_house(self) -> None:
        fold = Fold()
        for loose in sorted(self.loose, key=lambda loose: loose.entry):
            if flaw := fold.take(f"entry {loose.seq} of {loose.stream}", loose.facts, loose.words):
                self._fault("altered", loose.stream, loose.seq, flaw)
        for says in fold.differs(self._rows_of_no_case()):
            self._fault("row", "house", None, says)

    def _rows_of_no_case(self) -> Rows:
        found: dict[str, dict[str, Any]] = {}
        for kept in tables().values():
            if not kept.is_of_case:
                found.update(kept.read(row) for row in self.connection.execute(kept.query, binary=True))
        return found
