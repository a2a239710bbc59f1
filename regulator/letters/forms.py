"""What a person is asked who decides about a letter that did not simply arrive."""

from __future__ import annotations

from regulator.forms import Kind, PageForm, field


class SendAgainForm(PageForm):
    """Why a letter should go again."""

    reason = field(
        Kind.LONG_TEXT,
        "Why should it go again?",
        hint="For the record. Say how you know that it did not arrive, or why it is worth arriving twice.",
        message="Say why it should go again",
    )


class SettleForm(PageForm):
    """How a letter was seen to in another way."""

    reason = field(
        Kind.LONG_TEXT,
        "What did you do?",
        hint="For the record, such as “Posted first class on 3 March 2026”.",
        message="Say what you did",
    )
