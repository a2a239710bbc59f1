"""What letters ask of whoever has a case: one that did not arrive, one to be posted, and one in the wrong language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import url_for

from regulator.casework import in_language
from regulator.casework.ahead import Doing, Duty
from regulator.casework.facts import Facts
from regulator.language import NAMES, WELSH
from regulator.letters.models import Delivery
from regulator.letters.queries import LetterRow


def not_arrived(written: Sequence[LetterRow], owner: str | None) -> list[Duty]:
    """Letters that did not arrive, the oldest first: each stands first on the page until somebody sees to it."""
    return [_reach(row, owner) for row in written if row.waits_for_person and not _is_to_post(row)]


def to_post(written: Sequence[LetterRow], owner: str | None) -> list[Duty]:
    """Letters that wait to be printed and posted."""
    return [_post(row, owner) for row in written if _is_to_post(row)]


def _is_to_post(row: LetterRow) -> bool:
    return row.state == Delivery.on_paper and row.problem is None


def _reach(row: LetterRow, owner: str | None) -> Duty:
    standing = row.standing
    label, advice = (standing.label, standing.advice) if standing else ("", "")
    doings = [
        Doing("Send to another address", url_for("letters.readdress", number=row.id)),
        Doing("Reached in another way", url_for("letters.settle", number=row.id)),
        Doing("Open the letter", url_for("letters.show", number=row.id)),
    ]
    return Duty(
        what=f"Reach {row.recipient}: “{row.subject}”, {label[:1].lower()}{label[1:]}",
        who=owner or "Whoever has the case",
        why=" ".join(filter(None, (row.problem, advice))),
        due=None,
        doings=doings,
    )


def _post(row: LetterRow, owner: str | None) -> Duty:
    return Duty(
        what=f"Post “{row.subject}” to {row.recipient}",
        who=owner or "Whoever has the case",
        why="It goes by post.",
        due=None,
        doings=[Doing("Open the letter", url_for("letters.show", number=row.id))],
    )


def cautions(known: Facts) -> Iterator[str]:
    """What to know before writing to somebody who asked for a language that not every letter is in."""
    languages = {who.language for who in known.participants if who.left_on is None}
    if WELSH in languages and (missing := in_language.missing(known, WELSH)):
        many = (
            f"{missing} of the letters we may still write" if missing > 1 else "One letter we may still write"
        )
        yield (
            f"They asked for {NAMES[WELSH]} (Welsh). {many} to them exist in English only and would go in English:"
            " have them translated before you send them."
        )
    if "other" in languages:
        yield "They asked for another language than English or Welsh. Letters go in English: have them translated."
