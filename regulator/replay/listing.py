"""Lists in a file, each item with the line it is written on."""

from __future__ import annotations

import yaml

from regulator.regime.reading import Reader


def items(reader: Reader | None) -> list[Reader]:
    """The items of a list; what is no list is noted, and nothing is an empty one."""
    if reader is None:
        return []
    if not isinstance(reader.node, yaml.SequenceNode):
        reader.say("a list is expected here.")
        return []
    return [Reader(node, reader.where.file, reader.problems) for node in reader.node.value]
