"""What may be asked for the dashboard and the lists across cases. `by` is always an argument."""

from regulator.reports.queries.counting import (
    Counted,
    OpenCases,
    Promises,
    Way,
    open_cases,
    promises,
    promises_by,
)
from regulator.reports.queries.recommended import (
    RecommendedRow,
    State,
    ThemeRow,
    all_recommended,
    recommended,
    themes,
)

__all__ = [
    "Counted",
    "OpenCases",
    "Promises",
    "RecommendedRow",
    "State",
    "ThemeRow",
    "Way",
    "all_recommended",
    "open_cases",
    "promises",
    "promises_by",
    "recommended",
    "themes",
]
