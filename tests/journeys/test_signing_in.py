"""People come in with two factors and no other way, find their way back when they lost one, and are invited."""

import re

from regulator import moments
from regulator.accounts import second_factor
from regulator.accounts.demonstration import PASSWORD
from tests.journeys.browser import DESKTOP, DESKTOP_PLAIN, PHONE, PHONE_PLAIN
from tests.journeys.people import deliver_mail, email_of, somebody
from tests.rooms.browsing import code_now

NEW = "four quiet herons fishing"
WRONG = "That email address and password do not fit together"


def give_password(browser, who, password=PASSWORD):
    """The first half of signing in."""
    browser.visit("/sign-in").fill("Email address", email_of(who)).fill("Password", password)
    return browser.click("Continue")


def test_both_factors(app, sit):
    """A password and then a code let somebody in, to the page they were going to; either alone does not."""
    cai = somebody(app, "caseworker")
    browser = sit(at=DESKTOP).visit("/rules").is_at("Sign in").click("Continue").sees("Enter your password")
    browser.fill("Email address", email_of(cai)).fill("Password", "not this one").click("Continue").sees(
        WRONG
    )
    browser.fill("Password", PASSWORD).click("Continue").is_at("Enter your code")
    browser.visit("/cases").is_at("Sign in").visit("/sign-in/code").fill("Code", "000000").click("Sign in")
    browser.sees("That is not the code your app shows now").fill("Code", code_now(email_of(cai)))
    browser.click("Sign in").is_at("The rules").sees("Cai Caseworker")
    browser.click("Sign out").visit("/cases").is_at("Sign in")


def test_too_many_attempts(app, sit):
    """After five wrong passwords the right one is refused as well, and the page says when to try again."""
    mona = somebody(app, "manager")
    browser = sit(at=PHONE_PLAIN)
    for _ in range(5):
        give_password(browser, mona, "not this one").sees(WRONG)

    give_password(browser, mona).is_at("Too many attempts", 429).sees("Wait until ")


def test_without_the_telephone(app, sit):
    """A recovery code stands in for the telephone, once."""
    rhys = somebody(app, "reviewer")
    browser = sit(rhys, at=DESKTOP_PLAIN).visit("/account").click("Make new recovery codes")
    browser.fill("Your present password", PASSWORD).click("Make new codes").is_at("Keep these recovery codes")
    code = browser.text(".code__value")
    browser.click("I have kept them: continue").sees("10 of 10 left").click("Sign out")

    give_password(browser, rhys).click("I do not have my app with me").fill("Recovery code", code.lower())
    browser.click("Sign in").is_at("Work").visit("/account").sees("9 of 10 left").click("Sign out")
    give_password(browser, rhys).click("I do not have my app with me").fill("Recovery code", code)
    browser.click("Sign in").is_at("Enter a recovery code").sees("There is a problem")


def test_forgotten(app, sit):
    """Who forgot their password chooses another by a link that works once; the page tells nobody who has an account."""
    connie = somebody(app, "contact")
    browser = sit(at=PHONE)
    for address in ("nobody@example.test", email_of(connie)):
        browser.visit("/sign-in").click("I have forgotten my password").fill("Email address", address)
        browser.click("Send me a link").is_at("Look in your email").sees(
            "If there is an account for that address"
        )
    deliver_mail(app)

    link = link_in(browser)
    browser.visit(link).fill("New password", NEW).send().visit(link).is_at("Page not found", 404)
    give_password(browser, connie).sees(WRONG)
    give_password(browser, connie, NEW).is_at("Enter your code").fill("Code", code_now(email_of(connie)))
    browser.click("Sign in").is_at("Cases")


def test_invited(app, sit):
    """An administrator invites somebody, who sets a password and a second factor, and is in; the link then works no more."""
    admin = sit(somebody(app, "administrator", name="Adil Admin"), at=DESKTOP).visit("/").is_at("People")
    admin.click("Invite somebody").click("Send the invitation").sees("Enter their name")
    admin.fill("Name", "Nia New").fill("Email address", "nia@example.test")
    admin.pick("Who they work for", "The regulator").tick("Caseworker").click("Send the invitation")
    admin.sees("Nia New is invited", "nia@example.test")
    deliver_mail(app)

    nia = sit(at=PHONE)
    link = link_in(nia)
    nia.visit(link).click("Continue").sees("Enter a password").has("Your name", "Nia New").fill(
        "Password", NEW
    )
    nia.click("Continue").is_at("Set up your second factor").visit("/cases").is_at("Sign in")
    nia.visit("/second-factor").open("I cannot scan it")
    secret = nia.text("details .reference").replace(" ", "")
    nia.fill("Code", second_factor.code_at(secret, moments.now())).click("Turn it on")
    nia.is_at("Keep these recovery codes").click("I have kept them: continue").is_at("Work").sees(
        "Caseworker"
    )
    sit(at=PHONE).visit(link).is_at("Page not found", 404)


def link_in(browser):
    """The newest link that was sent; in development the mail is on a page."""
    words = browser.visit("/development/mail").text("article")
    return re.search(r"http://[^/]+(/\S+)", words)[1]
