"""Anchors: a daily digest of every chain’s head, kept where nobody who can write to the database can write.

A chain whose entries were all rewritten, hashes and head included, is whole in itself; only an earlier anchor shows it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

import psycopg

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)(?:-(\d+))?\.txt")
HEADS = 'select stream, seq, hash from chain where seq > 0 order by stream collate "C"'


@dataclass(frozen=True)
class Seen:
    """A head as an anchor has it: `seq` entries, the last of which had this hash."""

    seq: int
    hash: str
    anchor: str


@dataclass
class Anchors:
    """Everything the anchors of a folder say.

    heads:   for each stream, the heads it had
    damaged: names of files that are not as they were written
    """

    heads: dict[str, list[Seen]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


def write(folder: Path, heads: Iterable[tuple[str, int, str]], on: date) -> Path:
    """Write an anchor of all heads; never over another: a second on the same day gets a number.

    The first line is the digest of the rest: one line for each chain, with its length and the hash of its last entry.
    """
    lines = "".join(f"{stream} {seq} {digest}\n" for stream, seq, digest in heads)
    folder.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        path = folder / (f"{on}.txt" if number == 1 else f"{on}-{number}.txt")
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(f"{_digest(lines)}\n{lines}")
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            continue
        break
    return path


def heads(connection: psycopg.Connection) -> list[tuple[str, int, str]]:
    """The head of every chain now."""
    return connection.execute(HEADS).fetchall()


def read(folder: Path) -> Anchors:
    """Read every anchor in a folder, the oldest first; a head that did not move is kept once."""
    found = Anchors()
    known: set[tuple[str, int, str]] = set()
    for path in sorted(filter(lambda path: _NAME.fullmatch(path.name), folder.iterdir()), key=_age):
        found.names.append(path.name)
        digest, _, lines = path.read_text(encoding="utf-8").partition("\n")
        if digest != _digest(lines):
            found.damaged.append(path.name)
            continue
        for line in lines.splitlines():
            stream, seq, last = line.split(" ")
            if (stream, int(seq), last) not in known:
                known.add((stream, int(seq), last))
                found.heads.setdefault(stream, []).append(Seen(int(seq), last, path.stem))
    return found


def _age(path: Path) -> tuple[str, int]:
    named = _NAME.fullmatch(path.name)
    return (named[1], int(named[2] or 1)) if named else ("", 0)


def _digest(lines: str) -> str:
    return hashlib.sha256(lines.encode()).hexdigest()
