"""A body’s people work on one answer together: handed on, saved in part, read through, sent back, signed, and received."""

import make_audit

from tests.journeys.browser import DESKTOP, DESKTOP_PLAIN, PHONE, PHONE_PLAIN
from tests.journeys.people import act, bring, everybody, somebody

WHO, ADVICE = "Who was in charge?", "What advice was there?"
DECLARED = "I am authorised to give this account and I have checked that it is complete and true"
SECOND = "Change item 2"
PLACE = "On 3 March, at the north station"


def test_an_account_by_three_people(app, sit):
    """A contact hands an item on, its writer comes back to it twice, the officer sends it back, signs, and has a receipt."""
    people = everybody(app)
    reference, _ = bring(app, "investigating", people)
    asked = [{"question": WHO}, {"question": ADVICE}]
    act(app, reference, people.caseworker, "request_account", items=asked, when_where=PLACE)
    place = f"/body/cases/{reference}"
    connie, colm = sit(people.contact, at=DESKTOP), sit(people.contributor, at=PHONE_PLAIN)
    ada = sit(people.approving_officer, at=DESKTOP_PLAIN)

    connie.visit("/").sees("Give an account", "0 of 2 items answered", "2 with nobody")
    connie.visit(place).sees("nobody has any of them yet", PLACE).click("Answer an item")
    connie.fill("Answer", "The inspector.", of="Item 1").pick("Who has it?", "Colm Contributor", of="Item 2")
    connie.send().sees("What you changed is saved", "See that item 2 is answered: Colm Contributor has it")
    connie.click("Add a note").fill("Note", "The chief reads it first.").send().sees(
        "The chief reads it first."
    )
    connie.visit("/").click("Who has what").sees("Colm Contributor", ADVICE).sees_nothing_of(WHO)
    ada.visit(place).sees("Item 2 has no answer yet: you can sign when each has one")
    ada.does_not_offer("Submit the account")

    colm.visit("/").sees("1 is yours")
    colm.visit(place).sees("Answer item 2", PLACE).sees_nothing_of(WHO, "The inspector.", "The chief reads")
    colm.click("Answer item 2").fill("Answer", "None that I know", of="Item 2").send()
    colm.sees("You have answered what was handed to you").click(SECOND)
    colm.has("Answer", "None that I know", of="Item 2").fill("Answer", "None is written down.", of="Item 2")
    colm.pick("Is it privileged or sensitive?", "Sensitive", of="Item 2").send().sees("Sensitive")

    ada.again().click("Submit the account").sees("The inspector.", "None is written down.", "Marked as sensi")
    ada.click("Send item 2 back to a colleague").send().sees("Say what is to change")
    ada.fill("What is to change?", "Ask the lawyers.").send().sees("You sent item 2 back")
    colm.visit(place).sees("Ask the lawyers.").click("Answer item 2")
    colm.fill("Answer", "The lawyers gave none.", of="Item 2").send()
    ada.visit(f"{place}/submit-account").send().sees("Tick the declaration to submit the account")
    ada.tick(DECLARED).send().sees("Submitted", "Nothing waits for you on this case")
    ada.click("Receipt of version 1").sees("Ada Approver submitted the account.", "The lawyers gave none.")
    assert len(ada.text(".account__item .receipt__hash")) == 64

    cai = sit(people.caseworker, at=DESKTOP_PLAIN).visit(f"/cases/{reference}")
    cai.sees("The lawyers gave none.").sees_nothing_of("Ask the lawyers.", "The chief reads", "None that I")


def test_a_team_and_more_time(app, sit):
    """An item of an audit is handed to a team, one of whom holds it back on a ground; more time is asked for and given."""
    people = {
        "auditor": somebody(app, "auditor", name="Audrey Auditor"),
        "metropolitan/contact": somebody(app, "contact"),
        "metropolitan/contributor": somebody(app, "contributor"),
    }
    with app.app_context():
        walk = make_audit.audit_at("gathering")
        walk.people.update(people)
        asked = [{"question": "Which list?", "good": "The list itself"}]
        walk.take("auditor", "request_evidence", party=walk.party("metropolitan"), items=asked)
    place = f"/body/cases/{walk.case.reference}"
    connie = sit(people["metropolitan/contact"], at=PHONE)
    colm = sit(people["metropolitan/contributor"], at=DESKTOP)

    connie.visit("/").click("Your teams").click("Make a team").fill("What is the team called?", "Legal")
    connie.tick("Colm Contributor").send().sees("Legal", "Colm Contributor")
    connie.visit(place).click("Answer item 1").pick("Who has it?", "The team Legal").send()
    connie.sees("See that item 1 is answered: The team Legal has it").click("Ask for more time")
    connie.fill("How much more time?", "10 working days").fill("Why is more time needed?", "Leave.").send()
    connie.sees("There is a problem").has("Why is more time needed?", "Leave.")
    connie.page.get_by_role("radio").first.check()
    connie.send().sees("You asked for more time").does_not_offer("Ask for more time")
    colm.visit("/").sees("1 is yours").visit(place).click("Answer item 1")
    colm.pick("Is anything to be withheld?", "It cannot be given").send().sees("Say on what ground")
    colm.fill("On what ground?", "A court forbids it.").send().sees("Cannot be given", "Answered")

    audrey = sit(people["auditor"], at=DESKTOP_PLAIN).visit(f"/cases/{walk.case.reference}")
    audrey.sees_nothing_of("A court forbids it.").click("Answer a request for more time").page.get_by_role(
        "radio"
    ).first.check()
    audrey.choose("Yes", of="Is it given?").fill("How much more time?", "10 working days")
    audrey.fill("The reason we give", "It is fair.").send().sees("You answered a request for more time")
    connie.visit(place).sees("The regulator answered your request for more time", "It is fair.")
