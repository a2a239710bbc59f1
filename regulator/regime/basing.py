"""An edition based on another: what it says again is laid over what the other says, row by row, before anything is read.

So what is the same is written once, and whoever reads a rule reads it on the line where it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import yaml

from regulator.regime.reading import Added, Problems, Reader, unknown

GONE: Final = "gone"
"""What stands in the place of a row, or of a key of it, that the edition does not have."""


def laid_over(base: Mapping[str, Reader], own: Mapping[str, Reader], name: str) -> dict[str, Reader]:
    """The files of the edition called `name` with those of an edition based on it over them.

    A table is laid over a table, however deep, and anything else takes the place of what stood there.
    """
    return {**base, **own, **{file: _over(base[file], own[file], name) for file in base if file in own}}


def _over(base: Reader, own: Reader, name: str) -> Reader:
    return Reader(_laid(base.node, own.node, name, own.problems), own.where.file, own.problems)


def _laid(base: yaml.Node, own: yaml.Node, name: str, problems: Problems) -> yaml.Node:
    if not (isinstance(base, yaml.MappingNode) and isinstance(own, yaml.MappingNode)):
        return own
    rows = {str(key.value): (key, value) for key, value in base.value}
    for key, value in _once(own, problems):
        row = str(key.value)
        if value.value == GONE:
            if rows.pop(row, None) is None:
                Reader(key, key.start_mark.name, problems).say(
                    f"{name}: " + unknown(row, "row to take away", rows)
                )
        elif row in rows:
            rows[row] = (key, _laid(rows[row][1], value, name, problems))
        else:
            rows[row] = (key, _added(value, name))
    return yaml.MappingNode(own.tag, list(rows.values()), own.start_mark, own.end_mark)


def _once(own: yaml.MappingNode, problems: Problems) -> list[tuple[yaml.Node, yaml.Node]]:
    """The rows of a table; a name written twice in it is noted, for afterwards it could not be told."""
    rows = Reader(own, own.start_mark.name, problems).rows()
    return own.value if len(rows) == len(own.value) else []


def _added(value: yaml.Node, name: str) -> yaml.Node:
    if not isinstance(value, yaml.MappingNode):
        return value
    added = Added(value.tag, value.value, value.start_mark, value.end_mark)
    added.base = name
    return added
