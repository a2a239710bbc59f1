"""Files that strangers give: known by what is in them, hashed, safe on the disk, and named harmlessly."""

import io
import stat
import struct
import zipfile

import pytest

from regulator.documents import names, types
from regulator.documents.store import keep, store
from regulator.errors import Invalid

MB = 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20) + b"IEND\xaeB`\x82"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def given(content: bytes, name: str = "file", limit: int = MB):
    """Keep a file."""
    return keep(io.BytesIO(content), name, limit)


def archive(**parts: str) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def office(main: str, **more: str) -> bytes:
    """An Office file that says what its main part is."""
    says = f'<Types><Override PartName="/main.xml" ContentType="{main}"/></Types>'
    return archive(**{"_rels/.rels": "<r/>", "[Content_Types].xml": says, **more})


TAKEN = {
    "pdf": (b"%PDF-1.7\n...\n%%EOF\n", "application/pdf"),
    "png": (PNG, "image/png"),
    "jpg": (b"\xff\xd8\xff\xda\x00\x03\x00...\xff\xd9", "image/jpeg"),
    "txt": ("It was raining – hard.\r\n\tAda".encode(), "text/plain"),
    "docx": (office(f"{WORD}.main+xml"), WORD),
    "xlsx": (office(f"{EXCEL}.main+xml"), EXCEL),
    "odt": (
        archive(mimetype="application/vnd.oasis.opendocument.text"),
        "application/vnd.oasis.opendocument.text",
    ),
    "ods": (
        archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
}
REFUSED = {
    "program": b"MZ\x90\x00\x03\x00\x00\x00",
    "picture-with-script": b"GIF89a" + bytes(10),
    "archive": archive(readme="hello"),
    "word-with-macros": office("application/vnd.ms-word.document.macroEnabled.main+xml"),
    "presentation": office(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    ),
    "drawing": archive(mimetype="application/vnd.oasis.opendocument.graphics"),
    "text-with-nothing-in-it": b"words\x00more words",
    "jar": archive(**{"META-INF/MANIFEST.MF": "Main-Class: x"}),
}
REFUSED["word-hiding-macros"] = office(
    f'{WORD}.main+xml"/><Override PartName="/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject'
)


@pytest.mark.parametrize("ending", TAKEN)
def test_kind_is_told_by_content(in_app, ending):
    """A file is what its content says, whatever it is called."""
    content, media_type = TAKEN[ending]

    kept = given(content, "letter.exe")

    assert kept.media_type == media_type
    assert kept.name == f"letter.exe.{ending}"
    assert kept.size == len(content)


@pytest.mark.parametrize("what", REFUSED)
def test_other_kinds_are_refused(in_app, what):
    """What is not on the list is refused with what can be sent, though its name may claim otherwise."""
    with pytest.raises(Invalid) as refusal:
        given(REFUSED[what], "letter.pdf")

    assert refusal.value.sentence == (
        "“letter.pdf” is not a kind of file that can be taken. Send a PDF, a JPEG or PNG picture, plain text, "
        "or a Word, Excel or OpenDocument file."
    )
    assert leftovers() == []


def test_empty_file_is_refused(in_app):
    """An empty file is refused by name."""
    with pytest.raises(Invalid, match=r"^“statement\.pdf” is empty\.$"):
        given(b"", "statement.pdf")

    assert leftovers() == []


def test_large_file_is_refused(in_app):
    """A file over the limit is refused without being read to its end."""
    stream = io.BytesIO(b"x" * 5 * MB)

    with pytest.raises(Invalid, match=r"^“film\.pdf” is larger than 2 MB\. Send a smaller one\.$"):
        keep(stream, "film.pdf", 2 * MB)

    assert stream.tell() < 5 * MB
    assert leftovers() == []


def test_file_is_kept_whole_under_its_hash(in_app):
    """A file is kept as it came, under its hash, and nobody may write to it."""
    content = TAKEN["pdf"][0]

    kept = given(content)

    place = store().root / kept.sha256[:2] / kept.sha256[2:]
    assert place.read_bytes() == content
    assert stat.S_IMODE(place.stat().st_mode) == 0o400
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert leftovers() == []


def test_same_bytes_are_kept_once(in_app):
    """The same file given twice is kept once, and both are good."""
    first, second = given(PNG, "one.png"), given(PNG, "two.png")

    assert first.sha256 == second.sha256
    assert (first.name, second.name) == ("one.png", "two.png")
    with store().open(first.sha256) as file:
        assert file.read() == PNG


def test_file_is_destroyed(in_app):
    """A file that is destroyed is gone, and destroying it again does no harm."""
    kept = given(PNG)

    store().delete(kept.sha256)
    store().delete(kept.sha256)

    assert store().stat(kept.sha256) is None


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\Users\\ada\\My statement.txt", "My statement.txt"),
        ("/absolute/path/letter.txt", "letter.txt"),
        ("invoice\u202efdp.exe.txt", "invoicefdp.exe.txt"),
        ("\u2067letter\u2069.txt", "letter.txt"),
        ("let\x00ter\r\nSet-Cookie: a=b.txt", "letter Set-Cookie: a=b.txt"),
        ("  spaced   out .txt ", "spaced out.txt"),
        ("Llythyr ŵ ŷ.txt", "Llythyr ŵ ŷ.txt"),
        ("LETTER.TXT", "LETTER.TXT"),
        ("...", "file.txt"),
        ("", "file.txt"),
        ("\u200b\u200b", "file.txt"),
        (".htaccess", "htaccess.txt"),
        ("page.html", "page.html.txt"),
        ("numbers.csv", "numbers.csv"),
    ],
)
def test_names_are_made_safe(typed, shown):
    """A name keeps what a person reads, and nothing that names a folder, breaks a line or turns the reading round."""
    assert names.safe(typed, types.TEXT) == shown


def test_long_name_is_cut(in_app):
    """A name longer than systems take is cut, and keeps its ending."""
    name = names.safe("x" * 500 + ".txt", types.TEXT)

    assert len(name) == names.LONGEST
    assert name.endswith("x.txt")


def test_archive_that_claims_too_many_parts(tmp_path):
    """An archive whose list of parts would fill the memory is refused before it is read."""
    content = bytearray(TAKEN["docx"][0])
    end = content.rfind(b"PK\x05\x06")
    struct.pack_into("<L", content, end + 12, 3_000_000_000)
    path = tmp_path / "bomb.docx"
    path.write_bytes(content)

    assert types.kind_of(path) is None


def test_archive_that_unpacks_to_too_much(tmp_path):
    """An archive whose first part unpacks to gigabytes is read no further than a real one would be."""
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", " " * 50 * MB + f"{WORD}.main+xml")

    assert types.kind_of(path) is None


def leftovers() -> list[str]:
    """Files that were begun and never finished."""
    return [path.name for path in store().root.glob("coming-*")]
