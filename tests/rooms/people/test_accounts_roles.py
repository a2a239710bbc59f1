"""Roles given and taken, sessions ended, and people who leave."""

import pytest

from regulator import moments
from regulator.accounts import commands, queries
from regulator.accounts.authority import OPERATOR
from regulator.accounts.identity import actor_of
from regulator.errors import Invalid, NotNow, Refused
from tests.rooms.administering import acting_as
from tests.rooms.browsing import Browser, made


def test_a_role_is_given_and_taken_at_once(app, admin):
    """A role given holds from now, one taken away is gone now, and both stay on record with their days."""
    _, number = made(app, "caseworker", name="Bo Example")
    with acting_as(app, admin[1]) as by:
        commands.give_role(number, "reviewer", by=by)
        assert actor_of(number).roles == {"caseworker", "reviewer"}

        commands.take_role(number, "caseworker", by=by)

        assert actor_of(number).roles == {"reviewer"}
        assert {held.role for held in queries.roles_of(number, by=by)} == {"caseworker", "reviewer"}


def test_nobody_answers_for_a_body_and_oversees(app):
    """Who answers for a body cannot be given the part of who oversees others, nor the other way about, at once or later."""
    _, number = made(app, "contact", body="kent")
    with app.app_context():
        home = queries.body_named("kent").id
        commands.change_overseer("essex", "kent", moments.today(), by=OPERATOR)
        with pytest.raises(Invalid, match="single point of contact, and nobody answers both"):
            commands.give_role(number, "oversight_contact", by=OPERATOR)
        with pytest.raises(Invalid, match="nobody answers both"):
            commands.invite_person(
                "Two Parts",
                "two@example.test",
                ["oversight_contact", "approving_officer"],
                by=OPERATOR,
                body_id=home,
            )
        commands.take_role(number, "contact", by=OPERATOR)
        commands.give_role(number, "oversight_contact", by=OPERATOR)

        assert actor_of(number).roles == {"oversight_contact"}


def test_a_role_may_begin_later(app):
    """A role given from a later day is not held before."""
    from datetime import timedelta

    from tests.rooms.browsing import later

    _, number = made(app, "caseworker")
    with app.app_context():
        commands.give_role(number, "manager", moments.today() + timedelta(days=3), by=OPERATOR)

        assert actor_of(number).roles == {"caseworker"}
        with later(days=3):
            assert actor_of(number).roles == {"caseworker", "manager"}


def test_a_role_is_not_held_twice(app):
    """Who holds a role cannot be given it again, and one not held cannot be taken away."""
    _, number = made(app, "caseworker")

    with app.app_context():
        with pytest.raises(Invalid, match="holds that role already"):
            commands.give_role(number, "caseworker", by=OPERATOR)
        with pytest.raises(Invalid, match="does not hold that role"):
            commands.take_role(number, "manager", by=OPERATOR)


def test_nobody_changes_their_own_account(app, admin):
    """An administrator cannot give themselves a part in cases, nor take their own role away."""
    with acting_as(app, admin[1]) as by:
        with pytest.raises(Refused):
            commands.give_role(admin[1], "manager", by=by)
        with pytest.raises(Refused):
            commands.take_role(admin[1], "administrator", by=by)


def test_somebody_stays_administrator(app, admin):
    """The last administrator’s role cannot be taken away, nor can they leave."""
    with app.app_context():
        with pytest.raises(NotNow, match="Somebody must be administrator"):
            commands.take_role(admin[1], "administrator", by=OPERATOR)
        with pytest.raises(NotNow, match="Somebody must be administrator"):
            commands.leave(admin[1], by=OPERATOR)


def test_a_caseworker_changes_nobody(app):
    """Who is no administrator is refused by the command itself, not only by its page."""
    _, number = made(app, "caseworker")
    _, other = made(app, "manager", name="Bo Example")

    with app.app_context():
        by = actor_of(number)
        for act in (commands.leave, commands.end_sessions, commands.invite_again):
            with pytest.raises(Refused):
                act(other, by=by)
        with pytest.raises(Refused):
            commands.invite_person("Bo", "bo@example.test", ["caseworker"], by=by)


def test_ending_sessions_signs_out_at_once(app, browser):
    """When an administrator ends somebody’s sessions, the next page asks them to sign in."""
    email, number = made(app, "caseworker")
    other = Browser(app).sign_in(email)
    assert "Sign them out everywhere" in browser.get(f"/people/{number}").text

    browser.send(f"/people/{number}", to=f"/people/{number}/end-sessions")

    assert not other.is_in


def test_an_ended_session_is_not_brought_back(app, browser):
    """A page that was being answered while its session was ended does not begin it anew."""
    email, number = made(app, "caseworker")
    other = Browser(app).sign_in(email)
    with app.app_context():
        commands.end_sessions(number, by=OPERATOR)

    other.get("/sign-in")

    assert not other.is_in


def test_leaving_ends_everything(app, browser):
    """Who leaves is signed out, can no longer sign in, and keeps their name on record."""
    email, number = made(app, "caseworker", name="Bo Example")
    other = Browser(app).sign_in(email)

    browser.send(f"/people/{number}/leave")

    assert not other.is_in
    assert Browser(app).give_password(email).status_code == 200
    page = browser.get(f"/people/{number}").text
    assert "Bo Example" in page
    assert "left" in page.lower()


def test_a_leaver_must_hand_over_first(app, admin, owner):
    """Who owns an open case cannot leave; the administrator is told how many, and no more."""
    _, number = made(app, "caseworker", name="Bo Example")
    owner.execute("set app.intent = 'test'")
    owner.execute(
        "insert into case_file (reference, kind, edition, edition_digest, stage, stage_moves, is_open, title,"
        " opened_on, owner_id, is_restricted, is_historic, legal_hold)"
        " values ('C-1', 'complaint', 'x', 'x', 'screening', 0, true, '', current_date, %s, false, false, false)",
        (number,),
    )

    with acting_as(app, admin[1]) as by, pytest.raises(NotNow, match="owns 1 open case"):
        commands.leave(number, by=by)


def test_a_second_invitation_ends_the_first(app, admin):
    """A new link for somebody who has not come yet makes the old one useless; who has come gets none."""
    _, joined = made(app, "caseworker")
    browser = Browser(app)
    with acting_as(app, admin[1]) as by:
        first = commands.invite_person("Bo Example", "bo@example.test", ["caseworker"], by=by)
        second = commands.invite_again(first.person_id, by=by)
        with pytest.raises(NotNow):
            commands.invite_again(joined, by=by)

    assert browser.get("/" + first.link.split("/", 3)[3]).status_code == 404
    assert browser.get("/" + second.split("/", 3)[3]).status_code == 200


def test_a_lost_telephone(app, browser):
    """An administrator lets somebody set up another app; until then the password alone leads only there."""
    email, number = made(app, "caseworker")

    browser.send(f"/people/{number}", to=f"/people/{number}/forget-second-factor")

    other = Browser(app)
    other.give_password(email)
    assert other.get("/sign-in/code").location == "/second-factor"
