"""Whether a file of a kind that is taken can be used: whole, open to its reader, and no larger than it seems."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from regulator.documents import making, types
from regulator.documents.types import Kind
from regulator.language import later

CUT = later("“%(name)s” is damaged or was cut short on its way: part of it is missing. Send it again.")
LOCKED = later(
    "“%(name)s” is protected by a password, so nobody could check or read it. Send it without one."
)
BOMB = later(
    "“%(name)s” unpacks to far more than it seems to hold, so it is not taken. Send what is in it as a PDF."
)

LARGEST, MOST_TIMES, SMALL = 1 << 30, 100, 100 << 20
"""What an archive may unpack to: so much, and from SMALL on no more than so many times its own size."""
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
LOCKED_PDF = re.compile(rb"/Encrypt\s*(?:<<|\d)")
LOCKED_PART = 0x1
OVERLAP = 64


def why_no_kind(path: Path) -> str | None:
    """What is wrong with a file that is of no kind that is taken, where that can be told."""
    with path.open("rb") as file:
        head = file.read(8)
        if head == OLD_OFFICE and _holds(file, re.compile(re.escape(LOCKED_OFFICE))):
            return LOCKED
        if head.startswith(b"PK\x03\x04"):
            file.seek(max(path.stat().st_size - types.TAIL, 0))
            return CUT if b"PK\x05\x06" not in file.read() else None
    return None


def fault(path: Path, kind: Kind) -> str | None:
    """What is wrong with a file of a kind that is taken; None when it can be used."""
    look = FAULTS.get(kind, _of_office)
    with path.open("rb") as file:
        return look(file, path) if kind is not types.TEXT else None


def _of_pdf(file: IO[bytes], path: Path) -> str | None:
    if _holds(file, LOCKED_PDF):
        try:
            making.pages_of(path)
        except making.IsLocked:
            return LOCKED
        except making.CannotShow:
            return CUT
    file.seek(max(path.stat().st_size - types.TAIL, 0))
    return None if b"%%EOF" in file.read() else CUT


def _of_png(file: IO[bytes], _path: Path) -> str | None:
    return None if _holds(file, re.compile(rb"IEND\xaeB`\x82")) else CUT


def _of_jpeg(file: IO[bytes], _path: Path) -> str | None:
    """Its end must come after its picture begins: what stands before may hold a whole small picture."""
    file.seek(2)
    while len(head := file.read(4)) == 4 and head[0] == 0xFF:
        (length,) = struct.unpack(">H", head[2:])
        file.seek(length - 2, 1)
        if head[1] == 0xDA:
            return None if _holds(file, re.compile(rb"\xff\xd9"), file.tell()) else CUT
    return CUT


def _of_office(file: IO[bytes], path: Path) -> str | None:
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & LOCKED_PART for part in parts) or _is_locked(archive):
            return LOCKED
    whole = sum(part.file_size for part in parts)
    is_bomb = whole > LARGEST or (whole > SMALL and whole > MOST_TIMES * path.stat().st_size)
    return BOMB if is_bomb else None


def _is_locked(archive: zipfile.ZipFile) -> bool:
    """Whether an OpenDocument file says that its parts are encrypted."""
    if "META-INF/manifest.xml" not in archive.namelist():
        return False
    with archive.open("META-INF/manifest.xml") as part:
        return b"encryption-data" in part.read(types.LONGEST_PART)


def _holds(file: IO[bytes], what: re.Pattern[bytes], start: int = 0) -> bool:
    """Whether the bytes are somewhere in the file, from a place on."""
    file.seek(start)
    before = b""
    while piece := file.read(types.CHUNK):
        if what.search(before + piece):
            return True
        before = piece[-OVERLAP:]
    return False


FAULTS: Mapping[Kind, Callable[[IO[bytes], Path], str | None]] = {
    types.PDF: _of_pdf,
    types.PNG: _of_png,
    types.JPEG: _of_jpeg,
}
