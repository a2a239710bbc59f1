"""Looking up the names of one kind: what a name may resolve to, and what is noted where it does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from regulator.regime.model import Condition, Edition, Field, Kind, Where
from regulator.regime.reading import Problem, unknown, where_of

WORD = re.compile(r"\{([^{}]*)\}")


class Look:
    """Looks names up, and notes the ones that are not there.

    fields: those that the kind’s steps ask for, by name; one may be asked by several steps
    """

    def __init__(self, edition: Edition, kind: Kind) -> None:
        self.edition = edition
        self.kind = kind
        self.found: list[Problem] = []
        self.fields: dict[str, list[Field]] = {}
        for step in kind.steps.values():
            for field in step.fields:
                self.fields.setdefault(field.name, []).append(field)

    def say(self, where: Where, sentence: str) -> None:
        """Note that what is written at `where` is wrong."""
        self.found.append(Problem(where.file, where.line, sentence))

    def up(
        self, names: Iterable[str | None], what: str, known: Collection[str], owner: str, at: Where
    ) -> None:
        """Look each of `names` up among `known`."""
        for name in names:
            if name is not None and name not in known:
                self.say(where_of(name, at), f"{owner}: {unknown(name, what, known)}")

    def words(self, text: str, owner: str, at: Where, may: Callable[[str], str | None]) -> None:
        """Look up every word in braces; `may` says why a word is not for this text, or None."""
        for word in WORD.findall(text):
            clock, dot, day = word.partition(".")
            if dot:
                why = None if day == "last_day" and clock in self.kind.clocks else "no clock has such a day"
            else:
                why = may(word)
            if why:
                self.say(where_of(text, at), f"{owner}: “{{{word}}}” cannot stand here: {why}.")
        if {"{", "}"} & set(WORD.sub("", text)):
            self.say(where_of(text, at), f"{owner}: a brace is open or closed once too often.")

    def condition(self, only: Condition | None, answers: Iterable[Field], owner: str) -> None:
        """Look up the answer that something depends on among the answers there are."""
        if only is None:
            return
        fields = {field.name: field for field in answers}
        self.up([only.field], "answer of the step", fields, owner, only.where)
        if only.field in fields:
            self.up(
                only.codes, f"answer to “{only.field}”", self.codes(fields[only.field]), owner, only.where
            )

    def codes(self, field: Field) -> tuple[str, ...]:
        """The coded answers that a field may be given; none for one that is answered in words."""
        if field.kind in {"yes_no", "confirm"}:
            return ("yes", "no")
        return tuple(choice.code for choice in self.edition.reasons.get(field.choices or "", ()))
