"""A complaint whose steps are taken at their pages."""

import make

DECLINE = make.DECLINE


def at(app, stage="screening"):
    """A complaint at a stage, the people of it, and where its pages are."""
    with app.app_context():
        case, people = make.complaint_at(stage)
    return case, people, f"/cases/{case.reference}"
