"""The form of a step is what the edition says the step asks, in types the step can use."""

import io
from datetime import date

import make
import pytest

from regulator.casework import steps
from regulator.casework.asking import question_for
from regulator.casework.forms import WHEN, built, form_for, plain
from regulator.regime.model import Field, Step
from tests.rooms.form_ground import form_of, kind, known_to, one, sent

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def made_of(*fields):
    """A step that asks these."""
    return Step("ask", ("screening",), "same", ("caseworker",), "Ask", {}, fields=fields)


def test_every_step_can_be_drawn(in_app):
    """Each step of the edition has a form that every role who may take it can be shown."""
    case, people = make.complaint_at("provisional_view")
    outside = {"complainant": people.complainant(case.case_id)}
    drawn = 0
    for step in kind().steps.values():
        for role in (role for role in step.who if hasattr(people, role) and role != "system"):
            by = outside.get(role) or getattr(people, role)
            known = None if step.opens else known_to(by, case)
            with in_app.test_request_context("/"):
                form = form_for(step, known, by)
                assert all(str(question(dense=True)) for question in form.asked)
                drawn += 1

    assert drawn > 70


def test_form_asks_in_the_edition_order(in_app):
    """The questions of a step come in the order in which the edition lists them."""
    case, people = make.complaint_at("screening")
    step = kind().steps["propose_decline"]
    with in_app.test_request_context("/"):
        form = form_for(step, known_to(people.caseworker, case), people.caseworker)

        assert [question.short_name for question in form.questions] == [f.name for f in step.fields]


@pytest.mark.parametrize(
    ("asked", "typed", "answer"),
    [
        (one("a", "text"), " Ada\x00 ", "Ada"),
        (one("a", "long_text"), "One.\r\nTwo.", "One.\nTwo."),
        (one("a", "lines"), "One\r\n\r\n Two \r\n", ["One", "Two"]),
        (one("a", "email"), "a@example.org", "a@example.org"),
        (one("a", "phone"), "07700 900123", "07700 900123"),
        (one("a", "number"), "1,200", 1200),
        (one("a", "day"), ["3", "March", "2026"], date(2026, 3, 3)),
        (one("a", "length"), "2 WEEKS", "2 weeks"),
        (one("a", "length"), "10 wd", "10 working days"),
        (one("a", "yes_no"), "no", False),
        (one("a", "confirm"), "yes", True),
        (one("a", "choice", choices="findings"), "upheld", "upheld"),
        (one("a", "several", choices="told"), ["body", "complainant"], ["complainant", "body"]),
        (one("a", "stage"), "told", "told"),
    ],
    ids=lambda value: value.kind if isinstance(value, Field) else "",
)
def test_answers_are_typed(in_app, asked, typed, answer):
    """What is typed for each kind of field becomes the value that a step takes."""
    case, people = make.complaint_at("screening")
    with sent(in_app, a=typed):
        form = built(made_of(asked), known_to(people.caseworker, case), people.caseworker)()

        assert form.submitted(), form.problems
        assert form.data_for_step().data == {"a": answer}


@pytest.mark.parametrize(
    ("asked", "typed", "problem"),
    [
        (one("a", "text", message="Name it"), "  ", "Name it"),
        (one("a", "yes_no", message="Say which"), "", "Say which"),
        (one("a", "confirm", message="Tick it"), "", "Tick it"),
        (one("a", "number"), "twelve", "Enter a whole number, like 12"),
        (one("a", "length"), "a while", "Enter a length of time, like 14 days or 2 weeks"),
        (one("a", "choice", choices="findings"), "guilty", "Choose one of the answers given"),
        (one("a", "case"), "C-0000-0000", "There is no case with that reference that you may see."),
    ],
    ids=lambda value: value.kind if isinstance(value, Field) else "",
)
def test_what_cannot_be_used_is_refused(in_app, asked, typed, problem):
    """An answer that cannot be used is refused beside its question, and what was typed is kept."""
    case, people = make.complaint_at("screening")
    with sent(in_app, a=typed):
        form = built(made_of(asked), known_to(people.caseworker, case), people.caseworker)()

        assert not form.submitted()
        assert [line.text for line in form.problems] == [problem]
        assert typed.strip() in str(form["a"](dense=True)) or asked.kind in ("choice", "confirm")


def test_empty_answers_are_not_there(in_app):
    """What was left empty is not among the answers of a step."""
    case, people = make.complaint_at("screening")
    form, usable, _ = form_of("add_note", case, people.caseworker, in_app, note="Rang back.")

    assert usable
    assert form.data_for_step().data == {"note": "Rang back."}


