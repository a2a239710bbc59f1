"""How long a record is kept, and how it is destroyed: by rule, by two people, whole, and with a certificate."""

from __future__ import annotations

import subprocess
from datetime import date
from io import BytesIO

import make
import psycopg
import pytest
from flask import Flask, current_app
from sqlalchemy import make_url

from regulator import moments
from regulator.casework import erasing, queries
from regulator.casework.queries.records import Keep, certificate, records, tally
from regulator.casework.steps import Taken, take
from regulator.dbroles import plain
from regulator.devpg import programs
from regulator.documents.store import keep, store
from regulator.documents.sweeping import sweep
from regulator.errors import Missing, NotNow, Refused
from regulator.ledger.anchors import Anchors
from regulator.ledger.verify import verify
from regulator.worker import work
from tests.rooms.browsing import Browser, made

CANARY = "Zebedee Quillfeather"
SAID = f"{CANARY} was stopped outside the station."


@pytest.fixture
def closed(in_app: Flask) -> tuple[Taken, make.Cast]:
    """A closed complaint that names somebody, with a file, due to be destroyed today."""
    return due()


def due(**more: object) -> tuple[Taken, make.Cast]:
    """The same, made."""
    case, people = make.complaint_at("received", name=CANARY, what_happened=SAID, **more)
    give(case, people, f"{CANARY}.txt")
    go_on(case, people)
    keeper = make.person("records_manager")
    make.act(
        case.case_id,
        keeper,
        "set_disposal",
        disposal="destroy",
        disposal_on=moments.today(),
        reason="Its time",
    )
    return case, people


def give(case: Taken, people: make.Cast, name: str) -> None:
    """Let the complainant add a file."""
    given = keep(BytesIO(b"What they wrote down.\n"), name, 1000)
    take(
        "add_information",
        case.case_id,
        by=people.complainant(case.case_id),
        data={"information": SAID},
        files=[given],
    )


def go_on(case: Taken, people: make.Cast, finding: str = "upheld") -> None:
    """Bring a new complaint to its end."""
    findings = [{**one, "finding": finding} for one in make.findings()]
    for role, step, data in make.PATHS["closed"]:
        by = people.complainant(case.case_id) if role == "complainant" else getattr(people, role)
        make.act(
            case.case_id,
            by,
            step,
            **({"findings": findings} if step == "share_provisional_view" else {}),
            **data,
        )


def head(case: Taken, people: make.Cast) -> queries.CaseHead:
    """The case as its manager sees it."""
    return queries.head(case.reference, by=people.manager)


def destroy(case: Taken) -> make.Actor:
    """Let two people destroy a record; who keeps the records."""
    keeper, other = make.person("records_manager"), make.person("records_manager")
    make.act(case.case_id, keeper, "propose_disposal", reason="Nobody needs it any more")
    make.act(case.case_id, other, "approve_disposal", disposal_confirmed=True)
    return other


@pytest.mark.parametrize(
    ("finding", "disposal", "day"),
    [("upheld", "review", date(2036, 4, 1)), ("not_upheld", "destroy", date(2032, 4, 1))],
)
def test_set_by_outcome(in_app: Flask, finding: str, disposal: str, day: date):
    """What becomes of a record follows from the outcome when its case is closed, counted from that day."""
    with moments.as_at(make.at("2026-04-01T10:00")):
        case, people = make.complaint_at("received")
        go_on(case, people, finding)

        found = head(case, people)

    assert (found.disposal, found.disposal_on) == (disposal, day)


def test_reopened(in_app: Flask):
    """A case that goes on after its end is not to be destroyed."""
    case, people = make.complaint_at("not_accepted")
    kept = head(case, people).disposal

    make.act(case.case_id, people.complainant(case.case_id), "ask_for_review", **make.REVIEW)

    assert (kept, head(case, people).disposal) == ("destroy", None)


def test_two_people(closed):
    """Whoever proposes to destroy a record cannot approve it."""
    case, _ = closed
    both = make.person("records_manager", "manager")
    make.act(case.case_id, both, "propose_disposal", reason="Its time has come")

    with pytest.raises(Refused, match="someone else must"):
        make.act(case.case_id, both, "approve_disposal", disposal_confirmed=True)


def test_hold(closed):
    """A legal hold keeps a record that is due, and one that was proposed already."""
    case, _ = closed
    keeper, other = make.person("records_manager"), make.person("records_manager")
    make.act(case.case_id, keeper, "propose_disposal", reason="Its time has come")
    make.act(case.case_id, keeper, "legal_hold", reason="A claim was made")

    with pytest.raises(NotNow, match="on legal hold"):
        make.act(case.case_id, other, "approve_disposal", disposal_confirmed=True)


def test_hold_in_database(closed, owner: psycopg.Connection):
    """The database itself erases nothing of a case on hold, nor of one that no second person approved."""
    case, _ = closed
    words = "select count(*) from entry_words join entry on entry.id = entry_id where case_id = %s"
    before = owner.execute(words, (case.case_id,)).fetchone()
    owner.execute("select set_config('app.case', %s, false)", (str(case.case_id),))

    assert owner.execute("select erase_words(%s)", (case.case_id,)).fetchone() == (0,)
    assert owner.execute(words, (case.case_id,)).fetchone() == before


