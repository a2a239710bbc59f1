"""An audit of two bodies from the plan to its close: terms, evidence, the report and what becomes of what it recommends."""

import make_audit
from make_looking import until

from tests.journeys.browser import DESKTOP, DESKTOP_PLAIN, PHONE, PHONE_PLAIN
from tests.journeys.people import act, somebody

TITLE, AREA = "How watchlists are made", "Who is put on a list"
FINDING, ASKED = "Nobody looks again at who is on the list.", "Look at every list each month"
STANDARD = "LFR-WHY: The purpose of a deployment is set out"
SIGNED = "I am authorised to answer for my organisation and have checked that this is complete and true"
KENT, MET = "Kent Police", "Metropolitan Police Service"


def test_terms_and_evidence(app, sit):
    """An audit is planned unseen, waits until both bodies have agreed its terms, and gathers evidence from each by itself."""
    mona = sit(somebody(app, "manager"), at=DESKTOP)
    audrey = sit(somebody(app, "auditor", name="Audrey Auditor"), at=DESKTOP_PLAIN)
    kent = sit(somebody(app, "approving_officer", name="Kim Kent", body="kent"), at=PHONE_PLAIN)
    connie = sit(somebody(app, "contact", name="Connie Kent", body="kent"), at=DESKTOP)
    met = somebody(app, "approving_officer", name="Max Met")

    mona.visit("/").click("Plan an audit").fill("What is it called?", TITLE).tick(KENT).tick(MET)
    mona.choose("By agreement").choose("No", of="Is it the organisation’s own return, without fieldwork?")
    mona.fill("What is looked at?", AREA).fill("Why", "It is in the plan.").send()
    mona.is_at(TITLE).sees("Planned", KENT, MET, AREA)
    reference = mona.path.rsplit("/", 1)[-1]
    place, theirs = f"/cases/{reference}", f"/body/cases/{reference}"
    kent.visit(theirs).is_at("not", 404)

    audrey.visit(place).click("Send the terms").fill("The terms", "Why: the plan\nWhen: in March").send()
    audrey.sees("You sent the terms of the audit", "Agreeing terms")
    kent.visit("/").click(TITLE).sees("Please agree them", "When: in March").click("Agree the terms")
    kent.tick("I am authorised to agree these terms for my organisation").send()
    kent.sees("You agreed the terms").does_not_offer("Agree the terms").sees_nothing_of(MET)
    audrey.visit(place).sees("Agreeing terms", f"Kim Kent agreed the terms for {KENT}")
    act(app, reference, met, "agree_terms", terms_signed=True)

    audrey.visit(f"{place}/request-evidence").choose(KENT)
    audrey.fill("What do you ask for?", "The list of March", of="Item 1").send().sees("Gathering evidence")
    connie.visit("/").sees("0 of 1 items answered").click(TITLE).click("Answer an item")
    connie.fill("Answer", "It is the file of 3 March.", of="Item 1").send().sees("Answered")
    kent.visit(theirs).click("Submit the response").sees("It is the file of 3 March.").tick(SIGNED).send()
    audrey.visit(place).sees(f"Kim Kent submitted the response of {KENT}").click("Begin the report").send()
    audrey.sees("Drafting")


def test_report_and_what_comes_of_it(app, sit):
    """The report is drafted, corrected by one body and issued; what it asks of that body is done, checked, and the audit closed."""
    people = {
        "manager": somebody(app, "manager"),
        "auditor": somebody(app, "auditor", name="Audrey Auditor"),
        "kent/contact": somebody(app, "contact", name="Connie Kent", body="kent"),
        "kent/approving_officer": somebody(app, "approving_officer", name="Kim Kent", body="kent"),
    }
    with app.app_context():
        walk = make_audit.planned("metropolitan", "kent", title=TITLE, scope_areas=[AREA])
        walk.people.update(people)
        reference = until(walk, "drafting", make_audit.WAY).case.reference
    place, theirs = f"/cases/{reference}", f"/body/cases/{reference}"
    mona, audrey = sit(people["manager"], at=DESKTOP), sit(people["auditor"], at=DESKTOP_PLAIN)
    connie = sit(people["kent/contact"], at=PHONE)

    audrey.visit(place).click("Work on the report").pick("Rating", "Limited").fill(
        "Why?", "Little is written."
    )
    audrey.fill("The report", "We looked at lists.").choose(f"1. {AREA}", of="Finding 1")
    audrey.fill("What was found?", FINDING, of="Finding 1").pick(
        "Under which standard?", STANDARD, of="Finding 1"
    )
    audrey.fill("What is recommended?", ASKED, of="New recommendation 1")
    audrey.pick("From which finding does it follow?", "Finding 1", of="New recommendation 1")
    audrey.pick("How soon?", "High: within three months", of="New recommendation 1")
    audrey.choose(KENT, of="New recommendation 1").send().sees("You worked on the report", FINDING)
    mona.visit(place).click("Share the draft").send().sees("Factual accuracy")
    connie.visit(theirs).sees(FINDING).click("Comment on the draft")
    connie.fill("Your comment", "A clerk looks each May.", of="Paragraph 2").send()
    act(app, reference, people["kent/approving_officer"], "sign_comments", response_signed=True)
    with app.app_context():
        walk.take("metropolitan/approving_officer", "sign_comments", no_comments=True, response_signed=True)
    audrey.visit(place).click("Answer comments on the draft").sees("A clerk looks each May.")
    audrey.choose("Accepted").fill("Reason", "We say so now.").send()
    mona.visit(f"{place}/issue-final").send().sees("Final report")

    with app.app_context():
        answer = {"recommendation": walk.recommendation("kent"), "answer": "accepted"}
        walk.take("kent/contact", "draft_recommendation_response", responses=[answer])
        walk.take("kent/approving_officer", "sign_recommendation_responses", response_signed=True)
    connie.visit(theirs).sees("We say so now.", "Accepted").click("Report progress on a recommendation")
    connie.choose(f"1. {ASKED}").fill("What has been done?", "A monthly meeting.")
    connie.choose("Yes", of="Is it done?").send().sees("Said to be done, to be verified")
    audrey.visit(place).click("Verify a recommendation").choose(f"1. {ASKED}")
    audrey.choose("Met", of="Is it met?").fill("The reason we give", "We read the minutes.").send()
    mona.visit(place).click("Close the audit").send().sees("Closed")
    connie.visit(theirs).sees("This audit is closed.", "We read the minutes.").sees_nothing_of(MET)
