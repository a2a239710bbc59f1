"""The two things that open a complaint, asked together."""

from __future__ import annotations

from regulator.forms import PageForm, field

MISMATCH = "We found no complaint with that reference and code. Check both: each letter and figure counts"


class FindForm(PageForm):
    """A reference and a code."""

    reference = field("code", "Reference", "Like C-7F3K-92QX", message="Enter your reference")
    code = field(
        "code",
        "Code",
        "20 letters and figures. Spaces, hyphens and small letters do not matter",
        message="Enter your code",
    )
