"""The two forms about the code of a complaint begun: coming back with it, and having it sent."""

from __future__ import annotations

from flask import current_app, url_for

from config import Config
from regulator import words
from regulator.complaints.drafts import Draft
from regulator.forms import PageForm, field
from regulator.language import _, later

SUBJECT = later("The complaint you have begun")
WORDS = later("""Hello

You began to write a complaint and asked us for the way back to it. Open this page and press the button:

{link}

Or use this code: {code}

You can go on with it until {until}. After that what you wrote is thrown away. Nobody here has read it.
If you did not ask for this, do nothing.
""")


class ComeBackForm(PageForm):
    """The code of a complaint begun."""

    code = field(
        "code",
        later("Code"),
        later("20 letters and figures. Spaces, hyphens and small letters do not matter"),
        message=later("Enter your code"),
    )


class LinkForm(PageForm):
    """Where to send the way back."""

    email = field(
        "email",
        later("Email address"),
        later("We use it for this one message and do not keep it"),
        message=later("Enter your email address, or go on without"),
    )


def link_words(draft: Draft) -> tuple[str, str]:
    """Subject and text of the message with the way back."""
    config: Config = current_app.extensions["regulator"]
    link = f"{config.public_url}{url_for('complaints.come_back', code=draft.code)}"
    return _(SUBJECT), _(WORDS).format(link=link, code=draft.code, until=words.day(draft.last_day))
