"""Reading as an administrator."""

from contextlib import contextmanager

from regulator.accounts.authority import as_administrator
from regulator.accounts.identity import actor_of


@contextmanager
def acting_as(app, number):
    """Inside the application, as somebody reading as an administrator."""
    with app.app_context():
        yield as_administrator(actor_of(number))
