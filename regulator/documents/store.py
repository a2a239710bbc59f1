"""The bytes of documents, kept once under their hash and never changed.

A file is whole and in the store before the step that gives it is committed, so there is never a row without its file;
what no step came to name is swept away (`sweeping`).
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flask import current_app

from config import Config
from regulator.documents import names, sound, types
from regulator.documents.stores import Bucket, Folder, Store
from regulator.errors import Invalid
from regulator.language import _, later

CHUNK = 1024 * 1024
MEGABYTE = 1024 * 1024
COMING = "coming-"
EMPTY = later("“%(name)s” is empty.")
LARGE = later("“%(name)s” is larger than %(limit)s MB. Send a smaller one.")
FULL = later(
    "“%(name)s” could not be kept, because there is no room for it here at the moment. Send it again later."
)
DOWN = later(
    "“%(name)s” could not be kept, because of a fault on our side. Nothing of it was kept. Send it again later."
)
_log = logging.getLogger("regulator.store")


@dataclass(frozen=True)
class Stored:
    """A file that is in the store; `name` is safe to show and to save under, `item_id` the item it was given with."""

    name: str
    media_type: str
    size: int
    sha256: str
    item_id: int | None = None


def store() -> Store:
    """The store of this application: a bucket where one is configured, else a folder."""
    config: Config = current_app.extensions["regulator"]
    return Bucket(config.files_store) if config.files_store else Folder(config.files_dir)


def incoming() -> Path:
    """The folder in which files are while they come in; beside a folder that is the store, on the same disk."""
    config: Config = current_app.extensions["regulator"]
    return config.files_dir


def keep(stream: IO[bytes], name: str, limit: int) -> Stored:
    """Keep a file somebody gave: read once, hashed, known by its content and safe on the disk.

    limit:  the most bytes it may have
    Raises: Invalid for one that is empty, too large, damaged, locked or of a kind that is not taken, and where there
            is no room for it or the store cannot be reached; nothing of it is left behind
    """
    try:
        return _kept(stream, name, limit)
    except OSError as error:
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        _log.exception("not kept", extra={"facts": {"outcome": "full" if is_full else "not kept"}})
        raise _no(FULL if is_full else DOWN, name) from error


def _kept(stream: IO[bytes], name: str, limit: int) -> Stored:
    with _beside(incoming()) as (path, out):
        size, sha256 = _copy(stream, out, name, limit)
        kind = types.kind_of(path)
        if kind is None:
            raise _no(sound.why_no_kind(path) or types.NOT_TAKEN, name)
        if wrong := sound.fault(path, kind):
            raise _no(wrong, name)
        store().put(path, sha256)
    return Stored(names.safe(name, kind), kind.media_type, size, sha256)


@contextmanager
def at_hand(sha256: str) -> Iterator[Path]:
    """A copy of a file on this machine’s own disk, for a program that needs a path; gone afterwards."""
    with store().open(sha256) as file, _beside(incoming()) as (path, out):
        shutil.copyfileobj(file, out, CHUNK)
        out.flush()
        yield path


@contextmanager
def _beside(root: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A new file on the store’s own disk, which is gone afterwards unless it was put."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, path = tempfile.mkstemp(prefix=COMING, dir=root)
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
            raise _no(LARGE, name, limit=limit // MEGABYTE)
        digest.update(chunk)
        out.write(chunk)
    if not size:
        raise _no(EMPTY, name)
    out.flush()
    os.fsync(out.fileno())
    return size, digest.hexdigest()


def _no(sentence: str, name: str, **more: object) -> Invalid:
    return Invalid(_(sentence, name=names.shown(name), **more))
