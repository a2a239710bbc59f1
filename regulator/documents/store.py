"""The bytes of documents, kept once under their hash and never changed.

What the application needs of a store is a few verbs (put, open, stat, delete); here they work on a folder. A file is
whole and on the disk before the step that gives it is committed; what no step came to name is harmless.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flask import current_app

from config import Config
from regulator.documents import names, types
from regulator.errors import Invalid

CHUNK = 1024 * 1024
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Stored:
    """A file that is in the store; `name` is safe to show and to save under."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Folder:
    """A store in a folder of this machine: `ab/cdef…` for a file whose hash begins so."""

    root: Path

    def put(self, whole: Path, sha256: str) -> None:
        """Take in a finished file from the same disk, which is gone from its old place afterwards."""
        place = self._place(sha256)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        whole.chmod(0o400)
        whole.replace(place)
        _settle(place.parent)
        _settle(self.root)

    def open(self, sha256: str) -> IO[bytes]:
        """The file, to be read and closed.

        Raises: FileNotFoundError
        """
        return self._place(sha256).open("rb")

    def stat(self, sha256: str) -> int | None:
        """Its size in bytes, or None when it is not there."""
        try:
            return self._place(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def delete(self, sha256: str) -> None:
        """Destroy it, as the law may ask; that no other document has the same bytes is for the caller to know."""
        self._place(sha256).unlink(missing_ok=True)

    def _place(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256[2:]


def store() -> Folder:
    """The store of this application."""
    config: Config = current_app.extensions["regulator"]
    return Folder(config.files_dir)


def keep(stream: IO[bytes], name: str, limit: int) -> Stored:
    """Keep a file somebody gave: read once, hashed, known by its content and safe on the disk.

    limit:  the most bytes it may have
    Raises: Invalid for one that is empty, too large or of a kind that is not taken
    """
    to = store()
    with _beside(to.root) as (path, out):
        size, sha256 = _copy(stream, out, name, limit)
        kind = types.kind_of(path)
        if kind is None:
            raise Invalid(f"“{names.shown(name)}” is not a kind of file that can be taken. {types.TAKEN}")
        to.put(path, sha256)
    return Stored(names.safe(name, kind), kind.media_type, size, sha256)


@contextmanager
def _beside(root: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A new file on the store’s own disk, which is gone afterwards unless it was put."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, path = tempfile.mkstemp(prefix="coming-", dir=root)
    try:
        with os.fdopen(number, "wb") as out:
            yield Path(path), out
    finally:
        Path(path).unlink(missing_ok=True)


def _copy(stream: IO[bytes], out: IO[bytes], name: str, limit: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise Invalid(f"“{names.shown(name)}” is larger than {limit // MEGABYTE} MB. Send a smaller one.")
        digest.update(chunk)
        out.write(chunk)
    if not size:
        raise Invalid(f"“{names.shown(name)}” is empty.")
    out.flush()
    os.fsync(out.fileno())
    return size, digest.hexdigest()


def _settle(folder: Path) -> None:
    """Have the disk itself remember what a folder holds."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
