"""What may be asked for a desk. `by` is always an argument."""

from regulator.desk.queries.desk import CLOSED, OPEN, PAGE, WAITING, DeskPage, DeskRow, desk, line_of
from regulator.desk.queries.items import MOST, OpenItem, open_items

__all__ = [
    "CLOSED",
    "MOST",
    "OPEN",
    "PAGE",
    "WAITING",
    "DeskPage",
    "DeskRow",
    "OpenItem",
    "desk",
    "line_of",
    "open_items",
]
