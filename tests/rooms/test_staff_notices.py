"""Whoever has a case is told what falls due in it, once each; the day’s check finds the cases nobody looks after."""

import re
from datetime import timedelta

import make
import pytest
from click.testing import CliRunner
from rooms.staff_pages import At, errors, words
from rooms.test_casework_views_lists import listed

from regulator import moments
from regulator.casework import staff_notices, tasks, unattended

DAY = make.at("2026-03-02T10:00")


@pytest.fixture
def case(in_app):
    """A complaint under investigation since 2 March 2026, which the caseworker has; its update is due on 30 March."""
    with moments.as_at(DAY):
        found, people = make.complaint_at("investigating")
        make.act(
            found.case_id,
            people.manager,
            "assign",
            person=people.caseworker.person_id,
            team=make.team("North"),
        )
    return found, people


def told(owner):
    """The subject and words of every message, with its recipient, oldest first."""
    return owner.execute("select recipient, subject, words from house_mail order by id").fetchall()


def work(days, hour=10):
    """Let the worker tell what is due so many days after the case began."""
    with moments.as_at(DAY + timedelta(days=days, hours=hour - 10)):
        tasks.tell_staff_what_is_due()


def due(owner, case):
    """How many days after the case began its update is due."""
    asked = "select last_day from clock where case_id = %s and name = 'progress'"
    return (owner.execute(asked, (case.case_id,)).fetchone()[0] - DAY.date()).days


def test_told_before_and_after_once_each(case, owner):
    """The owner is told three days before and again once it is late, each once however often the worker looks."""
    found, people = case
    last = due(owner, found)

    for day in (last - 10, last - 3, last - 3, last - 1, last + 5, last + 6):
        work(day)

    subjects = [subject for _, subject, _ in told(owner)]
    assert subjects == [f"{found.reference}: Keep the complainant informed"] * 2
    assert "due on 30 March 2026." in told(owner)[0][2]
    assert "is overdue" in told(owner)[1][2]
    address = owner.execute(
        "select email from person where id = %s", (people.caseworker.person_id,)
    ).fetchone()[0]
    assert {to for to, _, _ in told(owner)} == {address}


def test_a_crash_between_loses_nothing_and_repeats_nothing(case, owner, monkeypatch):
    """Where the worker dies over a message the notice stays, and goes once when it is back."""
    found, _ = case
    day = due(owner, found) - 2

    def die(*_):
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as broken:
        broken.setattr(staff_notices, "_post", die)
        with pytest.raises(RuntimeError):
            work(day)
    owner.rollback()
    staff_notices.db.session.rollback()
    assert told(owner) == []
    work(day)
    work(day)

    assert len(told(owner)) == 1


def test_nothing_of_what_is_done(case, owner):
    """What was done before the message of the day went is not in it."""
    found, people = case
    day = due(owner, found) - 2
    with moments.as_at(DAY + timedelta(days=day)):
        staff_notices.find()
        make.act(found.case_id, people.caseworker, "update_complainant", update="We asked the force.")
        staff_notices.tell()

    assert told(owner) == []


def screening(people):
    """A complaint that waits to be screened, a standard of the regulator’s own, which the caseworker has."""
    found, _ = make.complaint_at("screening", people)
    make.act(
        found.case_id, people.manager, "assign", person=people.caseworker.person_id, team=make.team("South")
    )
    return found


def test_once_a_day_by_choice(case, app, owner):
    """Who asks for it gets times of our own once a day after seven; a duty in law still comes at once."""
    found, people = case
    browser = At(app, people.caseworker)
    with moments.as_at(DAY):
        ours = screening(people)
        assert browser.send("/account/reminders", how="daily").status_code == 302
        assert browser.send("/account/reminders", how="never").status_code == 200
    (last,) = owner.execute(
        "select last_day from clock where case_id = %s and name = 'screen'", (ours.case_id,)
    ).fetchone()
    day = (last - DAY.date()).days - 3
    work(day, hour=6)
    early = [subject for _, subject, _ in told(owner)]
    work(day, hour=8)
    at_eight = [subject for _, subject, _ in told(owner)]

    assert early == [f"{found.reference}: Keep the complainant informed"]
    assert at_eight[1:] == [f"{ours.reference}: Say whether we can look into it"]


def test_a_case_nobody_has_is_the_managers(in_app, owner):
    """Where nobody has a case its managers are told; behind a wall only those inside are."""
    with moments.as_at(DAY):
        found, people = make.complaint_at("investigating")
        outside = make.person("manager")
        make.act(
            found.case_id, people.manager, "restrict", people=[people.lawyer.person_id], reason="One of us."
        )
    work(due(owner, found) - 2)
    addresses = {to for to, _, _ in told(owner)}
    known = dict(owner.execute("select id, email from person").fetchall())

    assert addresses == {known[people.manager.person_id]}
    assert known[outside.person_id] not in addresses


def test_told_when_time_of_others_ran_out(case, owner):
    """Whoever has the case learns that the body’s time is over."""
    found, people = case
    with moments.as_at(DAY + timedelta(hours=1)):
        make.act(found.case_id, people.caseworker, "request_account", items=[{"question": "What happened?"}])
    work(40)

    assert any("somebody outside had until" in text for _, _, text in told(owner))


def test_the_choice_is_shown(case, app):
    """The page shows what was chosen: at once where nothing was."""
    _, people = case
    browser = At(app, people.caseworker)
    before = browser.get("/account/reminders").text
    browser.send("/account/reminders", how="daily")
    after = browser.get("/account/reminders").text

    assert re.search(r'value="at_once"[^>]* checked', before)
    assert re.search(r'value="daily"[^>]* checked', after)
    assert "Choose how you want to be told" in errors(browser.send("/account/reminders", how=""))


def test_cases_nobody_looks_after(app, owner):
    """A case without owner, team or queue is on the manager’s list, on the console with exit 1, and once a day on the record."""
    with app.app_context():
        found, people = make.complaint_at("investigating")
        make.complaint_at("screening", people)
    browser = At(app, people.manager)
    page = browser.get("/cases?whose=unattended")

    with app.app_context():
        tasks.check_cases()
        tasks.check_cases()
        app.extensions.pop("cases checked on", None)
        tasks.check_cases()
        alone = unattended.found()

    assert listed(page) == [found.reference]
    assert "Looked after by nobody 1" in words(page)
    assert "Looked after by nobody" not in words(At(app, people.caseworker).get("/cases"))
    assert [(one.reference, one.lacks) for one in alone] == [(found.reference, "no owner")]
    checks = "select count(*) from entry where step = 'check_cases'"
    hour = moments.now().astimezone(moments.LONDON).hour
    assert owner.execute(checks).fetchone()[0] == (1 if hour >= 6 else 0)


@pytest.mark.parametrize("is_alone", [True, False])
def test_the_console_lists_them(app, monkeypatch, is_alone):
    """The console lists them, each with what it lacks, with exit 1; with none it says that all is well, with exit 0."""
    monkeypatch.setenv("ENVIRONMENT", "development")
    monkeypatch.setattr("regulator.create_app", lambda _config: app)
    with app.app_context():
        found, _ = make.complaint_at("investigating" if is_alone else "screening")
    answer = CliRunner().invoke(unattended.check_command)
    said = answer.output.strip().splitlines()[-1]

    assert answer.exit_code == (1 if is_alone else 0)
    assert said == (
        f"{found.reference} has no owner."
        if is_alone
        else "Every open case has a next action, and an owner or a queue."
    )
