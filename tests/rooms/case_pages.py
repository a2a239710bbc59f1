"""The case page, as somebody sees it."""

from rooms.staff_pages import At


def page_of(app, case, by, query=""):
    """The case page as somebody sees it."""
    return At(app, by).get(f"/cases/{case.reference}{query}")
