"""A decision is shared before it is made, made by somebody else than its author, told, and looked at again on request."""

from tests.journeys.browser import DESKTOP, DESKTOP_PLAIN, PHONE
from tests.journeys.people import bring, everybody

UPHELD = "The record shows that the match was wrong."


def test_from_view_to_closing(app, sit):
    """The view is shared, both sides comment, each comment is answered, a manager approves, and a reviewer upholds."""
    people = everybody(app)
    reference, code = bring(app, "investigating", people)
    case = f"/cases/{reference}"
    cai = share(sit(people.caseworker, at=DESKTOP_PLAIN).visit(case))

    clara = sit(at=PHONE).opens(reference, code).click("Comment on the provisional view")
    clara.fill("Your comment", "I was never there.", of="Paragraph 1").send().sees("You commented")
    ada = (
        sit(people.approving_officer, at=DESKTOP)
        .visit(f"/body/cases/{reference}")
        .sees("Signs were missing.")
    )
    ada.click("Comment on the provisional view").send().sees("There is a problem")
    ada.fill("Your comment", "One sign stood at the east gate.", of="Paragraph 2").send().sees(
        "You commented"
    )

    mona = sit(people.manager, at=DESKTOP).visit(case).does_not_offer("Approve the decision")
    mona.open("What cannot be done yet, and why").sees("2 comments have not been accepted or not")
    for comment, answer in (
        ("I was never there.", "Accepted"),
        ("One sign stood at the east gate.", "Not accepted"),
    ):
        cai.visit(case).click("Answer a comment").sees(comment).choose(answer)
        cai.fill("Reason", "We looked at the film again.").send().sees("You answered a comment")

    cai.does_not_offer("Approve the decision").visit(f"{case}/approve-decision").is_at(
        "You cannot do this", 403
    )
    mona.again().click("Approve the decision").send().sees("You approved the decision", "Decided")
    cai.visit(case).click("Tell the outcome").fill("What we tell the complainant", UPHELD)
    cai.fill("What we tell the body", "We uphold the complaint.").send().sees("You told the outcome")

    clara.again().sees(UPHELD, "We looked at the film again.").click("Ask for a review")
    clara.tick("There is new information").fill("What should we look at?", "A second film.").send()
    rhys = sit(people.reviewer, at=DESKTOP).visit(case).sees("A second film.").click("Uphold the decision")
    rhys.fill("The reasons as the complainant reads them", "The second film shows the same.")
    rhys.fill("The reasons as the body reads them", "The decision stands.").send().sees(
        "You upheld the decision"
    )
    rhys.click("Tell the outcome of the review").send().sees("You told the outcome of the review", "Closed")
    clara.again().sees("Your complaint is closed", "The second film shows the same.")


def share(cai):
    """The caseworker shares a view, and is told what is missing from it."""
    cai.click("Share the provisional view").send().sees(
        "There is a problem", "Allegation 1: Choose the finding"
    )
    for number in (1, 2):
        here = f"Allegation {number}"
        cai.choose("Upheld", of=here).fill("Reasons", "The record shows it.", of=here)
        cai.pick("Under which standard?", "LFR-WHY: The purpose of a deployment is set out", of=here)
    cai.fill(
        "The view as the complainant reads it", "We think the match was wrong.\nYou should have been told."
    )
    cai.fill("The view as the body reads it", "The match was wrong.\nSigns were missing.").send()
    return cai.sees("You shared the provisional view", "Provisional view")
