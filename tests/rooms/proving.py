"""What somebody does to prove who they are: the links they are sent, and the second factor they set up."""

import re

from regulator.accounts import mail, second_factor
from regulator.moments import now


def delivered(app, email):
    """The links in the mail that the worker delivered to an address, the latest first."""
    with app.app_context():
        mail.deliver(None)
        words = [message.words for message in mail.posted() if message.recipient == email]
    return [link for text in words for link in re.findall(r"/(?:reset|invitation)/\S+", text)]


def enrolled(browser):
    """Set up the second factor as a person does who cannot scan; returns its secret and the page after."""
    page = browser.get("/second-factor").text
    secret = re.search(r"<strong>([A-Z2-7 ]+)</strong>", page)[1].replace(" ", "")
    answer = browser.send("/second-factor", code=second_factor.code_at(secret, now()))
    return secret, answer


def codes_on(page):
    """The recovery codes that a page shows."""
    return re.findall(r'<li class="code__value">([0-9A-Z-]+)</li>', page.text)
