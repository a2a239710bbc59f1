"""A table as a file: CSV for whatever reads tables, and an OpenDocument spreadsheet; each with just what the page shows."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO

from flask import Response
from odfdo import Document, Row, Table

from regulator import moments

Cell = str | int | date | None
ACTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula, where a text begins with it."""


@dataclass(frozen=True)
class Sheet:
    """A table to be read elsewhere: its name, its columns, and a cell of each for every row."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def as_csv(sheet: Sheet) -> bytes:
    """Comma-separated, in UTF-8 with a mark that spreadsheets look for; dates as 2026-03-31.

    A text that a spreadsheet would run as a formula has an apostrophe before it: others write these words.
    """
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(sheet.columns)
    writer.writerows([_harmless(cell) for cell in row] for row in sheet.rows)
    return written.getvalue().encode("utf-8-sig")


def as_ods(sheet: Sheet) -> bytes:
    """An OpenDocument spreadsheet; texts are texts, and dates dates."""
    table = Table(sheet.name)
    for cells in (sheet.columns, *sheet.rows):
        row = Row()
        row.set_values(["" if cell is None else cell for cell in cells])
        table.append_row(row, clone=False)
    document = Document("spreadsheet")
    document.body.clear()
    document.body.append(table)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


WRITERS: Mapping[str, tuple[Callable[[Sheet], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "ods": (as_ods, "application/vnd.oasis.opendocument.spreadsheet"),
}
"""The kinds of file, by the ending of its name: what writes one, and its media type."""


def file_of(sheet: Sheet, ending: str) -> Response:
    """A table to be saved, named after itself and today."""
    write, media_type = WRITERS[ending]
    name = f"{sheet.name.lower().replace(' ', '-')}-{moments.today():%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(write(sheet), content_type=media_type, headers=headers)


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(ACTS) else cell
