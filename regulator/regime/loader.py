"""Reading an edition: its files become frozen objects, or everything that is wrong with them is said at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from regulator.errors import Missing
from regulator.regime.catalogue import SHARED, catalogue
from regulator.regime.kinds import Alike, kind
from regulator.regime.model import Edition, Kind
from regulator.regime.names import every_name_resolves, unregistered
from regulator.regime.parts import Where
from regulator.regime.proofs import PROOFS
from regulator.regime.reading import EditionError, Problem, Problems, Reader, Table, read, unknown
from regulator.regime.registry import Registry

__all__ = ["EditionError", "Problem", "Registry", "load", "shipped"]

EDITIONS: Final = Path(__file__).parent / "editions"
FIRST, COMMON, ALIKE = "edition.yaml", "common.yaml", "alike.yaml"


@dataclass(frozen=True)
class _Files:
    """The files of an edition by name, read, and what was found wrong so far."""

    read: Mapping[str, Reader]
    problems: Problems
    digest: str

    @property
    def kinds(self) -> list[str]:
        """The files that hold a kind of case."""
        return [name for name in self.read if name not in {FIRST, COMMON, ALIKE, *SHARED}]


def load(path: Path, registry: Registry | None = None) -> Edition:
    """The edition in the folder `path`, read and proved.

    registry: the needs, effects and forms that the application has; without it those names are not looked up
    Raises:   Missing for a folder that is no edition; EditionError with all that is wrong with one that is
    """
    files = _files(path)
    edition = _edition(files, registry)
    found = files.problems.found + [
        problem for each in edition.kinds.values() for problem in every_name_resolves(edition, each)
    ]
    if not found:
        found = [p for each in edition.kinds.values() for proof in PROOFS for p in proof(edition, each)]
    if found:
        raise EditionError(found)
    return edition


def shipped(registry: Registry | None = None) -> dict[str, Edition]:
    """Every edition that comes with the application, by name; raises EditionError for one that cannot be used."""
    found = [load(path.parent, registry) for path in sorted(EDITIONS.glob(f"*/{FIRST}"))]
    return {edition.name: edition for edition in found}


def _files(path: Path) -> _Files:
    if not (path / FIRST).is_file():
        raise Missing(f"{path} is not an edition: it has no {FIRST}.")
    problems, digest = Problems(), hashlib.sha256()
    files: dict[str, Reader] = {}
    for file in sorted(path.glob("*.yaml")):
        content = file.read_bytes()
        digest.update(f"{file.name}\n{len(content)}\n".encode() + content)
        reader = read(content, file.name, problems)
        if reader is not None:
            files[file.name] = reader
    for name in (COMMON, *SHARED):
        if not (path / name).is_file():
            problems.say(Where(FIRST, 1), f"the edition has no {name}.")
    return _Files(files, problems, digest.hexdigest())


def _edition(files: _Files, registry: Registry | None) -> Edition:
    shared = catalogue(files.read)
    said = _first(files)
    serving = said.words("in_service") if said else ()
    names = [name.removesuffix(".yaml") for name in files.kinds]
    for name in serving:
        if name not in names:
            files.problems.say(name.where, unknown(name, "kind", names))
    common, alike = files.read.get(COMMON), _alike(files)
    kinds = {
        name: kind(name, files.read[f"{name}.yaml"], common, shared, alike, in_service=name in serving)
        for name in names
    }
    return Edition(
        name=said.text("name") if said else "",
        title=said.text("title") if said else "",
        in_force_from=said.text("in_force_from") if said else "",
        digest=files.digest,
        roles=shared.roles,
        reasons=shared.reasons,
        standards=shared.standards,
        letters=shared.letters,
        kinds={name: _awaiting(each, registry, files.problems) for name, each in kinds.items()},
        needs=shared.needs,
        relations=shared.relations,
        words=shared.words,
    )


def _alike(files: _Files) -> Alike:
    """What several kinds share; an edition may do without."""
    if ALIKE not in files.read:
        return Alike()
    said = files.read[ALIKE].table("", "steps clocks", ALIKE)
    return Alike(said.under("steps"), said.under("clocks"))


def _first(files: _Files) -> Table | None:
    reader = files.read.get(FIRST)
    if reader is None:
        return None
    said = reader.table("name title in_force_from in_service", "", FIRST)
    day = said.text("in_force_from")
    try:
        date.fromisoformat(day)
    except ValueError:
        files.problems.say(day.where, f"“{day}” is not a day: write it like 2026-11-23.")
    return said


def _awaiting(each: Kind, registry: Registry | None, problems: Problems) -> Kind:
    """The kind with the names it awaits from the application; one in service may await none."""
    if registry is None:
        return each
    gone = unregistered(each, registry)
    if not each.in_service:
        return replace(each, awaits=tuple(sorted({name for _, name in gone})))
    for where, name in gone:
        problems.say(
            where, f"the application has no {name}, and a kind in service may use nothing it does not have."
        )
    return each
