"""Somebody with a browser: pages opened and forms sent over one connection, cookies kept."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from regulator.accounts.demonstration import PASSWORD, code_of

HIDDEN = re.compile(r'<input type="hidden" name="(csrf_token|token|key)" value="([^"]*)">')
ANSWERS = {
    "subject": "technology",
    "nation": "england",
    "technology": "lfr",
    "what_happened": "They stopped me at the market. A camera had matched me, they said.",
    "when_known": "approximate",
    "happened_when": "In the spring",
    "own_data": "yes",
    "allegations": "The match was wrong\n\nNobody told me",
    "force_first": "no",
    "proceedings": "none",
    "complaining_for": "myself",
    "name": "Ada Example",
    "shares_identity": "no",
    "is_vulnerable": "no",
    "contact_by": "email",
    "email": "ada@example.test",
    "way_back": "email",
    "way_back_email": "ada@example.test",
}
QUESTION = "/complain/form/"


class Answer(NamedTuple):
    """What came back."""

    status: int
    text: str
    location: str


class Visitor:
    """One browser; another may be begun with the same cookies."""

    def __init__(self, url: str, cookies: Mapping[str, str] | None = None) -> None:
        self.url, self.cookies = url, dict(cookies or {})
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)

    def also(self) -> Visitor:
        """Another connection of the same person."""
        return Visitor(self.url, self.cookies)

    def get(self, path: str) -> Answer:
        """A page."""
        return self._ask("GET", path, None)

    def post(self, path: str, data: Mapping[str, Any]) -> Answer:
        """A form, sent as it is."""
        return self._ask("POST", path, urlencode(data))

    def drawn(self, path: str) -> dict[str, str]:
        """What a page’s form carries unseen."""
        return dict(HIDDEN.findall(self.get(path).text))

    def send(self, path: str, **answers: Any) -> Answer:
        """A page opened, filled in and sent."""
        return self.post(path, {**self.drawn(path), **answers})

    def _ask(self, verb: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Referer"] = f"{self.url}{path}"
        self.connection.request(verb, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, text, answer.headers.get("Location", ""))


def signed_in(url: str, email: str) -> Visitor:
    """Somebody of the story, signed in."""
    visitor = Visitor(url)
    second = visitor.send("/sign-in", email=email, password=PASSWORD)
    done = visitor.send(second.location, code=code_of(email))
    if done.status != 302:
        raise RuntimeError(f"{email} cannot sign in: {done.status}")
    return visitor


def following(url: str, reference: str, code: str) -> Visitor:
    """A complainant who came back with reference and code."""
    visitor = Visitor(url)
    if visitor.send("/complaint", reference=reference, code=code).location != "/complaint/status":
        raise RuntimeError(f"{reference} cannot be followed")
    return visitor


def about_to_complain(url: str, body: int) -> tuple[Visitor, dict[str, str]]:
    """Somebody who has answered every question, and what the last page’s form carries."""
    visitor, path = Visitor(url), f"{QUESTION}organisation"
    while path.startswith(QUESTION):
        answer = visitor.send(path, body=body, **ANSWERS)
        if answer.status != 302:
            raise RuntimeError(f"{path} was refused")
        path = answer.location
        if path in ("/complain/code", "/complain/elsewhere"):
            path = f"{QUESTION}technology"
    return visitor, visitor.drawn("/complain/check")


__all__ = ["Answer", "Visitor", "about_to_complain", "following", "signed_in"]
