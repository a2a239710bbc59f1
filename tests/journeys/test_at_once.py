"""Two people press at once, and one presses twice: nothing is lost, and nothing is done twice."""

from tests.journeys.browser import DESKTOP, DESKTOP_PLAIN, PHONE_PLAIN
from tests.journeys.people import bring, everybody, somebody

WORDS = "The force should first have the chance to put this right itself."


def test_somebody_was_quicker(app, sit):
    """Of two who press at once one wins; the other is shown what changed, and has what they wrote before them."""
    people = everybody(app)
    reference, _ = bring(app, "screening", people)
    other = somebody(app, "caseworker", name="Olwen Other")
    first, second = sit(people.caseworker, at=DESKTOP), sit(other, at=DESKTOP_PLAIN)
    for one in (first, second):
        one.visit(f"/cases/{reference}").click("Propose to decline")
        one.pick("Why can we not look into it?", "The body must have its chance first")
        one.pick("Who can?", "The force’s professional standards department")
        one.fill("What we tell the complainant", f"{WORDS} {one.seat}")

    first.send().sees("You proposed to decline the complaint")
    second.send().sees(
        "This changed while you were writing", "Cai Caseworker proposed to decline the complaint"
    )

    second.has("What we tell the complainant", f"{WORDS} {DESKTOP_PLAIN}")
    second.send().sees("There is a problem").has("What we tell the complainant", f"{WORDS} {DESKTOP_PLAIN}")
    first.again().sees(f"{WORDS} {DESKTOP}").sees_nothing_of(f"{WORDS} {DESKTOP_PLAIN}")


def test_two_answers_to_one_item(app, sit):
    """Of two colleagues who answer one item the second sees the first’s answer beside their own, and decides."""
    people = everybody(app)
    reference, _ = bring(app, "investigating", people)
    cai = (
        sit(people.caseworker)
        .visit(f"/cases/{reference}/request-account")
        .fill("Question 1", "Which list?")
        .send()
    )
    first, second = sit(people.contact, at=DESKTOP), sit(people.approving_officer, at=PHONE_PLAIN)
    first.visit(f"/body/cases/{reference}/answer-account-item").fill("Answer", "The short list.", of="Item 1")
    other = somebody(app, "contact", name="Dilys Deputy")
    second = sit(other, at=PHONE_PLAIN)
    second.visit(f"/body/cases/{reference}/answer-account-item").fill("Answer", "The long list.", of="Item 1")

    first.send().sees("Answered")
    second.send().sees("Somebody else saved this item while you were writing", "The short list.")
    second.has("Answer", "The long list.", of="Item 1").send().sees("The long list.")
    cai.again().sees_nothing_of("The long list.")


def test_pressed_twice(app, sit):
    """A button pressed twice where there is no script acts once, and whoever pressed it is told so."""
    people = everybody(app)
    reference, code = bring(app, "investigating", people)
    ada = sit(at=PHONE_PLAIN).opens(reference, code).click("Add something")
    ada.fill("What should we know?", "A friend saw it.").press_twice()

    ada.visit("/complaint/status")
    assert ada.page.get_by_text("You added information").count() == 1
