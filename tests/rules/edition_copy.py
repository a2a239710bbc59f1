"""A copy of the shipped edition that a test may break, and what the loader then says of it."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from regulator.regime.loader import EDITIONS, EditionError, Registry, load
from regulator.regime.model import Edition

SHIPPED = EDITIONS / "2026-draft"
KINDS = Path(__file__).parent / "kinds"


@dataclass
class Copy:
    """An edition in a folder of its own."""

    path: Path

    def write(self, file: str, old: str, new: str) -> None:
        """Replace `old`, which stands in the file once, by `new`."""
        text = (self.path / file).read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (self.path / file).write_text(text.replace(old, new))

    def serve(self, *kinds: str) -> None:
        """Put these kinds in service and no other."""
        said = (self.path / "edition.yaml").read_text()
        text = re.sub(r"in_service: [a-z, ]*", f"in_service: {', '.join(kinds)} ", said)
        (self.path / "edition.yaml").write_text(text)

    def line(self, file: str, text: str) -> int:
        """The line on which `text` begins."""
        before, found, _ = (self.path / file).read_text().partition(text)
        assert found, f"{text!r} is not in {file}"
        return before.count("\n") + 1

    def load(self, registry: Registry | None = None) -> Edition:
        """The edition; raises EditionError."""
        return load(self.path, registry)

    def problems(self, registry: Registry | None = None) -> list[str]:
        """What is wrong with it, line by line; nothing if it can be used."""
        try:
            self.load(registry)
        except EditionError as error:
            return [str(problem) for problem in error.problems]
        return []


def copy_to(path: Path, *kinds: str) -> Copy:
    """The shipped edition in `path`, with small kinds beside it that are not in service."""
    shutil.copytree(SHIPPED, path, dirs_exist_ok=True)
    for kind in kinds:
        shutil.copy(KINDS / f"{kind}.yaml", path)
    return Copy(path)
