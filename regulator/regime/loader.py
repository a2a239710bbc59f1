"""Reading an edition: its files become frozen objects, or everything that is wrong with them is said at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from regulator.errors import Missing
from regulator.regime.basing import laid_over
from regulator.regime.catalogue import SHARED, catalogue
from regulator.regime.intake import intake
from regulator.regime.kinds import Alike, kind
from regulator.regime.model import Edition, Kind
from regulator.regime.names import every_name_resolves, unregistered
from regulator.regime.parts import Where
from regulator.regime.proofs import PROOFS
from regulator.regime.reading import EditionError, Problem, Problems, Reader, Table, Word, read, unknown
from regulator.regime.registry import Registry

__all__ = ["EditionError", "Problem", "Registry", "load", "shipped"]

EDITIONS: Final = Path(__file__).parent / "editions"
FIRST, COMMON, ALIKE, INTAKE = "edition.yaml", "common.yaml", "alike.yaml", "intake.yaml"
BASED_ON = "based_on"


@dataclass(frozen=True)
class _Files:
    """The files of an edition by name, read, and what was found wrong so far."""

    read: Mapping[str, Reader]
    problems: Problems
    digest: str

    @property
    def kinds(self) -> list[str]:
        """The kinds of case that files of it hold."""
        others = {FIRST, COMMON, ALIKE, INTAKE, *SHARED}
        return [name.removesuffix(".yaml") for name in self.read if name not in others]


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
    """The files of an edition, over those of the one it is based on."""
    if not (path / FIRST).is_file():
        raise Missing(f"{path} is not an edition: it has no {FIRST}.")
    files = _based(path, Problems(), ())
    unread = {Path(problem.file).name for problem in files.problems.found}
    for name in (COMMON, *SHARED):
        if name not in files.read and name not in unread:
            files.problems.say(Where(FIRST, 1), f"the edition has no {name}.")
    return files


def _based(path: Path, problems: Problems, above: tuple[str, ...]) -> _Files:
    """The same, for an edition on which those `above` are based; a name of a file of it says whose it is."""
    digest = hashlib.sha256()
    files: dict[str, Reader] = {}
    for file in sorted(path.glob("*.yaml")):
        content = file.read_bytes()
        digest.update(f"{file.name}\n{len(content)}\n".encode() + content)
        reader = read(content, f"{path.name}/{file.name}" if above else file.name, problems)
        if reader is not None:
            files[file.name] = reader
    base = _base_of(files, path, problems, (*above, path.name))
    if base is None:
        return _Files(files, problems, digest.hexdigest())
    digest.update(f"{BASED_ON}\n{base.digest}\n".encode())
    under = {name: reader for name, reader in base.read.items() if name != FIRST}
    return _Files(laid_over(under, files, str(_said(files, BASED_ON))), problems, digest.hexdigest())


def _base_of(
    files: Mapping[str, Reader], path: Path, problems: Problems, below: tuple[str, ...]
) -> _Files | None:
    """The edition it is based on, which stands beside it; none where there is none, or where it cannot be one."""
    name = _said(files, BASED_ON)
    if not name:
        return None
    if name in below:
        problems.say(name.where, f"the edition is based on itself ({' > '.join((*below, name))}).")
    elif not (path.parent / name / FIRST).is_file():
        others = [each.parent.name for each in path.parent.glob(f"*/{FIRST}")]
        problems.say(name.where, unknown(name, "edition beside this one", sorted({*others} - {path.name})))
    else:
        return _based(path.parent / name, problems, below)
    return None


def _said(files: Mapping[str, Reader], key: str) -> Word | None:
    row = files[FIRST].rows().get(key) if FIRST in files else None
    return row.text() if row else None


def _edition(files: _Files, registry: Registry | None) -> Edition:
    shared = catalogue(files.read)
    said = _first(files)
    names = _named(files, said, "kinds", files.kinds) or files.kinds
    serving = _named(files, said, "in_service", names)
    for name in set(files.kinds) - set(names):
        _unwanted(files.read[f"{name}.yaml"], name, names)
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
        intake=intake(files.read.get(INTAKE), shared.reasons),
    )


def _named(files: _Files, said: Table | None, key: str, known: Sequence[str]) -> list[str]:
    """The kinds that the first file names under `key`."""
    names = said.words(key) if said else ()
    for name in names:
        if name not in known:
            files.problems.say(name.where, unknown(name, "kind", known))
    return [name for name in names if name in known]


def _unwanted(file: Reader, name: str, names: Sequence[str]) -> None:
    """Note a file of the edition’s own that holds no kind it names: it would be read past."""
    if Path(file.where.file).parent == Path():
        file.problems.say(Where(file.where.file, 1), unknown(name, f"kind that {FIRST} names", names))


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
    said = reader.table("name title in_force_from", f"in_service kinds {BASED_ON}", FIRST)
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
