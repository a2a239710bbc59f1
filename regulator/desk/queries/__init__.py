"""What may be asked for a desk. `by` is always an argument."""

from regulator.desk.queries.desk import CLOSED, OPEN, PAGE, WAITING, DeskPage, DeskRow, desk, line_of

__all__ = ["CLOSED", "OPEN", "PAGE", "WAITING", "DeskPage", "DeskRow", "desk", "line_of"]
