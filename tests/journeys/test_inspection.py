"""An inspection that is unannounced, from the plan to its close, with a cause of concern and whoever oversees the body."""

import make
import make_inspection
from make_looking import until

from regulator.accounts.queries import overseer_of
from tests.journeys.browser import DESKTOP, DESKTOP_PLAIN, PHONE, PHONE_PLAIN
from tests.journeys.people import somebody

TITLE, AREA = "Cameras in the street", "How matches are checked"
STANDARD = "LFR-WHY: The purpose of a deployment is set out"
CHECKED = "I have checked every page, hidden data included, for what must not go"
CONCERN, ASKED = "Nobody checks a match.", "Check every match"
MET = "Metropolitan Police Service"


def overseer(app):
    """Somebody of the body that oversees the Metropolitan Police."""
    with app.app_context():
        slug = overseer_of(make.body_id("metropolitan")).slug
    return somebody(app, "oversight_contact", name="Olu Overseer", body=slug)


def test_unannounced_with_a_concern(app, sit):
    """Nobody outside learns of it until fieldwork; a cause of concern then reaches the body and whoever oversees it at once."""
    mona = sit(somebody(app, "manager"), at=DESKTOP)
    max_ = sit(somebody(app, "manager", name="Max Manager"), at=PHONE_PLAIN)
    ines = sit(somebody(app, "inspector", name="Ines Inspector"), at=DESKTOP_PLAIN)
    ada = sit(somebody(app, "approving_officer"), at=PHONE)
    olu = sit(overseer(app), at=PHONE_PLAIN)

    mona.visit("/").click("Plan an inspection").fill("What is it called?", TITLE).tick(MET).choose(
        "Our own plan"
    )
    mona.choose("Yes", of="Is it unannounced?").fill("What is looked at?", AREA).fill(
        "Why", "We were told."
    ).send()
    mona.is_at(TITLE).sees("Planned", "knows nothing of it until fieldwork begins")
    reference = mona.path.rsplit("/", 1)[-1]
    place, theirs = f"/cases/{reference}", f"/body/cases/{reference}"
    for outside in (ada, olu):
        outside.visit(theirs).is_at("not", 404).visit("/body?show=open").sees_nothing_of(TITLE, reference)

    ines.visit(place).click("Begin an unannounced inspection").send().sees("Fieldwork")
    ada.visit("/body?show=open").click(TITLE).sees("The regulator is inspecting")
    olu.visit(theirs).is_at("not", 404)
    ines.click("Draft a cause of concern").fill("The concern", CONCERN).pick(
        "Under which standard?", STANDARD
    )
    ines.choose("Yes", of="Must it go out before the report?")
    ines.fill("What do you recommend?", ASKED, of="Recommendation 1")
    ines.choose("Urgent: within a month", of="Recommendation 1").send().sees("Draft, not sent", ASKED)
    ada.again().sees_nothing_of(CONCERN)
    max_.visit(place).click("Send a cause of concern").choose(f"Concern 1, about {MET}").send()
    olu.visit("/body?show=open").click(TITLE).sees("It sent you a concern", CONCERN, ASKED).sees_nothing_of(
        "We were told."
    )
    ada.again().sees(CONCERN).click("Answer a cause of concern").choose(f"Concern 1, about {MET}")
    ada.fill("What will you do about it?", "Two officers look at each.").send().sees("Answered, still open")
    ines.visit(place).click("Verify a recommendation").choose(f"1. {ASKED}").choose("Met", of="Is it met?")
    ines.fill("The reason we give", "We saw it.").send().click("Close a cause of concern")
    ines.choose(f"Concern 1, about {MET}").fill("The reason we give", "You check every match.").send()
    olu.again().sees("Closed", "You check every match.")


def test_published_and_commented_on(app, sit):
    """The report is graded, approved and published; the body and whoever oversees it comment in public; it is then closed."""
    people = {
        "manager": somebody(app, "manager"),
        "inspector": somebody(app, "inspector", name="Ines Inspector"),
        "publisher": somebody(app, "publisher", name="Pat Publisher"),
        "metropolitan/approving_officer": somebody(app, "approving_officer"),
    }
    olu = sit(overseer(app), at=PHONE_PLAIN)
    with app.app_context():
        walk = make_inspection.planned("metropolitan", title=TITLE)
        walk.people.update(people)
        until(walk, "factual_accuracy", make_inspection.WAY)
        walk.say_nothing()
        reference = walk.case.reference
    place, theirs = f"/cases/{reference}", f"/body/cases/{reference}"
    mona, ines = sit(people["manager"], at=DESKTOP), sit(people["inspector"], at=DESKTOP_PLAIN)
    ada, pat = sit(people["metropolitan/approving_officer"], at=PHONE), sit(people["publisher"], at=DESKTOP)

    mona.visit(place).click("Approve the report").sees(AREA).send().sees("Approved", "Adequate")
    olu.visit(theirs).sees("The report is approved and will be published", "Adequate")
    pat.visit(place).click("Publish the report").fill("What is published", "Matches are not checked.")
    pat.tick(CHECKED).send().sees("Published")
    ada.visit(theirs).click("Comment on the report in public").choose("Will be done", of="Recommendation 1")
    ada.fill("Comment", "By May.", of="Recommendation 1").send().sees("Will be done", "By May.")
    olu.visit(theirs).sees("Comments on it are due by").click("Comment on the report in public")
    olu.sees("By May.").fill("Your comments", "We agree.")
    olu.fill("Your reply to what the organisation says", "May is late.").send().sees("May is late.")
    sit().visit(f"/register/{reference}").sees(
        "Matches are not checked.", "By May.", "We agree.", "May is late."
    )

    ines.visit(place).click("Begin to monitor").send().sees("Monitoring").click("Verify a recommendation")
    ines.choose("1. Check twice at metropolitan").choose("Met", of="Is it met?")
    ines.fill("The reason we give", "We saw it.").send()
    mona.visit(place).click("Close the inspection").send().sees("Closed")
    ada.visit(theirs).sees("This inspection is closed.")
    olu.visit(theirs).sees("This inspection is closed.")
