"""A compliance notice from its proposal to its close: representations, a certificate and an appeal, each by whose part it is."""

from datetime import timedelta

from regulator import moments
from tests.journeys.browser import DESKTOP, DESKTOP_PLAIN, PHONE
from tests.journeys.people import FORCE, somebody

STANDARD = "LFR-WHY: The purpose of a deployment is set out"
ASKED = "Publish who approves each watchlist"
PARTS = {
    "caseworker": "Cai Caseworker",
    "enforcement_officer": "Ellis Enforcer",
    "lawyer": "Lena Lawyer",
    "manager": "Mona Manager",
    "commissioner": "Cora Commissioner",
    "contact": "Connie Contact",
    "approving_officer": "Ada Approver",
}


def test_from_proposal_to_close(app, sit):
    """A notice is proposed, cleared, intended, answered, decided, signed, served, appealed, complied with and closed."""
    at = dict.fromkeys(PARTS, DESKTOP) | {"contact": PHONE, "caseworker": DESKTOP_PLAIN}
    people = {role: sit(somebody(app, role, name=name), at=at[role]) for role, name in PARTS.items()}
    case = propose(people["caseworker"])
    intend(people, case)
    represent(people, case)
    issue(people, case)
    comply(people, case)
    appeal(people, case)

    ellis = people["enforcement_officer"].visit(case).click("Mark it as complied with").send()
    ellis.sees("You marked it as complied with")
    mona = people["manager"].visit(case).click("Close the case").send().sees("You closed the case", "Closed")
    mona.sees("Legal hold")
    people["contact"].visit(f"/body{case}").sees("the case is closed", "It confirmed it")


def propose(cai):
    """A caseworker proposes a notice with one step, and is told what is missing from it."""
    cai.visit("/cases").click("Propose a notice, a warning or a reprimand")
    cai.fill("What is it called?", "Watchlists nobody approved").pick(
        "Which organisation is it about?", FORCE
    )
    cai.choose("A compliance notice").pick("Under which standard?", STANDARD)
    cai.fill("What failed, or is feared?", "Nobody approved the list.").choose("No", of="Is it urgent?")
    cai.fill("What must be done, or stopped?", ASKED, of="Step 1").send()
    cai.sees("There is a problem", "Answer the precondition")
    for legend in cai.page.locator("fieldset.rows__row > legend").all_inner_texts():
        if not legend.startswith("Step"):
            cai.choose("Yes", of=legend)
    cai.send().sees("Step 1: Give a day, or a number of hours where it is urgent")
    day = moments.today() + timedelta(days=400)
    for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        cai.page.get_by_role("group", name="Step 1", exact=True).get_by_label(label, exact=True).fill(
            str(number)
        )
    cai.send().sees("Proposed", ASKED, "Not in force")
    return cai.path


def intend(people, case):
    """A lawyer clears the proposal, and a manager tells the body what is intended; whoever proposed does neither."""
    people["lawyer"].visit(case).click("Clear the proposal in law").fill("Advice", "It can be done.").send()
    mona = people["manager"].visit(case).click("Give notice of intent")
    mona.fill("What we intend and why", "We mean to require that each list is approved.").send()
    mona.sees("You gave notice of intent")


def represent(people, case):
    """The body’s contact drafts what its approving officer signs, and each point is answered."""
    desk = f"/body{case}"
    connie = (
        people["contact"].visit("/body").click("What the regulator intends").sees("each list is approved")
    )
    connie.click("Draft representations").fill("Your points", "The list was approved.").send()
    people["enforcement_officer"].visit(case).sees_nothing_of("The list was approved.")
    ada = people["approving_officer"].visit(desk).click("Make representations")
    ada.has("Your points", "The list was approved.")
    ada.tick("I am authorised to answer for my organisation and have checked that this is complete and true")
    ada.send().sees("You made representations")
    ellis = people["enforcement_officer"].visit(case).click("Answer the representations")
    ellis.choose("Not accepted", of="Point 1").fill("Reason", "The record shows none.", of="Point 1").send()
    ellis.sees("You answered the representations")


def issue(people, case):
    """A commissioner decides, a lawyer clears the text, a commissioner reads and signs it, and it is served."""
    cora = people["commissioner"].visit(case).click("Decide").choose("To issue it as proposed")
    cora.fill("Reasons", "It is needed.").send().sees("You decided: To issue it as proposed")
    people["lawyer"].visit(case).click("Clear the final text").has(
        "The final text",
        "You said: The list was approved. Our answer: Not accepted. The record shows none.",
    ).send().sees("You cleared the final text")
    cora.visit(case).click("Sign").sees("The record shows none.", ASKED)
    cora.tick("I have read the final text and I sign it").send().sees("You signed it")
    today = moments.today()
    ellis = people["enforcement_officer"].visit(case).click("Record that it was served")
    ellis.choose("By post to the principal office").fill("To whom?", "The chief officer")
    for question in ("When was it sent?", "When does it count as served?"):
        ellis.fill_day(question, today.day, today.month, today.year)
    ellis.fill("What proves it?", "A receipt of the post").send()
    ellis.sees("You recorded that it was served", "To be done", "Legal hold")


def comply(people, case):
    """The body applies for a certificate; an officer recommends it, and a manager gives it."""
    connie = people["contact"].visit("/body").click("A compliance notice").sees(ASKED)
    connie.click("Apply for a certificate").choose(f"1. {ASKED}").fill(
        "What was done?", "It is public."
    ).send()
    connie.sees("You applied for a certificate")
    ellis, today = people["enforcement_officer"].visit(case), moments.today()
    ellis.click("Recommend a certificate").choose(f"1. {ASKED}").choose("That it was done")
    ellis.fill_day("When was it done?", today.day, today.month, today.year).fill("Why", "We looked.").send()
    mona = people["manager"].visit(case).sees("A certificate is recommended").click("Certify a step")
    mona.page.get_by_role("radio").first.check()
    mona.send().sees("You certified a step as done")


def appeal(people, case):
    """An appeal is recorded with what it decided."""
    lena = people["lawyer"].visit(case).click("Record an appeal")
    lena.page.get_by_role("radio").first.check()
    lena.tick("The decision is wrong in law").choose("The First-tier Tribunal").send()
    lena.sees("You recorded an appeal").click("Record what an appeal decided")
    lena.page.get_by_role("radio").first.check()
    lena.choose("The First-tier Tribunal").choose("It confirmed it")
    lena.fill("What did it say, in short?", "The regulator was right.").send()
    lena.sees("You recorded what an appeal decided", "The regulator was right.")
