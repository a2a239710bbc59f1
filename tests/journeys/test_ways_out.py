"""A complaint may be declined, by two people; withdrawn, by whoever made it; or made to wait, for a time."""

from tests.journeys.browser import DESKTOP, DESKTOP_PLAIN, PHONE, PHONE_PLAIN
from tests.journeys.people import bring, everybody, somebody

WORDS = "This is about how your data were answered for."


def test_declined_by_two(app, sit):
    """Whoever proposes to decline a complaint cannot decline it, though a manager: another must, and the letter says why."""
    people = everybody(app)
    reference, code = bring(app, "screening", people)
    case = f"/cases/{reference}"
    petra = sit(somebody(app, "caseworker", "manager", name="Petra Both"), at=DESKTOP).visit(case)

    petra.click("Propose to decline").pick("Why can we not look into it?", "Another forum is better placed")
    petra.pick("Who can?", "The Information Commissioner").fill("What we tell the complainant", WORDS).send()
    petra.sees("You proposed to decline the complaint", "Declining").does_not_offer("Decline the complaint")
    petra.open("What cannot be done yet, and why").sees("Decline the complaint: ")
    petra.visit(f"{case}/decline").is_at("This cannot be done now", 409)

    mona = sit(people.manager, at=DESKTOP_PLAIN).visit(case).sees(WORDS).click("Decline the complaint").send()
    mona.sees("You declined the complaint", "Not accepted")
    ada = sit(at=PHONE).opens(reference, code).sees("We could not look into this complaint", WORDS)
    ada.offers("Ask for a review")


def test_withdrawn(app, sit):
    """Somebody asks to withdraw; it ends once the public interest has been thought of, and not before."""
    people = everybody(app)
    reference, code = bring(app, "investigating", people)
    case = f"/cases/{reference}"
    mona = sit(people.manager, at=DESKTOP).visit(case).does_not_offer("Confirm the withdrawal")

    ada = sit(at=PHONE_PLAIN).opens(reference, code).click("Ask to withdraw the complaint").send()
    ada.sees("You asked to withdraw your complaint")
    mona.again().click("Confirm the withdrawal").send().sees("Say what the public interest asks")
    mona.fill("What does the public interest ask?", "Nobody else is affected.").send()
    mona.sees("You confirmed the withdrawal", "Withdrawn")
    ada.again().sees("You withdrew this complaint, and it is closed")


def test_held_and_released(app, sit):
    """A complaint waits for a court; its clocks stop, the promise to keep the complainant informed does not, and it goes on."""
    people = everybody(app)
    reference, code = bring(app, "investigating", people)
    mona = sit(people.manager, at=DESKTOP).visit(f"/cases/{reference}")

    mona.click("Place on hold").choose("Court or criminal proceedings").fill("Why", "A trial begins in May.")
    mona.tick("The complainant").send().sees("You placed the case on hold", "On hold", "Paused")
    ada = (
        sit(at=PHONE)
        .opens(reference, code)
        .sees("We paused the time limits because of court or criminal proceedings")
    )
    ada.sees("Write to you about how it stands").sees_nothing_of("A trial begins in May.")
    mona.does_not_offer("Place on hold").click("Release from hold").tick("The complainant").send()
    mona.sees("You released the case from hold").offers("Place on hold")
    ada.again().sees("The time limits run again")
