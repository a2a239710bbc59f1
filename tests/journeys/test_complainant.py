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
    ada.click("I have kept both: go to my page").is_at("Your complaint").sees(reference)
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


def complain(ada):
    """Fills in the form, and is told what is missing; returns the reference and the code."""
    ada.visit("/").click("Make a complaint").is_at("Make a complaint").click("Start")
    ada.click("Send your complaint").sees("There is a problem", "Tell us what happened")
    ada.pick("Which organisation is it about?", FORCE).choose("Live facial recognition")
    ada.fill("What happened?", HAPPENED)
    ada.choose("I know roughly when").fill("Roughly when (optional)", "In the spring")
    ada.choose("Yes", of="Is it about you, or your own data?")
    ada.fill("What do you want us to look at?", "The wrong match\nNo sign said that cameras were there")
    ada.choose("No", of="Have you complained to the organisation itself?")
    ada.choose("No", of="Is a court dealing with any of this?")
    ada.choose("Myself").fill("Your name (optional)", "Ada Example")
    ada.choose("No", of="May we tell the organisation who you are?")
    ada.choose("No", of="Is the person it happened to under 18, or in need of particular care?")
    ada.choose("Email").click("Send your complaint")
    ada.sees("There is a problem", "Enter your email address, or choose another way for us to reach you")
    ada.has("What happened?", HAPPENED).fill("Email address", "ada@example.test").click("Send your complaint")
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
