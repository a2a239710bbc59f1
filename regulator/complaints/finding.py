"""The two things that open a complaint: asked together to come back, and shown to be kept before anybody goes."""

from __future__ import annotations

from regulator.accounts.codes import tidy
from regulator.forms import PageForm, field
from regulator.language import later

MISMATCH = later(
    "We found no complaint with that reference and code. Check both: each letter and figure counts"
)


class FindForm(PageForm):
    """A reference and a code."""

    reference = field(
        "code", later("Reference"), later("Like C-7F3K-92QX"), message=later("Enter your reference")
    )
    code = field(
        "code",
        later("Code"),
        later("20 letters and figures. Spaces, hyphens and small letters do not matter"),
        message=later("Enter your code"),
    )


class KeptForm(PageForm):
    """The end of the code, typed back; or a word that it is not kept, by somebody who knows what that means."""

    last_four = field(
        "code",
        "Type the last four characters of your code",
        "From what you wrote down, not from this page",
        False,
    )
    is_not_kept = field(
        "confirm",
        "I cannot keep it safely. I know that I can then read about my complaint only in what you send me",
        required=False,
    )

    def fits(self, code: str) -> bool:
        """Whether they kept the code, or chose not to; where neither, the form says so."""
        said = self.answers
        if said["is_not_kept"] or tidy(str(said["last_four"] or "")) == tidy(code)[-4:]:
            return True
        wrong = "That is not the end of your code. Look at what you wrote down"
        self.refuse(wrong if said["last_four"] else "Type the end of your code, or tick the box", "last_four")
        return False
