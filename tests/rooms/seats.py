"""Several people at their pages within one application context, for tests that walk a case between their visits."""

from __future__ import annotations

from flask import g
from rooms.staff_pages import At


def forget():
    """Forget what the last request left in the context: who asked, and the token of their forms."""
    for name in list(g):
        g.pop(name)


class Seat(At):
    """A browser in which one person is signed in; whoever asked before in the same context is forgotten."""

    def get(self, path):
        """A page as this person sees it."""
        forget()
        return super().get(path)

    def post(self, path, data):
        """A form sent as it is."""
        forget()
        return super().post(path, data)
