"""A body’s people answer item by item, save as they go, undo nobody’s work and sign only what they have read."""

import io
import re

import make
from rooms.complaint_pages import asked, with_code
from rooms.staff_pages import At, errors, words

from tests.linting import faults, read

HIDDEN_OF_ITEM = re.compile(r'<input type="hidden" name="(item_answer-[^"]+)" value="([^"]*)">')


class Item:
    """The page on which a person works on their items."""

    def __init__(self, app, who, case):
        self.browser, self.path = At(app, who), f"/body/cases/{case.reference}/answer-account-item"

    def drawn(self):
        """What the page carries unseen, of the form and of each item."""
        text = self.browser.get(self.path).text
        return {**self.browser.drawn(self.path), **dict(HIDDEN_OF_ITEM.findall(text)), **as_drawn(text)}

    def send(self, drawn=None, **more):
        """The page sent as it was drawn, but for some answers."""
        return self.browser.post(self.path, {**(drawn or self.drawn()), **more})


def as_drawn(text):
    """What stands in the boxes of each item."""
    found = dict(re.findall(r'<textarea[^>]*name="(item_answer-\d+-answer)"[^>]*>([^<]*)</textarea>', text))
    for name, inside in re.findall(
        r'<select[^>]*name="(item_answer-\d+-\w+)"[^>]*>(.*?)</select>', text, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = chosen[1] if chosen else ""
    return found


def kept(owner):
    """Each item’s answer and version."""
    return owner.execute("select answer, version from evidence_item order by number").fetchall()


def at(app, *questions):
    """A complaint on which these questions were asked."""
    case, people, _ = with_code(app)
    return case, people, asked(app, case, people, *(questions or ("Which?", "Who?", "When?")))


def test_saved_in_part(app, owner):
    """One answer can be saved and the others left; what was left keeps its version, and the regulator reads none of it."""
    case, people, (first, *_) = at(app)
    page = Item(app, people.contact, case)
    answer = page.send(**{f"item_answer-{first}-answer": "Deployment 12."})

    assert faults(read(page.browser.get(page.path).text)) == []
    assert answer.status_code == 302
    assert kept(owner) == [("Deployment 12.", 1), (None, 0), (None, 0)]
    assert "Deployment 12." not in At(app, people.caseworker).get(f"/cases/{case.reference}").text


def test_nothing_changed(app, owner):
    """A page on which nothing was changed saves nothing, and says so."""
    case, people, _ = at(app)
    page = Item(app, people.contact, case).send()

    assert errors(page) == ["Nothing was changed: write or change at least one answer"]
    assert kept(owner) == [(None, 0)] * 3


def test_handed_on(app, owner):
    """An item handed to a colleague is theirs to answer, and handing it on writes no answer in anybody’s name."""
    case, people, (first, *_) = at(app)
    Item(app, people.contact, case).send(
        **{f"item_answer-{first}-hand_to": str(people.contributor.person_id)}
    )
    row = owner.execute(
        "select handed_to_id, answered_by_id from evidence_item where id = %s", (first,)
    ).fetchone()

    assert row == (people.contributor.person_id, None)


def test_a_contributor_sees_their_own_alone(app):
    """A contributor is shown the items handed to them, has nobody to hand them to, and can send no other."""
    case, people, (first, second, _) = at(app, "Which deployment?", "Which officer?", "When?")
    with app.app_context():
        handed = [{"item": second, "hand_to": people.contributor.person_id}]
        make.act(case.case_id, people.contact, "answer_account_item", item_answer=handed)
    page = Item(app, people.contributor, case)
    said = words(page.browser.get(page.path))
    case_page = words(page.browser.get(f"/body/cases/{case.reference}"))
    forged = page.send(**{f"item_answer-{first}-answer": "Not mine.", f"item_answer-{first}-was": "x"})

    assert "Which officer?" in said
    assert "Which deployment?" not in said
    assert "Who answers it?" not in said
    assert "Next Answer item 2" in case_page
    assert "Which deployment?" not in case_page
    assert errors(forged) == ["Nothing was changed: write or change at least one answer"]


def test_nothing_handed_is_nothing_to_do(app):
    """A contributor to whom nothing was handed is told so."""
    case, people, _ = at(app)
    page = At(app, people.contributor).get(f"/body/cases/{case.reference}/answer-account-item")

    assert page.status_code == 409
    assert "Nothing on this case has been handed to you to answer." in words(page)


def test_two_work_at_once(app, owner):
    """Two people who change different items undo nothing of each other’s."""
    case, people, (first, second, _) = at(app)
    one, other = Item(app, people.contact, case), Item(app, people.approving_officer, case)
    drawn = one.drawn()
    one.send(**{f"item_answer-{first}-answer": "Hers."})
    answer = one.send({**drawn, "key": ""}, **{f"item_answer-{second}-answer": "His."})

    assert other.browser.by.holds("approving_officer")
    assert answer.status_code == 302
    assert kept(owner) == [("Hers.", 1), ("His.", 1), (None, 0)]


def test_two_change_the_same_item(app, owner):
    """Who was slower is shown what the other wrote, keeps their own, and can put it in its place."""
    case, people, (first, *_) = at(app)
    page = Item(app, people.contact, case)
    drawn = page.drawn()
    page.send(**{f"item_answer-{first}-answer": "The first."})
    refused = page.send({**drawn, "key": ""}, **{f"item_answer-{first}-answer": "The second."})
    again = {**dict(HIDDEN_OF_ITEM.findall(refused.text)), **as_drawn(refused.text)}
    before = kept(owner)[0]
    page.browser.post(page.path, {**page.browser.drawn(page.path), **again})

    assert (
        "Somebody else saved this item while you were writing. Their answer: “The first.”"
        in errors(refused)[0]
    )
    assert "The second.</textarea>" in refused.text
    assert before == ("The first.", 1)
    assert kept(owner)[0] == ("The second.", 2)


def test_read_through_before_signing(app):
    """The approving officer reads the whole account on the page where it is signed."""
    case, people, items = at(app, "Which?", "Who?")
    with app.app_context():
        answers = [
            {"item": item, "answer": f"Answer {item}.", "mark": mark}
            for item, mark in zip(items, ("none", "privileged"), strict=True)
        ]
        make.act(case.case_id, people.contact, "answer_account_item", item_answer=answers)
    officer = At(app, people.approving_officer)
    page = officer.get(f"/body/cases/{case.reference}/submit-account")
    said = words(page)

    assert faults(read(page.text)) == []
    assert [f"Answer {item}." in said for item in items] == [True, True]
    assert "Claimed as legally privileged." in said
    assert people.contact.name in said


def test_signed(app, owner):
    """An account is signed with the declaration alone, and the regulator then reads what was signed."""
    case, people, (item,) = at(app, "Which?")
    with app.app_context():
        answers = [{"item": item, "answer": "Deployment 12."}]
        make.act(case.case_id, people.contact, "answer_account_item", item_answer=answers)
    officer = At(app, people.approving_officer)
    path = f"/body/cases/{case.reference}/submit-account"
    unsigned = officer.send(path)
    signed = officer.send(path, declaration="yes")

    assert errors(unsigned) == ["Tick the declaration to submit the account"]
    assert signed.status_code == 302
    assert "Deployment 12." in words(At(app, people.caseworker).get(f"/cases/{case.reference}"))


def test_not_before_every_item_is_answered(app):
    """An account with an item unanswered cannot be signed, and the page names the item."""
    case, people, _ = at(app)
    page = At(app, people.approving_officer).get(f"/body/cases/{case.reference}/submit-account")

    assert page.status_code == 409
    assert "Items 1, 2 and 3 have no answer yet." in words(page)


def test_files_go_with_the_account(app, owner):
    """A file given with an answer is the body’s own until the account is signed for, and then the regulator reads it."""
    case, people, (item,) = at(app, "Which?")
    Item(app, people.contact, case).send(
        **{
            f"item_answer-{item}-answer": "Deployment 12.",
            f"item_answer-{item}-files": (io.BytesIO(b"The log"), "log.txt"),
        }
    )
    place = f"/cases/{case.reference}"
    drafted = At(app, people.caseworker).get(place).text
    with app.app_context():
        make.act(case.case_id, people.approving_officer, "submit_account", declaration=True)
    signed = At(app, people.caseworker).get(place).text

    assert owner.execute("select party_id is not null from document").fetchone() == (True,)
    assert "log.txt" not in drafted
    assert "log.txt" in signed


def test_when_and_where(app):
    """The body is told when and where as the caseworker puts it, in the letter and to whoever answers; never as the complainant did."""
    case, people, _ = with_code(app, "investigating", happened_where="canary-where")
    form = At(app, people.caseworker).get(f"/cases/{case.reference}/request-account").text
    with app.app_context():
        told = {"when_where": "On 3 March, at the north station", "words_to_body": "Keep the recordings."}
        make.act(case.case_id, people.caseworker, "request_account", items=[{"question": "Why?"}], **told)
        row = [{"item": 1, "hand_to": people.contributor.person_id}]
        make.act(case.case_id, people.contact, "answer_account_item", item_answer=row)
    place = f"/body/cases/{case.reference}"
    contact, contributor = (At(app, one).get(place).text for one in (people.contact, people.contributor))

    assert "canary-where" in form
    assert "canary-where" not in contact
    assert "as far as we may tell you: On 3 March, at the north station" in contact
    assert contact.count("On 3 March, at the north station") == 2
    assert ("On 3 March" in contributor, "Keep the recordings." in contributor) == (True, False)
