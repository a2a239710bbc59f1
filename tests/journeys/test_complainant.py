"""Somebody who complains can do it on a telephone, come back, be heard at every turn and ask for another look."""

import pytest
from make import OUTCOME, PASSED, VIEW, findings

from tests.journeys.browser import PHONE, PHONE_PLAIN
from tests.journeys.people import FORCE, act, answer_comments, bring, everybody

HAPPENED = "I was stopped at the market. A camera had matched me, they said."


@pytest.mark.parametrize("at", [PHONE, PHONE_PLAIN], ids=str)
def test_from_first_word_to_review(app, sit, at):
    """Somebody complains, comes back, answers, adds, comments and asks for a review, all on a telephone."""
    people = everybody(app)
    ada = sit(at=at)
    reference, code = complain(ada)
    ada.click("Go to my page").sees("There is a problem", "Type the end of your code, or tick the box")
    ada.fill("Type the last four characters of your code", code[-4:])
    ada.click("Go to my page").is_at("Your complaint").sees(reference)
    ada.click("Leave").is_at("Follow your complaint").sees("You have left your complaint")

    act(app, reference, people.intake_officer, "acknowledge")
    act(app, reference, people.intake_officer, "accept", remit_answers=PASSED)
    act(app, reference, people.caseworker, "ask_complainant", question="Which entrance was it?")
    ada.opens(reference, code).sees("We are looking into your complaint", "Which entrance was it?")
    ada.click("Answer our question").sees("Which entrance was it?").fill("Answer", "The north one.").send()
    ada.is_at("Your complaint").sees("You answered our question")

    ada.click("Add something").send().sees("There is a problem", "Write what we should know")
    ada.fill("What should we know?", "A friend saw it.").send().sees("You added information")

    act(app, reference, people.caseworker, "share_provisional_view", findings=findings(), **VIEW)
    ada.again().click("Comment on the provisional view").sees("We think the match was wrong.")
    ada.fill("Your comment", "It was. I was never there.", of="Paragraph 1").send()
    ada.sees("You commented on what we think so far")

    act(app, reference, people.approving_officer, "comment_on_view", no_comments=True)
    answer_comments(app, reference, people.caseworker)
    act(app, reference, people.manager, "approve_decision")
    act(app, reference, people.caseworker, "tell_outcome", **OUTCOME)
    ada.again().sees("We have told you our decision", "We uphold your complaint.")
    ada.click("Ask for a review").send().sees("There is a problem")
    ada.tick("Evidence was not looked for or not considered").fill(
        "What should we look at?", "The film."
    ).send()
    ada.is_at("Your complaint").sees("You asked for a review", "Somebody who had no part in our decision")


NEXT = "Save and continue"


def complain(ada):
    """Answers page after page, stops and comes back, and is told what is missing; returns the reference and the code."""
    ada.visit("/").click("Make a complaint").is_at("Make a complaint").click("Start")
    ada.click(NEXT).sees("There is a problem", "Choose the organisation")
    ada.pick("Which organisation is it about?", FORCE).click(NEXT)
    ada.choose("How an officer behaved or treated me").click(NEXT)
    ada.choose("England").fill("Where? (optional)", "Croydon").click(NEXT)
    ada.is_at("Complaints about how an officer behaved").sees("policeconduct.gov.uk").click(
        "Change my answers"
    )
    ada.choose("How a technology was used on people").click(NEXT).click(NEXT)
    ada.is_at("You can stop and come back")
    back = ada.text(".code__value")
    ada.click("Go on now").choose("Live facial recognition").click(NEXT)
    ada.click(NEXT).sees("There is a problem", "Tell us what happened")
    ada.fill("What happened?", HAPPENED).click("Save and come back later").is_at("You can stop and come back")
    ada.context.clear_cookies()
    ada.visit("/complain").click("Go on with a code").fill("Code", back).click("Go on").is_at(
        "When did it happen?"
    )
    ada.click("Back").is_at("What happened?").has("What happened?", HAPPENED).click(NEXT)
    ada.choose("I know roughly when").fill("Roughly when (optional)", "In the spring").click(NEXT)
    ada.choose("Yes").click(NEXT)
    ada.fill(
        "What do you want us to look at?", "The wrong match\nNo sign said that cameras were there"
    ).click(NEXT)
    ada.click(NEXT).choose("No").click(NEXT).click(NEXT).choose("No").click(NEXT)
    ada.choose("Myself").click(NEXT).fill("Your name (optional)", "Ada Example").click(NEXT)
    ada.choose("No").click(NEXT).choose("No").click(NEXT)
    ada.choose("Email").click(NEXT)
    ada.sees("There is a problem", "Enter your email address, or choose another way for us to reach you")
    ada.fill("Email address", "ada@example.test").click(NEXT).click(NEXT).click(NEXT)
    ada.click(NEXT).sees("There is a problem", "Choose how you get a new code").choose(
        "In another way"
    ).click(NEXT)
    ada.is_at("Check your answers").sees(HAPPENED, "Croydon").click("Change Your name (optional)")
    ada.has("Your name (optional)", "Ada Example").click(NEXT).click("Send my complaint")
    ada.is_at("We have your complaint").sees("Keep these two")
    reference, code = (one.inner_text() for one in ada.page.locator(".code__value").all())
    return reference, code


def test_the_wrong_code(app, sit):
    """A wrong code opens nothing, and the page does not say which of the two was wrong."""
    people = everybody(app)
    reference, code = bring(app, "received", people)
    stranger = sit(at=PHONE)

    stranger.visit("/complaint").fill("Reference", reference).fill("Code", code[::-1])
    stranger.click("Open my complaint").sees("We found no complaint with that reference and code")
    stranger.fill("Reference", "C-0000-0000").fill("Code", code).click("Open my complaint")
    stranger.sees("We found no complaint with that reference and code").has("Reference", "C-0000-0000")
    stranger.visit("/complaint/status").is_at("Follow your complaint")
