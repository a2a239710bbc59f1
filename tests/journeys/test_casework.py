"""A complaint is taken in, a body is asked for its account, and its people give it together and sign it."""

from tests.journeys.browser import DESKTOP, DESKTOP_PLAIN, PHONE, PHONE_PLAIN
from tests.journeys.people import bring, everybody

TESTS = (
    "Is the body one that we oversee?",
    "Is it about a technology within our remit?",
    "Did it happen on a day and in a place that we can look at?",
    "May this person complain, or act for the person who can?",
    "Has the body had its own chance first, where it must have one?",
    "Is there nobody better placed to look at it?",
    "Can it go on beside any court or criminal proceedings?",
)


def test_taking_in(app, sit):
    """An intake officer finds a new complaint, acknowledges it, and accepts it once every remit test has an answer."""
    people = everybody(app)
    reference, _ = bring(app, "received", people)
    irene = sit(people.intake_officer, at=DESKTOP)

    irene.visit("/").is_at("Work").sees(reference).click(
        "Live facial recognition: Metropolitan Police Service"
    )
    irene.sees("Received", "Acknowledge the complaint").click("Acknowledge the complaint").send()
    irene.sees("You acknowledged the complaint", "Screening").click("Accept the complaint")
    irene.send().sees("There is a problem", "Answer the test")
    for test in TESTS[:-1]:
        irene.choose("Yes", of=test)
    irene.choose("No", of=TESTS[-1]).send().sees("Say why it can be accepted although this test fails")
    irene.fill("Note", "The criminal case is about something else.", of=TESTS[-1]).send()
    irene.sees("You accepted the complaint", "Investigating").does_not_offer("Accept the complaint")


def test_the_account(app, sit):
    """A body is asked question by question; its people answer, each their own, and one of them reads it all and signs."""
    people = everybody(app)
    reference, _ = bring(app, "investigating", people)

    cai = (
        sit(people.caseworker, at=DESKTOP).visit(f"/cases/{reference}").click("Ask the body for its account")
    )
    cai.fill("Question 1", "Which list was used?").fill("Question 2", "Who chose the place?").send()
    cai.sees("You asked Metropolitan Police Service for its account")

    connie = sit(people.contact, at=DESKTOP_PLAIN).visit("/").is_at("Cases").sees("0 of 2 items answered")
    connie.visit(f"/body/cases/{reference}").sees("Which list was used?").click("Answer an item")
    connie.fill("Answer", "The list of persons wanted by the courts.", of="Item 1")
    connie.pick("Who has it?", people.contributor.name, of="Item 2").send()
    connie.sees(people.contributor.name, "No answer yet").does_not_offer("Submit the account")

    colm = sit(people.contributor, at=PHONE_PLAIN).visit("/").is_at("Cases").visit(f"/body/cases/{reference}")
    colm.sees("Who chose the place?").click("Answer an item").sees_nothing_of("Which list was used?")
    colm.fill("Answer", "The inspector on duty.", of="Item 2").send().sees("Answered")

    ada = (
        sit(people.approving_officer, at=PHONE).visit(f"/body/cases/{reference}").click("Submit the account")
    )
    ada.sees("The list of persons wanted by the courts.", "The inspector on duty.").send()
    ada.sees("Tick the declaration to submit the account")
    ada.tick("I am authorised to give this account and I have checked that it is complete and true").send()
    ada.sees("You submitted the account", "Receipt")

    cai.again().sees("The inspector on duty.", "submitted the body’s account")
