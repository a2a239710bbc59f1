"""What the numbers of a dashboard come to, in a sentence or two: true for none, for one and for many."""

from __future__ import annotations

from collections.abc import Iterable

from regulator.reports.queries import Counted, OpenCases, Promises


def standing(found: Iterable[OpenCases], of: str = "") -> str:
    """How many cases are open, and on how many something that we owe is overdue.

    of: whose cases they are, as “ of yours”
    """
    rows = list(found)
    number, overdue = sum(row.number for row in rows), sum(row.overdue for row in rows)
    if number == 0:
        return f"No case{of} is open."
    if number == 1:
        return f"1 case{of} is open; it is {'overdue' if overdue else 'not overdue'}."
    late = (
        "none is" if overdue == 0 else "all are" if overdue == number else f"{overdue} of them {_be(overdue)}"
    )
    return f"{number} cases{of} are open; {late} overdue."


def kept(found: Iterable[Promises | Counted]) -> str:
    """How many promises were kept, and what became of the others."""
    rows = list(found)
    number, good = sum(row.number for row in rows), sum(row.kept for row in rows)
    broken, overdue = sum(row.broken for row in rows), sum(row.overdue for row in rows)
    if number == 0:
        return "No promise was kept or broken, and none is overdue today."
    return " ".join(filter(None, [_kept(good, number), _others(broken, overdue)]))


def _kept(good: int, number: int) -> str:
    if number == 1:
        return "The only promise was kept." if good else "The only promise was not kept."
    if good == number:
        return f"All {number} promises were kept."
    return f"{good or 'None'} of {number} promises {'were' if good > 1 else 'was'} kept."


def _others(broken: int, overdue: int) -> str:
    told = [f"{broken} came to an end late"] if broken else []
    told += [f"{overdue} {_be(overdue)} overdue today"] if overdue else []
    return f"{' and '.join(told)}." if told else ""


def _be(number: int) -> str:
    return "is" if number == 1 else "are"
