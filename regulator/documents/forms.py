"""What is asked before faces are shown."""

from __future__ import annotations

from regulator.documents.previews import REASONS
from regulator.forms import Choice, Kind, PageForm, field


class LookForm(PageForm):
    """Why somebody wants to see faces."""

    why = field(
        Kind.RADIOS,
        "Why do you need to see it?",
        hint="Your reason and the time are kept in the reading log.",
        choices=[Choice(code, label) for code, label in REASONS.items()],
        message="Say why you need to see it",
    )
