"""Recommendations across cases: each reader has those of their own bodies, on the page and in a file alike."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import html5lib
import make
import make_audit
import pytest
from make_looking import Looking
from odfdo import Document
from rooms.staff_pages import At, words

from regulator import moments
from regulator.reports.exporting import Sheet, as_csv, as_ods

OWN, ALL = "/body/recommendations", "/recommendations"


@pytest.fixture
def walk(app) -> Looking:
    """An audit of two forces, each given a recommendation; somebody of a third looks on."""
    with app.app_context():
        walk = make_audit.audit_at("final")
        for somebody in ("auditor", "manager", "kent/contact", "south-wales/contact"):
            walk.who(somebody)
        return walk


def table(page) -> list[list[str]]:
    """The rows of the list, its head first; none where it is empty."""
    found = html5lib.parse(page.text, namespaceHTMLElements=False).find(".//main//table")
    rows = [] if found is None else found.iter("tr")
    return [[" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag != "br"] for row in rows]


def in_file(page, ending: str) -> list[list[str]]:
    """The same of a file."""
    if ending == "csv":
        return list(csv.reader(StringIO(page.data.decode("utf-8-sig"))))
    sheet = Document(BytesIO(page.data)).body.tables[0]
    return [[str(cell if cell is not None else "") for cell in row] for row in sheet.get_values()]


def test_each_body_has_its_own(app, walk):
    """A force reads what was recommended to it and nothing of the other force’s; the regulator reads both, or one’s alone."""
    kent, staff = At(app, walk.who("kent/contact")), At(app, walk.who("auditor"))
    with app.app_context():
        others = make.body_id("metropolitan")

    for asked in (OWN, f"{OWN}?body={others}"):
        page = kent.get(asked)
        assert [row[2] for row in table(page)[1:]] == ["Check twice at kent"]
        assert "metropolitan" not in words(page).lower()
    assert {row[2] for row in table(staff.get(ALL))[1:]} == {
        "Check twice at kent",
        "Check twice at metropolitan",
    }
    assert [row[2] for row in table(staff.get(f"{ALL}?body={others}"))[1:]] == ["Check twice at metropolitan"]
    assert "Check twice" not in At(app, walk.who("south-wales/contact")).get(OWN).text


@pytest.mark.parametrize("ending", ["csv", "ods"])
def test_a_file_has_what_the_page_has(app, walk, owner, ending):
    """What is saved has the columns and rows of the page, neither more nor fewer, and stands in the reading log."""
    for by, place in ((At(app, walk.who("kent/contact")), OWN), (At(app, walk.who("auditor")), ALL)):
        shown, saved = table(by.get(place)), in_file(by.get(f"{place}/save/{ending}"), ending)
        due = shown[0].index("Due")
        assert saved[0] == shown[0]
        assert [row[:due] for row in saved[1:]] == [row[:due] for row in shown[1:]]
    noted = owner.execute("select count(*) from reading where what = %s", (f"recommendations:{ending}",))
    assert noted.fetchone() == (2,)


def test_other_kinds_of_file(app, walk):
    """A kind of file that is not made is not found."""
    assert At(app, walk.who("kent/contact")).get(f"{OWN}/save/exe").status_code == 404


def test_where_they_stand(app, walk):
    """One is open, then late, then waits to be verified, and is closed by the regulator alone; the themes count along."""
    staff = At(app, walk.who("manager"))
    assert len(table(staff.get(ALL))) == 3
    with app.app_context():
        answer = {"recommendation": walk.recommendation("kent"), "answer": "accepted"}
        walk.take("kent/contact", "draft_recommendation_response", responses=[answer])
        walk.take("kent/approving_officer", "sign_recommendation_responses", response_signed=True)
    with moments.as_at(moments.now() + timedelta(days=400)):
        late = staff.get(f"{ALL}?show=overdue")
        assert len(table(late)) == 3
        assert "2 are open; 2 overdue." in words(late)
        with app.app_context():
            done = {"progress": "It is done.", "claims_done": True}
            walk.take("kent/contact", "report_progress", recommendation=walk.recommendation("kent"), **done)
        assert [row[2] for row in table(staff.get(f"{ALL}?show=overdue"))[1:]] == [
            "Check twice at metropolitan"
        ]
        assert [row[2] for row in table(staff.get(f"{ALL}?show=claimed"))[1:]] == ["Check twice at kent"]
        assert "There are none on this list" in words(staff.get(f"{ALL}?show=closed"))


def test_a_formula_is_only_words():
    """What somebody wrote so that a spreadsheet would run it is words there, and a date is a date."""
    sheet = Sheet("List", ["Words", "Day"], [["=1+1", date(2026, 3, 31)], ["-2", None]])
    assert "'=1+1,2026-03-31\r\n'-2," in as_csv(sheet).decode("utf-8-sig")
    cells = Document(BytesIO(as_ods(sheet))).body.tables[0]
    assert cells.get_cell("A2").type == "string"
    assert cells.get_cell("A2").formula is None
    assert cells.get_cell("B2").type == "date"
