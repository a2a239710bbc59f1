"""A live server over this process’s own database, and Chromium; fails with a sentence where there is none."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from regulator.actors import Actor
from tests.journeys.browser import DESKTOP, Browser, Seat
from tests.journeys.people import email_of
from tests.rooms import browsing

NAMES = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PATIENCE = 10_000
"""Milliseconds that anything on a page may take to appear."""


class Quiet(WSGIRequestHandler):
    """A server that leaves the telling of requests to the application."""

    def log_request(self, code="-", size="-") -> None:
        """Says nothing."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """A browser, started once."""
    path = next((found for name in NAMES if name and (found := shutil.which(name))), None)
    if path is None:
        pytest.fail(
            "The journeys need a Chromium: install one, or name one with CHROMIUM=path.", pytrace=False
        )
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(whole_app: Flask) -> Iterator[str]:
    """Where the application answers."""
    server = make_server("127.0.0.1", 0, whole_app, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    config = whole_app.extensions["regulator"]
    whole_app.extensions["regulator"] = replace(config, public_url=url)
    yield url
    server.shutdown()
    whole_app.extensions["regulator"] = config


@pytest.fixture(scope="session")
def examiner(chromium: Chromium) -> Page:
    """A page in which pages without script are examined."""
    return chromium.new_context(bypass_csp=False).new_page()


Sit = Callable[..., Browser]


@pytest.fixture
def sit(app: Flask, served: str, chromium: Chromium, examiner: Page) -> Iterator[Sit]:
    """Sits somebody down at a browser of their own: `sit(who, at=PHONE)`; nobody named is the public."""
    opened = []

    def sit(who: Actor | None = None, at: Seat = DESKTOP) -> Browser:
        context = chromium.new_context(
            base_url=served,
            viewport={"width": at.width, "height": at.height},
            java_script_enabled=at.script,
            locale="en-GB",
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        if who is not None:
            secret = browsing.Browser(app).sign_in(email_of(who)).secret
            context.add_cookies([{"name": "session", "value": secret or "", "url": served}])
        return Browser(context, at, examiner)

    yield sit
    for context in opened:
        context.close()
