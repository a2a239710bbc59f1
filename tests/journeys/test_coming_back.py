"""Somebody who stopped, or lost what opens their complaint, comes back by mail, whatever their browser can do."""

import re

import pytest

from regulator.actors import SYSTEM
from regulator.complaints.tasks import answer_lost_codes
from regulator.db import ask_as
from tests.journeys.browser import PHONE, PHONE_PLAIN
from tests.journeys.people import FORCE, bring, deliver_mail, everybody

NEXT = "Save and continue"
LINK = re.compile(r"https?://[^/\s]+(/complain\S+)")
ADDRESS = "ada@example.test"


def newest_link(app, browser):
    """What the newest message leads to."""
    deliver_mail(app)
    return LINK.search(browser.visit("/development/mail").text("main"))[1]


@pytest.mark.parametrize("at", [PHONE, PHONE_PLAIN], ids=str)
def test_coming_back_by_mail(app, sit, at):
    """A complaint begun is gone on with by a mailed link; a lost code is replaced by another, and the old one opens nothing."""
    ada = sit(at=at).visit("/complain").click("Start")
    ada.pick("Which organisation is it about?", FORCE).click(NEXT)
    ada.choose("How a technology was used on people").click(NEXT).choose("England").click(NEXT)
    ada.is_at("You can stop and come back").fill("Email address", ADDRESS).click("Send me the way back")
    ada.sees("We have sent the way back to that address").context.clear_cookies()
    ada.visit(newest_link(app, ada)).click("Go on").is_at("What kind of technology?")

    way = {"way_back": "email", "way_back_email": ADDRESS}
    reference, old = bring(app, "received", everybody(app), **way)
    ada.visit(newest_link(app, ada)).click("Yes, use this address").sees(
        "a link to a new one goes to that address"
    )
    ada.visit("/complaint").open("I have lost my code").click(
        "If you chose email as the way back, ask for a new code"
    )
    ada.fill("Reference", reference).click("Send me a link").is_at("Look at your email")
    with app.app_context():
        ask_as(SYSTEM)
        answer_lost_codes()
    link = newest_link(app, ada)
    ada.visit(link).click("Show me my new code").is_at("Your new code")
    new = ada.page.locator(".code__value").nth(1).inner_text()
    offers = ada.offers if at.script else ada.does_not_offer
    offers("Print this page")
    ada.fill("Type the last four characters of your code", new[-4:]).click("Go to my page").sees(reference)

    ada.click("Leave").fill("Reference", reference).fill("Code", old).click("Open my complaint")
    ada.sees("We found no complaint with that reference and code").visit(link).is_at("Page not found", 404)
