"""Files that cannot be used are refused with a sentence that says what to do, and nothing of them is left behind."""

import errno
import io
import os
import zipfile

import pypdf
import pytest
from PIL import Image

from regulator.documents.store import incoming, keep, store
from regulator.errors import Invalid
from regulator.replay.papers import pdf

MB = 1024 * 1024
CUT = "“{}” is damaged or was cut short on its way: part of it is missing. Send it again."
LOCKED = "“{}” is protected by a password, so nobody could check or read it. Send it without one."
BOMB = "“{}” unpacks to far more than it seems to hold, so it is not taken. Send what is in it as a PDF."
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def photograph(kind: str) -> bytes:
    """A picture with a smaller one of itself in it, as cameras make them."""
    out = io.BytesIO()
    Image.effect_noise((300, 200), 60).convert("RGB").save(out, kind)
    return out.getvalue()


def with_small_one(picture: bytes) -> bytes:
    """A photograph whose description holds a whole small photograph, with an end of its own."""
    small = b"Exif\0\0" + b"\xff\xd8\xff\xd9"
    return picture[:2] + b"\xff\xe1" + (len(small) + 2).to_bytes(2, "big") + small + picture[2:]


def document(*, locked: bool = False, **parts: bytes) -> bytes:
    """A Word file; locked as an archive can be."""
    out = io.BytesIO()
    says = f'<Types><Override PartName="/main.xml" ContentType="{WORD}.main+xml"/></Types>'.encode()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {"[Content_Types].xml": says, **parts}.items():
            made.writestr(name, content)
    content = out.getvalue()
    place = content.rfind(b"PK\x01\x02") + 8
    return content[:place] + b"\x01" + content[place + 1 :] if locked else content


def locked_pdf(user: str) -> bytes:
    """A PDF that asks for a password where `user` is one, and else only says what may not be done with it."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("What the camera saw")))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def open_document(manifest: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


OLD_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le")
REFUSED = {
    "report.pdf": (pdf("words")[:-30], CUT),
    "photo.png": (photograph("PNG")[:-20], CUT),
    "photo.jpg": (photograph("JPEG")[:-40], CUT),
    "camera.jpg": (with_small_one(photograph("JPEG"))[:-40], CUT),
    "letter.docx": (document(more=os.urandom(3000))[:-200], CUT),
    "secret.pdf": (locked_pdf("secret"), LOCKED),
    "secret.docx": (OLD_LOCKED, LOCKED),
    "parts.docx": (document(locked=True, more=b"words"), LOCKED),
    "secret.odt": (open_document("<m><manifest:encryption-data/></m>"), LOCKED),
    "bomb.docx": (document(more=bytes(150 * MB)), BOMB),
}


def left() -> list[str]:
    """Everything in the store, and everything that was coming in."""
    return [*(sha256 for sha256, _ in store().kept()), *(path.name for path in incoming().glob("coming-*"))]


@pytest.mark.parametrize("name", REFUSED)
def test_unusable_file_is_refused(in_app, name):
    """A file that is cut short, locked or a bomb is refused with its own sentence, and nothing of it stays."""
    content, sentence = REFUSED[name]
    before = left()

    with pytest.raises(Invalid) as refusal:
        keep(io.BytesIO(content), name, 10 * MB)

    assert refusal.value.sentence == sentence.format(name)
    assert left() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plain.pdf", pdf("words")),
        ("no-printing.pdf", locked_pdf("")),
        ("photo.png", photograph("PNG")),
        ("photo.jpg", photograph("JPEG")),
        ("camera.jpg", with_small_one(photograph("JPEG")) + b"what telephones add" * 10_000),
        ("letter.docx", document(more=bytes(50 * MB))),
        ("letter.odt", open_document("<m/>")),
    ],
)
def test_usable_file_is_taken(in_app, name, content):
    """A whole file is taken: also one that only forbids printing, and a photograph with more behind its end."""
    assert keep(io.BytesIO(content), name, 10 * MB).name == name


def test_disk_full_while_a_file_comes_in(in_app, monkeypatch):
    """When the disk fills up under a file, whoever sends it is told, and nothing of it stays."""
    before = left()

    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(Invalid, match=r"“film\.txt” could not be kept, because there is no room for it here"):
        keep(io.BytesIO(b"words"), "film.txt", MB)

    assert left() == before


def test_name_with_marks_in_a_refusal(in_app):
    """A refusal says a name as it reads, without folders and without what turns the reading round."""
    with pytest.raises(Invalid) as refusal:
        keep(io.BytesIO(b""), "../../\u202efdp.exe", MB)

    assert refusal.value.sentence == "“fdp.exe” is empty."


def test_disk_full_before_the_form_is_read(in_app, monkeypatch):
    """When the disk fills up while a whole form still comes in, the page says so and that nothing was saved."""

    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", full)

    answer = in_app.test_client().post("/sign-in", data={"file": (io.BytesIO(b"words"), "film.txt")})

    assert answer.status_code == 507
    assert "no room for it here at the moment. Nothing was saved" in answer.text
