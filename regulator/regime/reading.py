"""Reading the files of an edition so that every word knows the file and line it was written on.

YAML’s own ideas of what a scalar is (a number, a date, a yes) are left out: everything is text until it is asked for.
What is wrong is noted and read past, so that one reading finds everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import BytesIO
from types import MappingProxyType

import yaml

from regulator.errors import RegulatorError
from regulator.regime.parts import NOWHERE, Where

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LIKE = "like"
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with an edition, and where; prints as `complaint.yaml:12: sentence`."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class EditionError(RegulatorError):
    """An edition that cannot be used, with everything that is wrong with it in the order of its files."""

    status = 500

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass
class Problems:
    """What has been found wrong so far."""

    found: list[Problem] = field(default_factory=list)

    def say(self, where: Where, sentence: str) -> None:
        """Note that something at `where` is wrong."""
        self.found.append(Problem(where.file, where.line, sentence))


class Word(str):
    """A text that knows where it was written; in every other way an ordinary string."""

    __slots__ = ("where",)
    where: Where

    @classmethod
    def at(cls, text: str, where: Where) -> Word:
        """`text`, written at `where`."""
        word = cls(text)
        word.where = where
        return word


def where_of(text: str, otherwise: Where = NOWHERE) -> Where:
    """Where `text` was written, or `otherwise` for one that was not read from a file."""
    return text.where if isinstance(text, Word) else otherwise


def unknown(word: str, what: str, known: Iterable[str]) -> str:
    """The sentence for a name that does not resolve, with the nearest that would."""
    near = get_close_matches(word, list(known), 1)
    return f"there is no {what} called “{word}”" + (f"; is “{near[0]}” meant?" if near else ".")


class Added(yaml.MappingNode):
    """A table that an edition adds to those of its base, which has none of that name.

    base: the name of the base
    """

    base = ""


class Reader:
    """One node of a file: a text, a list or a table, whichever it is asked for."""

    def __init__(self, node: yaml.Node, file: str, problems: Problems) -> None:
        self.node = node
        self.problems = problems
        self.where = Where(file, node.start_mark.line + 1)

    def say(self, sentence: str) -> None:
        """Note that this node is wrong."""
        self.problems.say(self.where, sentence)

    def text(self) -> Word:
        """The text written here; an empty one is one too."""
        if isinstance(self.node, yaml.ScalarNode):
            return Word.at(self.node.value.strip(), self.where)
        self.say("a text is expected here.")
        return Word.at("", self.where)

    def words(self) -> tuple[Word, ...]:
        """The names written here, as a list or with commas between them."""
        if isinstance(self.node, yaml.SequenceNode):
            return tuple(self._of(item).text() for item in self.node.value)
        names = [name.strip() for name in self.text().split(",")]
        return tuple(Word.at(name, self.where) for name in names if name)

    def flag(self) -> bool:
        """Yes or no."""
        said = self.text().lower()
        if said not in _YES_NO:
            self.say(f"“{said}” is neither yes nor no.")
        return _YES_NO.get(said, False)

    def rows(self) -> dict[str, Reader]:
        """The rows of a table by name (a `Word`), in the order written; a name written twice is noted."""
        rows: dict[str, Reader] = {}
        if not isinstance(self.node, yaml.MappingNode):
            self.say("a table of names is expected here.")
            return rows
        for name, row in self._pairs(self.node):
            if name in rows:
                self.problems.say(name.where, f"“{name}” is written twice.")
            rows[name] = row
        return rows

    def texts(self) -> dict[str, str]:
        """A table of texts."""
        return {name: row.text() for name, row in self.rows().items()}

    def table(
        self,
        needed: str = "",
        allowed: str = "",
        what: str = "this",
        alike: Mapping[str, Reader] = MappingProxyType({}),
    ) -> Table:
        """A table of which the keys are known; a missing or an unknown one is noted.

        alike: tables by name; one that says it is `like` such a table has its rows too, save those of its own
        """
        own = self.rows()
        rows = self._with_alike(own, what, alike)
        required = needed.split()
        known = [*required, *allowed.split()]
        for name in rows:
            if name not in known:
                self.problems.say(where_of(name), f"{what}: " + unknown(name, "key", known))
        for key in required:
            if key not in rows:
                self.say(f"{what}: “{key}” is missing{self._nothing_to_change()}.")
        for name, row in rows.items():
            if name in known and row.is_empty():
                row.say(f"{what}: “{name}” is empty.")
        return Table(rows, self)

    def _nothing_to_change(self) -> str:
        """What may be meant by a row that is not whole: a change to one that the base does not have."""
        return f", and {self.node.base} has no such row to change" if isinstance(self.node, Added) else ""

    def _with_alike(
        self, own: dict[str, Reader], what: str, alike: Mapping[str, Reader]
    ) -> dict[str, Reader]:
        if not alike or LIKE not in own:
            return own
        name = own[LIKE].text()
        if name not in alike:
            own[LIKE].say(f"{what}: " + unknown(name, "row that kinds share", alike))
            return own
        return {key: row for key, row in {**alike[name].rows(), **own}.items() if key != LIKE}

    def is_empty(self) -> bool:
        """Whether nothing is written here."""
        return not self.node.value

    def is_table(self) -> bool:
        """Whether it is a table rather than a text or a list."""
        return isinstance(self.node, yaml.MappingNode)

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[Word, Reader]]:
        for key, value in node.value:
            name, row = self._of(key), self._of(value)
            row.where = name.where
            yield name.text(), row

    def _of(self, node: yaml.Node) -> Reader:
        """A node within this one, which may be of another file: an edition can be based on another."""
        return Reader(node, str(node.start_mark.name), self.problems)


class Table:
    """A table whose keys are known, asked for key by key; what is not there is empty."""

    def __init__(self, rows: Mapping[str, Reader], reader: Reader) -> None:
        self.rows = rows
        self.reader = reader
        self.where = reader.where

    def __contains__(self, key: str) -> bool:
        return key in self.rows

    def text(self, key: str, otherwise: str = "") -> Word:
        """The text under `key`."""
        return self.rows[key].text() if key in self else Word.at(otherwise, self.where)

    def name(self, key: str) -> Word | None:
        """The name under `key`, if there is one."""
        return self.text(key) or None

    def words(self, key: str) -> tuple[Word, ...]:
        """The names under `key`."""
        return self.rows[key].words() if key in self else ()

    def flag(self, key: str, *, otherwise: bool = False) -> bool:
        """Yes or no under `key`."""
        return self.rows[key].flag() if key in self else otherwise

    def texts(self, key: str) -> dict[str, str]:
        """The table of texts under `key`."""
        return self.rows[key].texts() if key in self else {}

    def under(self, key: str) -> dict[str, Reader]:
        """The rows of the table under `key`."""
        return self.rows[key].rows() if key in self else {}


def read(text: str | bytes, file: str, problems: Problems) -> Reader | None:
    """The whole of one file, or None where it is not YAML, or empty, which is noted."""
    stream = BytesIO(text.encode() if isinstance(text, str) else text)
    stream.name = file  # every node then knows the file it stands in
    try:
        node = yaml.compose(stream, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or str(error).splitlines()[0]
        problems.say(Where(file, mark.line + 1 if mark else 1), f"this cannot be read as YAML: {why}.")
        return None
    if node is None:
        problems.say(Where(file, 1), "the file is empty.")
        return None
    return Reader(node, file, problems)
