"""Papers of the house as PDF that everybody can read: set by Typst from words given as data, or refused.

A paper is a template in `regulator/typst/`. What is written conforms to PDF/UA-1 (tagged, with title and language) and
to PDF/A-2a (it can be read in thirty years), because Typst refuses to write one that does not; a character that our
typeface does not have is refused too, rather than printed as a gap.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

import typst

from regulator.errors import RegulatorError

PAPERS = Path(__file__).parent / "typst"
MEDIA_TYPE = "application/pdf"

Passage: TypeAlias = "dict[str, Any]"

_NUMBERED = re.compile(r"(\d{1,4})[.)] +")
_POINT = re.compile(r"[-•*] +")


class CannotSet(RegulatorError):
    """The words cannot be set as a PDF that everybody can read; says why."""


def compiled(paper: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """A paper with its words in place, as the bytes of an accessible PDF; the same words give the same bytes.

    paper:  the name of a template in `regulator/typst/`
    data:   JSON; nothing in it is read as markup
    at:     the moment the file bears as that of its making
    Raises: CannotSet where the file would not conform, or a character is not in our typeface
    """
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(PAPERS / f"{paper}.typ"),
            root=str(PAPERS),
            format="pdf",
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=["ua-1", "a-2a"],
            font_paths=[str(PAPERS / "fonts")],
            ignore_system_fonts=True,
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise CannotSet(f"It could not be set as an accessible PDF: {_first_line(error)}.") from error
    if warnings:
        raise CannotSet(f"It could not be set as it should be: {_first_line(warnings[0])}.")
    return bytes(pdf)


def _first_line(error: object) -> str:
    said = str(getattr(error, "message", "") or error).strip().splitlines()
    return said[0].rstrip(".") if said else "Typst gave no reason"


def passages(text: str) -> list[Passage]:
    """Plain words as passages of a paper: what is numbered or listed line by line becomes a list, the rest paragraphs."""
    return [
        passage for part in re.split(r"\n\s*\n", text.strip()) for passage in _of_lines(part.splitlines())
    ]


def _of_lines(lines: Sequence[str]) -> Iterator[Passage]:
    """A paragraph’s lines: those that are numbered in order make a list, whatever stands before stays a paragraph."""
    kept = [line.strip() for line in lines if line.strip()]
    for kind, mark in (("numbers", _NUMBERED), ("points", _POINT)):
        if kept and all(mark.match(line) for line in kept):
            yield _list(kind, mark, kept)
            return
    if kept:
        yield {"kind": "text", "lines": kept}


def _list(kind: str, mark: re.Pattern[str], lines: Sequence[str]) -> Passage:
    first = mark.match(lines[0])
    start = int(first[1]) if first and kind == "numbers" else 1
    return {"kind": kind, "items": [mark.sub("", line, count=1) for line in lines], "start": start}
