"""An office with its people and cases."""

import make
import pytest


@pytest.fixture
def office(app):
    """A cast in a team, with a case of the caseworker’s and one of nobody’s."""
    with app.app_context():
        north = make.team("North")
        roles = ("intake_officer", "caseworker", "manager", "reviewer", "lawyer", "records_manager")
        people = {role: make.person(role, team=north) for role in roles}
        people |= {role: make.person(role) for role in ("contact", "contributor", "approving_officer")}
        cast = make.Cast(**people)
        mine = make.complaint_at("investigating", cast)[0]
        make.act(mine.case_id, cast.manager, "assign", person=cast.caseworker.person_id, team=north)
        make.complaint_at("screening", cast)
        make.complaint_at("withdrawn", cast)
    return cast
