"""A manager gives several cases at once and keeps a list; a caseworker finishes an update that was drafted."""

import make
import pytest

from tests.journeys.browser import DESKTOP, PHONE_PLAIN
from tests.journeys.people import bring, everybody


@pytest.mark.parametrize("seat", [DESKTOP, PHONE_PLAIN], ids=str)
def test_several_at_once(app, sit, seat):
    """A manager ticks two cases and gives both to a caseworker; the page says what became of each."""
    people = everybody(app)
    with app.app_context():
        make.team("North")
    first, second = (bring(app, "investigating", people)[0] for _ in range(2))
    title = "Live facial recognition: Metropolitan Police Service"

    mona = sit(people.manager, at=seat).visit("/cases?whose=unassigned").sees(first, second)
    mona.tick(f"Choose {title}, {first}").tick(f"Choose {title}, {second}")
    mona.click("Give the ticked cases to somebody").is_at("Give several cases to somebody")
    mona.send().sees("There is a problem", "Choose a person")
    mona.pick("To whom?", f"{people.caseworker.name} (Caseworker), 0 open").pick("Team", "North").send()
    mona.is_at("What became of each case").sees(f"2 given to {people.caseworker.name}", first, second)

    sit(people.caseworker, at=seat).visit("/").is_at("Work").sees(first, second)


def test_a_list_is_kept(app, sit):
    """A manager narrows a list, keeps it by name, finds it again and lets it go."""
    people = everybody(app)
    bring(app, "investigating", people)

    mona = sit(people.manager, at=DESKTOP).visit("/cases?whose=everything").click("More filters")
    mona.pick("Due from us", "Within 30 days").click("Show the list").sees("Within 30 days")
    mona.click("Keep this list").fill("Name of the list", "This month").send()
    mona.sees("The list is kept", "This month").click("Your lists").is_at("Your lists")
    mona.click("Let go of This month").sees("The list is gone", "You keep no list")


@pytest.mark.parametrize("seat", [DESKTOP, PHONE_PLAIN], ids=str)
def test_a_drafted_update(app, sit, seat):
    """A caseworker opens the update, sees that it is a draft, may not send it unfinished, finishes and sends it."""
    people = everybody(app)
    reference, _ = bring(app, "investigating", people)

    cai = sit(people.caseworker, at=seat).visit(f"/cases/{reference}/update-complainant")
    cai.sees("This is a draft", "Nothing goes until you send it").send()
    cai.sees("There is a problem", "Finish the draft")
    cai.fill("What has happened since we last wrote", "We read what the force sent us.").send()
    cai.sees("You told the complainant how it stands")
