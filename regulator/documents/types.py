"""What a file is, by what is in it: the name and what the browser says are a stranger’s claims.

Only kinds that people need and that can do little harm are taken. Office files are zip archives, told by the parts
they say they have; those that carry macros say so too.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from regulator.language import later

NOT_TAKEN = later(
    "“%(name)s” is not a kind of file that can be taken. "
    "Send a PDF, a JPEG or PNG picture, plain text, or a Word, Excel or OpenDocument file."
)
HEAD, TAIL, CHUNK = 4096, 66_000, 1024 * 1024
LONGEST_INDEX, LONGEST_PART = 2_000_000, 1_000_000


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken; `endings` are those its name may have, the usual one first."""

    media_type: str
    endings: tuple[str, ...]


PDF = Kind("application/pdf", ("pdf",))
PNG = Kind("image/png", ("png",))
JPEG = Kind("image/jpeg", ("jpg", "jpeg"))
TEXT = Kind("text/plain", ("txt", "csv", "md", "log"))
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
ODT = Kind("application/vnd.oasis.opendocument.text", ("odt",))
ODS = Kind("application/vnd.oasis.opendocument.spreadsheet", ("ods",))

BEGINNINGS: Mapping[bytes, Kind] = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_INDEX_END, _LONG_INDEX = b"PK\x05\x06", b"PK\x06\x07"


def kind_of(path: Path) -> Kind | None:
    """The kind of file this is; None when it is none that is taken."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        for beginning, kind in BEGINNINGS.items():
            if head.startswith(beginning):
                return kind
        if head.startswith(b"PK\x03\x04"):
            return _office_kind(file)
        return TEXT if _is_text(file) else None


def _is_text(file: IO[bytes]) -> bool:
    """Whether there is nothing in it that no text has; its alphabet is for its reader to know."""
    file.seek(0)
    while chunk := file.read(CHUNK):
        if _NO_TEXT.search(chunk):
            return False
    return True


def _office_kind(file: IO[bytes]) -> Kind | None:
    if not _has_short_index(file):
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            return _open_document(archive) or _office_open(archive)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        return None


def _has_short_index(file: IO[bytes]) -> bool:
    """Whether reading its list of parts is cheap: an archive may claim more parts than memory holds."""
    length = file.seek(0, 2)
    file.seek(max(length - TAIL, 0))
    tail = file.read()
    end = tail.rfind(_INDEX_END)
    if end < 0 or _LONG_INDEX in tail or len(tail) < end + 16:
        return False
    (size,) = struct.unpack_from("<L", tail, end + 12)
    return bool(size <= LONGEST_INDEX)


def _open_document(archive: zipfile.ZipFile) -> Kind | None:
    if "mimetype" not in archive.namelist():
        return None
    said = _part(archive, "mimetype").decode("ascii", "replace").strip()
    return next((kind for kind in (ODT, ODS) if kind.media_type == said), None)


def _office_open(archive: zipfile.ZipFile) -> Kind | None:
    if "[Content_Types].xml" not in archive.namelist():
        return None
    said = _part(archive, "[Content_Types].xml")
    if b"macroEnabled" in said or b"vbaProject" in said:
        return None
    main = (kind for kind in (DOCX, XLSX) if f"{kind.media_type}.main+xml".encode() in said)
    return next(main, None)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(LONGEST_PART)
