"""Files that a story brings with a step: plain text, or the same words on one page of PDF."""

from __future__ import annotations

from io import BytesIO
from textwrap import wrap

from regulator.documents.store import MEGABYTE, Stored, keep
from regulator.replay.story import Paper

LINES, WIDTH = 44, 84
"""What goes on a page at eleven points; what is longer is a story’s own fault, and cut."""

FONTS = b"<< /Font << /F1 5 0 R >> >>"


def kept(paper: Paper) -> Stored:
    """Put a file of a story into the store.

    Raises: Invalid for one of a kind that is not taken
    """
    content = pdf(paper.text) if paper.name.endswith(".pdf") else paper.text.encode()
    return keep(BytesIO(content), paper.name, MEGABYTE)


def pdf(text: str) -> bytes:
    """One page of PDF with these words; the same words give the same bytes."""
    lines = [line for paragraph in text.splitlines() for line in wrap(paragraph, WIDTH) or [""]][:LINES]
    shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
    page = f"BT /F1 11 Tf 56 780 Td 16 TL\n{shown}ET".encode("cp1252", "replace")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %b /Contents 4 0 R >>" % FONTS,
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    return _assembled(parts)


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(parts: list[bytes]) -> bytes:
    """The objects of a PDF with the table that says where each begins."""
    out, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    count = len(parts) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(out))
    )
