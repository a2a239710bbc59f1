"""A record is kept until its day, on hold for longer, and destroyed by two people with a certificate."""

from datetime import timedelta

from regulator import moments
from tests.journeys.browser import DESKTOP, PHONE_PLAIN
from tests.journeys.people import bring, everybody


def test_a_record_destroyed(app, sit):
    """What is set is kept to: not before its day, not on hold, not by one person alone; then nothing of it is left to read."""
    people = everybody(app)
    reference, code = bring(app, "closed", people)
    case, day = f"/cases/{reference}", moments.today() - timedelta(days=1)

    ravi = sit(people.records_manager, at=DESKTOP).visit(case)
    ravi.visit(f"{case}/propose-disposal").is_at("This cannot be done now", 409).visit(case)
    ravi.click("Set what happens to the record").choose(
        "Destroy its words and files then, and keep the figures"
    )
    ravi.fill_day("When?", day.day, day.month, day.year).fill("Why", "Nobody needs it any more.").send()
    ravi.sees("You set what happens to the record")
    ravi.click("Place a legal hold").fill("Why", "An inquiry asked for it.").send()
    ravi.visit(f"{case}/propose-disposal").is_at("This cannot be done now", 409).sees("legal hold")
    ravi.visit(case).click("Lift the legal hold").fill("Why", "The inquiry is over.").send()
    ravi.click("Propose to destroy the record").fill("Why", "Its day has come.").send()
    ravi.sees("You proposed to destroy the record").does_not_offer("Destroy the record")

    mona = sit(people.manager, at=PHONE_PLAIN).visit("/records").sees(reference).visit(case)
    mona.click("Destroy the record").send().sees("Confirm that it is to be destroyed")
    mona.tick("I have read what is to be destroyed and nobody needs it any more").send()
    mona.is_at("The record was destroyed")
    mona.visit(f"{case}/certificate-of-destruction").is_at("Certificate of destruction")
    mona.sees(people.records_manager.name, people.manager.name)

    clara = sit(at=PHONE_PLAIN).visit("/complaint").fill("Reference", reference).fill("Code", code)
    clara.click("Open my complaint").sees("There is a problem")
