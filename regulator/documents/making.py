"""Looking into a stranger’s file, in a process of its own that can do little harm and not for long.

    python making.py pages|page|picture PATH [NUMBER]

`pages` prints how many pages a PDF has; `page` and `picture` give a picture, made anew, so that nothing hidden in the
file comes along. The process is given limits before it opens the file, and reaches nothing but what it is given.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from io import BytesIO
from pathlib import Path

MEMORY, SECONDS, PATIENCE = 1 << 30, 10, 20
WIDTH, HEIGHT = 900, 1270
"""The largest picture of a page or a photograph, in pixels: what a screen shows, not what prints."""
PIXELS = 60_000_000
LOCKED, DAMAGED = 3, 4
MADE = "image/png"


class CannotShow(Exception):
    """There is no picture of this file, or it would cost too much to make one."""


class IsLocked(CannotShow):
    """It opens only with a password."""


def pages_of(path: Path) -> int:
    """How many pages a PDF has.

    Raises: IsLocked, or CannotShow where it cannot be read
    """
    return int(_apart("pages", path))


def page(path: Path, number: int) -> bytes:
    """One page of a PDF as a PNG; pages are counted from 1. Raises: CannotShow."""
    return _apart("page", path, str(number))


def picture(path: Path) -> bytes:
    """A photograph made anew as a PNG, without whatever else the file tells. Raises: CannotShow."""
    return _apart("picture", path)


def _apart(*asked: str | Path) -> bytes:
    command = [sys.executable, "-I", __file__, *map(str, asked)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, env={}, check=False)
    except subprocess.TimeoutExpired:
        raise CannotShow from None
    if done.returncode:
        raise IsLocked if done.returncode == LOCKED else CannotShow
    return done.stdout


def main(what: str, path: str, number: str = "1") -> int:
    """Do it, in the process made for it; how it ends is its exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.buffer.write(_photograph(path) if what == "picture" else _of_pdf(what, path, int(number)))
    return 0


def _photograph(path: str) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415 - only the process apart needs it

    Image.MAX_IMAGE_PIXELS = PIXELS
    with Image.open(path, formats=["JPEG", "PNG"]) as opened:
        if opened.width * opened.height > PIXELS:
            sys.exit(DAMAGED)
        opened.draft("RGB", (WIDTH * 2, HEIGHT * 2))
        turned = ImageOps.exif_transpose(opened)
        turned.thumbnail((WIDTH, HEIGHT))
        flat = Image.new("RGB", turned.size, "white")
        flat.paste(turned.convert("RGB"), mask=turned.convert("RGBA").getchannel("A"))
    return _png(flat)


def _of_pdf(what: str, path: str, number: int) -> bytes:
    import pypdfium2  # noqa: PLC0415 - only the process apart needs it

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        sys.exit(LOCKED if "password" in str(error).lower() else DAMAGED)
    if what == "pages":
        return str(len(document)).encode()
    drawn = document[number - 1]
    width, height = drawn.get_size()
    scale = min(WIDTH / max(width, 1), HEIGHT / max(height, 1), 3)
    return _png(drawn.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB"))


def _png(image: object) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")  # type: ignore[attr-defined]  # Pillow is known only in the process apart
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
