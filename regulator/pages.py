"""The page shell: where templates are found, how dates read, and what every answer carries.

Rooms give the shell two things through a context processor of their own: `signed_in` and `navigation`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

from flask import Flask, Response, request, url_for
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from markupsafe import escape

from config import Config
from regulator import language, moments, troubles, words

TEMPLATES = Path(__file__).parent.parent / "templates"
STATIC = Path(__file__).parent / "static"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: over https the check against forged forms reads where a form came from.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
VERSION = re.compile(r"-\d+\.\d+\.\d+[.-]")
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Place:
    """One link of the navigation; `count` is shown beside it when there is something to count."""

    label: str
    href: str
    active: bool = False
    count: int = 0


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in, as the top of each page says it: name, roles and body, where signing out posts to."""

    name: str
    holds: str
    sign_out: str


def init(app: Flask) -> None:
    """Gives `app` its templates, filters, headers and error pages; its settings must be there already."""
    config: Config = app.extensions["regulator"]
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(TEMPLATES),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension brings it
        language._, language.ngettext, newstyle=True
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(
        service_name=config.regulator_name,
        static_url=static_url,
        new_key=new_key,
        language=language.spoken,
        awaits_check=language.awaits_check,
        _=said,
    )
    app.after_request(with_strict_transport if config.is_production else with_headers)
    troubles.init(app)


FILTERS = {
    "day": words.day,
    "moment": words.moment,
    "when": words.when,
    "sentence": words.sentence,
    "due_words": lambda on: words.due_words(on, moments.today()),
    "due_tone": lambda on: words.due_tone(on, moments.today()),
    "ago": lambda on: words.ago(on, moments.today()),
}


def said(text: str, **gaps: object) -> str:
    """`_` of templates: a text in the language spoken, escaped like any other words; with gaps, they are escaped too.

    Words with markup in them stand in a `{% trans %}` block, which takes nothing but what the template itself says.
    """
    found = language._(text)
    return escape(found) % gaps if gaps else found


def new_key() -> str:
    """A fresh idempotency key, so that pressing twice acts once."""
    return str(uuid4())


@cache
def digest(filename: str) -> str:
    """The first part of the digest of a static file, which changes when the file does."""
    return hashlib.sha256((STATIC / filename).read_bytes()).hexdigest()[:12]


def static_url(filename: str) -> str:
    """Address of a static file that may be kept for ever, for it changes when the file does."""
    return url_for("static", filename=filename, v=digest(filename))


def with_headers(response: Response) -> Response:
    """Puts the headers on an answer that every answer carries; a view may have set a stricter one."""
    if request.endpoint == "static":
        response.headers["Cache-Control"] = FOREVER if is_versioned() else "no-cache"
    for header, value in HEADERS.items():
        response.headers.setdefault(header, value)
    return response


def is_versioned() -> bool:
    """Whether the static file asked for can never change: its version is in the query or in its own name."""
    return "v" in request.args or bool(VERSION.search(request.path))


def with_strict_transport(response: Response) -> Response:
    """As `with_headers`, and the browser keeps to https for a year."""
    response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return with_headers(response)