def test_another_case_is_found_as_the_reader(in_app):
    """The reference of another case becomes that case, in either case of letters."""
    case, people = make.complaint_at("screening")
    other = make.complaint()
    form, usable, _ = form_of(
        "link_case",
        case,
        people.caseworker,
        in_app,
        other_case=f" {other.reference.lower()} ",
        relation="same_events",
    )

    assert usable
    assert form.data_for_step().data["other_case"] == steps.OtherCase(other.case_id, other.reference)


def test_another_case_behind_a_wall_is_not_found(in_app):
    """A case behind a wall is refused with the sentence for a case there is not."""
    case, people = make.complaint_at("screening")
    walled, others = make.complaint_at("screening")
    make.act(
        walled.case_id,
        others.manager,
        "restrict",
        people=[others.caseworker.person_id],
        reason="A colleague complains",
    )
    _, usable, problems = form_of(
        "link_case",
        case,
        people.caseworker,
        in_app,
        other_case=walled.reference,
        relation="same_events",
    )

    assert not usable
    assert problems == ["There is no case with that reference that you may see."]


def test_people_are_those_who_work_on_cases(in_app):
    """A case can be given to whoever works on cases for the regulator today, and to nobody else."""
    case, people = make.complaint_at("screening")
    administrator, force = make.person("administrator"), people.contact
    step = made_of(one("a", "person"))
    question = question_for(step.fields[0], step, known_to(people.manager, case), people.manager)
    offered = {choice.value for choice in question.kwargs["choices"]}

    assert str(people.caseworker.person_id) in offered
    assert not offered & {str(administrator.person_id), str(force.person_id)}


def test_the_only_body_is_not_asked_for(in_app):
    """Where a case has one body, nobody is asked which."""
    case, people = make.complaint_at("investigating")
    form, _, _ = form_of("message_body", case, people.caseworker, in_app, message_to_body="Thank you.")

    assert "party" not in form
    assert form.data_for_step().data == {"message_to_body": "Thank you."}


def test_staff_are_asked_when(in_app):
    """Staff may say when a step happened; nobody outside is asked."""
    case, people = make.complaint_at("investigating")
    outside = people.complainant(case.case_id)
    staff, _, _ = form_of("add_note", case, people.caseworker, in_app, note="Rang.")
    complainant, _, _ = form_of("add_information", case, outside, in_app, information="More.")

    assert staff.when is not None
    assert complainant.when is None


def test_nothing_said_is_now(in_app):
    """A step whose day was left empty happens now."""
    case, people = make.complaint_at("screening")
    form, _, _ = form_of("add_note", case, people.caseworker, in_app, note="Rang.")
    _, occurred, is_day, _ = form.data_for_step()

    assert (occurred, is_day) == (None, False)


def test_a_day_alone_is_a_day(in_app):
    """A day without a time is kept as a day; with a time, as the moment in London."""
    case, people = make.complaint_at("screening")
    said = {"note": "Rang.", WHEN: ["3", "7", "2026", ""]}
    day, _, _ = form_of("add_note", case, people.caseworker, in_app, **said)
    timed, _, _ = form_of(
        "add_note", case, people.caseworker, in_app, **{**said, WHEN: ["3", "7", "2026", "5pm"]}
    )

    assert day.data_for_step().occurred == make.at("2026-07-03")
    assert day.data_for_step().is_day
    assert timed.data_for_step().occurred == make.at("2026-07-03T17:00")
    assert not timed.data_for_step().is_day


def test_files_are_kept(in_app):
    """A file given with a step is in the store before the step is taken."""
    case, people = make.complaint_at("screening")
    with sent(in_app, note="The plan.", files=(io.BytesIO(PDF), "plan.pdf")):
        form = form_for(kind().steps["add_note"], known_to(people.caseworker, case), people.caseworker)
        assert form.submitted()
        _, _, _, files = form.data_for_step()

    assert [(file.name, file.size) for file in files] == [("plan.pdf", len(PDF))]


def test_the_class_of_a_form_is_made_once(in_app):
    """A form that is the same for every case is made once, one that offers choices anew each time."""
    case, people = make.complaint_at("screening")
    known = known_to(people.caseworker, case)
    rules = kind().steps

    assert plain(rules["add_note"], known, people.caseworker) is plain(
        rules["add_note"], known, people.caseworker
    )
    assert plain(rules["link_case"], known, people.caseworker) is not plain(
        rules["link_case"], known, people.caseworker
    )
