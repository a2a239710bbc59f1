"""A browser of sorts: opens pages, fills in their forms with the token each page carries, and signs people in."""

import re
from contextlib import contextmanager
from datetime import timedelta

from regulator import moments
from regulator.accounts import demonstration, second_factor

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """One browser with its own cookies. `send` opens the page first, as a person does."""

    def __init__(self, app):
        self.app = app
        self.client = app.test_client()

    def get(self, path):
        return self.client.get(path)

    def send(self, path, to=None, **answers):
        """Fill in the form on a page; `to` where its button leads elsewhere."""
        return self.client.post(to or path, data={"csrf_token": self.token_of(path), **answers})

    def token_of(self, path):
        """The token against forged forms on a page; empty where there is no form."""
        found = TOKEN.findall(self.client.get(path).text)
        return found[-1] if found else ""

    def give_password(self, email, password=demonstration.PASSWORD, path="/sign-in"):
        return self.send(path, email=email, password=password)

    def give_code(self, email, code=None):
        return self.send("/sign-in/code", code=code or code_now(email))

    def sign_in(self, email):
        """Both halves; the browser then belongs to this person."""
        assert self.give_password(email).status_code == 302
        answer = self.give_code(email)
        assert answer.status_code == 302, answer.text
        return self

    def sign_out(self):
        return self.send("/account", to="/sign-out")

    @property
    def secret(self):
        """What the cookie holds."""
        cookie = self.client.get_cookie("session")
        return cookie.value if cookie else None

    @property
    def is_in(self):
        return self.get("/account").status_code == 200


def code_now(email):
    """The code that this person’s app shows now."""
    return second_factor.code_at(demonstration.secret_of(email), moments.now())


def made(app, *roles, name="Ada Example", email=None, body=None):
    """Somebody ready to sign in; returns their address and number."""
    email = email or f"{roles[0].replace('_', '-')}@example.test"
    with app.app_context():
        return email, demonstration.make_person(name, email, *roles, body=body)


@contextmanager
def later(**time):
    """So much later than now."""
    with moments.as_at(moments.now() + timedelta(**time)):
        yield