def test_counted(closed):
    """A record stands in one list at a time: due, before a second person, destroyed."""
    case, _ = closed
    before = tally(by=make.person("records_manager"))

    after = tally(by=destroy(case))

    assert (before["due"], before["destroyed"]) == (1, 0)
    assert (after["due"], after["proposed"], after["destroyed"]) == (0, 0, 1)


def test_not_before_its_day(closed):
    """A record is not proposed before the day that was set."""
    case, _ = closed
    keeper = make.person("records_manager")
    make.act(
        case.case_id, keeper, "set_disposal", disposal="destroy", disposal_on=date(2040, 1, 1), reason="Later"
    )

    with pytest.raises(NotNow, match="to be kept until 1 January 2040"):
        make.act(case.case_id, keeper, "propose_disposal", reason="Now")


def test_refused(closed):
    """A proposal that is refused ends, and another can be made."""
    case, people = closed
    keeper = make.person("records_manager")
    make.act(case.case_id, keeper, "propose_disposal", reason="Its time has come")
    make.act(case.case_id, people.manager, "refuse_disposal", reason="A book is being written")

    make.act(case.case_id, keeper, "propose_disposal", reason="The book is out")

    assert [one.reference for one in records(Keep.proposed, by=keeper)[0]] == [case.reference]


def test_words_gone(closed):
    """Once destroyed, a dump of the whole database names nobody from the case, and the record still verifies."""
    case, _ = closed
    assert CANARY in dumped()

    destroy(case)

    assert CANARY not in dumped()
    assert verify(owner_url(), Anchors()).is_whole


def test_nothing_more(closed):
    """Nothing more can be done with a record that was destroyed, and its complainant’s code opens nothing."""
    case, people = closed
    destroy(case)

    with pytest.raises(NotNow, match="was destroyed on"):
        make.act(case.case_id, make.person("records_manager"), "legal_hold", reason="Too late")
    assert head(case, people).title == erasing.TITLE


def test_files_gone(closed, owner: psycopg.Connection):
    """The files go with the words, once, save one that another case has as well."""
    case, people = closed
    shared, _ = make.complaint_at("received")
    [sha256] = [
        one for (one,) in owner.execute("select sha256 from document where case_id = %s", (case.case_id,))
    ]
    give(shared, people, "same.txt")
    destroy(case)

    assert erasing.destroy_files(case.case_id) == 0
    assert store().stat(sha256) is not None


def test_files_destroyed(closed, owner: psycopg.Connection):
    """A file that only this case had is destroyed by the worker, and the certificate says when."""
    case, _ = closed
    [sha256] = [
        one for (one,) in owner.execute("select sha256 from document where case_id = %s", (case.case_id,))
    ]
    keeper = destroy(case)

    assert erasing.destroy_files(case.case_id) == 1
    assert erasing.destroy_files(case.case_id) == 0
    assert store().stat(sha256) is None
    done, files = certificate(case.case_id, by=keeper)
    assert (done.files, done.files_gone_on, files[0].sha256) == (1, moments.today(), sha256)


def test_papers_destroyed(in_app, owner: psycopg.Connection):
    """Letters that went by post lose their papers with their words and addresses."""
    case, _ = due(contact_by="post", address=f"1 {CANARY} Road\nNorthtown\nNT1 4AB")
    work(in_app, once=True)
    asked = "select sha256 from letter_print where case_id = %s"
    papers = [one for (one,) in owner.execute(asked, (case.case_id,))]
    assert papers

    destroy(case)
    work(in_app, once=True)

    assert owner.execute(asked, (case.case_id,)).fetchall() == []
    assert {store().stat(one) for one in papers} == {None}
    assert CANARY not in dumped()
    assert sweep().lost == []


def test_figures_stay(closed, owner: psycopg.Connection):
    """What happened and when stays, and so do the promises that were kept."""
    case, _ = closed
    asked = "select count(*) from entry where case_id = %s"
    clocks = "select name, last_day, ended from clock where case_id = %s order by id"
    entries, kept = (
        owner.execute(asked, (case.case_id,)).fetchone(),
        owner.execute(clocks, (case.case_id,)).fetchall(),
    )

    destroy(case)

    assert owner.execute(asked, (case.case_id,)).fetchone() == (entries[0] + 2,)
    assert owner.execute(clocks, (case.case_id,)).fetchall() == kept


def test_no_certificate(closed):
    """A record that stands has no certificate."""
    case, _ = closed
    with pytest.raises(Missing, match="no certificate"):
        certificate(case.case_id, by=make.person("records_manager"))


def test_pages(app: Flask):
    """The lists count each record where it stands, and the certificate names both people."""
    browser = Browser(app).sign_in(made(app, "records_manager")[0])
    with app.app_context():
        case, _ = due()
    waiting = browser.get("/records?which=due").text
    with app.app_context():
        destroy(case)

    listed = browser.get("/records?which=destroyed").text
    certified = browser.get(f"/cases/{case.reference}/certificate-of-destruction").text

    assert case.reference in waiting
    assert case.reference in listed
    assert "Words erased" in certified
    assert CANARY not in listed + certified + browser.get(f"/cases/{case.reference}").text


def owner_url() -> str:
    """The address of the database for its owner."""
    url = make_url(plain(current_app.extensions["regulator"].owner_database_url))
    return url.render_as_string(hide_password=False)


def dumped() -> str:
    """Everything that stands in the database, as the owner backs it up."""
    command = [str(programs() / "pg_dump"), "--data-only", owner_url()]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
