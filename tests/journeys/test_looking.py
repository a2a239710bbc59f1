"""Looking closely finds what is wrong: each fault that pages must not have is refused, with script and without."""

import pytest

from tests.journeys.browser import DESKTOP, PHONE, PHONE_PLAIN

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Here</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/static/regulator.css"><link rel="icon" href="/static/mark.svg"></head>
<body><main><h1>Here</h1>{}</main></body></html>"""
POLICY = {"Content-Security-Policy": "default-src 'self'; style-src 'self'"}
FAULTS = {
    "a barrier": ('<svg role="img" viewBox="0 0 9 9"></svg>', "svg-img-alt"),
    "a faint word": ('<p><font color="#bbbbbb">Faint</font></p>', "color-contrast"),
    "too wide": (
        '<p class="typed"><svg width="2000" height="9" aria-hidden="true"></svg></p>',
        "wider than its window",
    ),
    "a second heading": ("<h1>There</h1>", "not one first heading"),
    "a style": ('<p style="color: red">Red</p>', "Content Security Policy"),
    "a lost picture": ('<img src="/static/lost.png" alt="">', "404 for"),
    "a straight quote": ("<p>It's</p>", "straight quotes"),
    "a forgeable form": ('<form method="post"><button>Go</button></form>', "no token against forgery"),
    "a lost label": ('<label for="nowhere">Name</label>', "which is not there"),
}


@pytest.mark.parametrize("at", [DESKTOP, PHONE_PLAIN], ids=str)
@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_found(sit, fault, at):
    """A page with this fault stops a journey, and the fault is named."""
    words, said = FAULTS[fault]

    with pytest.raises(AssertionError, match=said):
        showing(sit(at=at), words).visit("/here")


@pytest.mark.parametrize("at", [PHONE, PHONE_PLAIN], ids=str)
def test_a_good_page_passes(sit, at):
    """A page with none of them lets a journey go on."""
    showing(sit(at=at), "<p>Good</p>").visit("/here").is_at("Here").sees("Good")


def test_script_that_fails(sit):
    """A page whose script fails stops a journey."""
    browser = showing(sit(), '<script src="/broken.js"></script>')
    browser.page.route(
        "**/broken.js", lambda route: route.fulfill(content_type="text/javascript", body="lost()")
    )

    with pytest.raises(AssertionError, match="lost is not defined"):
        browser.visit("/here")


def showing(browser, words):
    """A browser to which one page is sent in place of any of ours."""
    browser.page.route(
        "**/here",
        lambda route: route.fulfill(content_type="text/html", body=PAGE.format(words), headers=POLICY),
    )
    return browser
