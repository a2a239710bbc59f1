"""The form of a step is what the edition says the step asks, in types the step can use."""

import io
from contextlib import contextmanager
from datetime import date

import make
import pytest
from werkzeug.datastructures import MultiDict

from regulator.access import acting
from regulator.casework import editions, steps
from regulator.casework.asking import question_for
from regulator.casework.forms import WHEN, GrowingRows, StepForm, built, form_for, plain
from regulator.casework.queries import colleagues
from regulator.casework.rows import Row, RowsField
from regulator.forms import Choice, field
from regulator.regime.model import Field, Step

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def kind():
    """The rules of a complaint."""
    return editions.current().kinds["complaint"]


def known_to(by, case):
    """The facts of a case, as the page of a step gets them."""
    return steps.offers(case.case_id, by=by)[0]


@contextmanager
def sent(app, **answers):
    """A request that sends these answers; a list is one box filled in several times."""
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        pairs = [(n, one) for n, v in answers.items() for one in (v if isinstance(v, list) else [v])]
        with app.test_request_context("/", method="POST", data=MultiDict(pairs)):
            assert acting()
            yield
    finally:
        app.config["WTF_CSRF_ENABLED"] = True


def form_of(step, case, by, app, **answers):
    """The form of a step with these answers sent; whether it can be used, and what was wrong."""
    with sent(app, **answers):
        form = form_for(kind().steps[step], known_to(by, case), by)
        usable = form.submitted()
        return form, usable, [problem.text for problem in form.problems]


def made_of(*fields):
    """A step that asks these."""
    return Step("ask", ("screening",), "same", ("caseworker",), "Ask", {}, fields=fields)


def one(name, kind, **more):
    """A field of a kind."""
    return Field(name, kind, f"The {kind}", **more)


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


class Findings(StepForm):
    """A finding for each of two allegations."""

    findings = RowsField(
        "Findings",
        rows=[
            Row("1", "Allegation 1", fixed={"allegation": 1}),
            Row("2", "Allegation 2", hidden={"seen": "7"}),
        ],
        columns={
            "finding": field(
                "radios", "Finding", message="Choose the finding", choices=[Choice("yes", "Yes")]
            ),
            "reasons": field("textarea", "Reasons", required=False),
        },
    )


def test_rows_have_boxes_of_their_own(in_app):
    """Each row’s answer is what was said in its own boxes, with what is known of it and what travelled unseen."""
    answers = {
        "findings-1-finding": "yes",
        "findings-1-reasons": "Seen.",
        "findings-2-finding": "yes",
        "findings-2-seen": "6",
    }
    with sent(in_app, **answers):
        form = Findings()

        assert form.submitted()
        assert form["findings"].answer == [
            {"allegation": 1, "finding": "yes", "reasons": "Seen."},
            {"seen": "6", "finding": "yes", "reasons": None},
        ]


def test_an_error_stands_beside_its_row(in_app):
    """A row with something missing is named in the summary, which leads to its box; the other keeps its answer."""
    with sent(in_app, **{"findings-1-finding": "yes", "findings-1-reasons": "Seen."}):
        form = Findings()
        usable = form.submitted()
        page = str(form["findings"](dense=True))

        assert not usable
        assert [(line.text, line.href) for line in form.problems] == [
            ("Allegation 2: Choose the finding", "#findings-2-finding")
        ]
        assert "Seen." in page
        assert 'value="yes" checked' in page


def test_a_rule_can_refuse_one_row(in_app):
    """A refusal that names a box stands beside it."""
    with sent(in_app, **{"findings-1-finding": "yes", "findings-2-finding": "yes"}):
        form = Findings()
        assert form.submitted()
        form.refuse("Say why.", "findings-2-reasons")

        assert [line.text for line in form.problems] == ["Allegation 2: Say why."]


class Items(StepForm):
    """Questions, as many as are needed."""

    items = GrowingRows(
        "Questions",
        label_row="Question",
        least=2,
        message="Ask at least one question",
        columns={"question": field("textarea", "Question", required=False)},
    )


def test_more_rows_keep_what_was_typed(in_app):
    """The button that asks for more rows sends nothing: the page comes back longer, with what was typed."""
    with sent(in_app, **{"items-rows": "2", "items-1-question": "Why?", "items-more": "yes"}):
        form = Items()
        sent_on = form.submitted()

        assert not sent_on
        assert len(form["items"].rows) == 6
        assert "Why?" in str(form["items"]())
        assert form.problems == []


def test_empty_rows_do_not_count(in_app):
    """Rows in which nothing was said are left out; all empty, the question itself is missing."""
    with sent(in_app, **{"items-rows": "3", "items-2-question": "Why?"}):
        some = Items()
        assert some.submitted()
        assert some["items"].answer == [{"question": "Why?"}]
    with sent(in_app, **{"items-rows": "3"}):
        none = Items()
        assert not none.submitted()
        assert [line.text for line in none.problems] == ["Ask at least one question"]


def assigned(app, case, people, **answers):
    """The form that gives a case to somebody, sent by a manager."""
    return form_of("assign", case, people.manager, app, **answers)


def test_an_interest_must_be_considered(in_app):
    """Somebody who declared an interest gets the case only when the manager says it does not stand in the way."""
    case, people = make.complaint_at("screening")
    north = make.team("North")
    make.act(
        case.case_id,
        people.caseworker,
        "declare_interest",
        interest="worked_there",
        interest_words="Until 2015.",
        stands_aside=False,
    )
    chosen = {"person": str(people.caseworker.person_id), "team": str(north)}
    form, usable, problems = assigned(in_app, case, people, **chosen)
    _, then, _ = assigned(in_app, case, people, **chosen, conflict_considered="yes")

    assert not usable
    assert problems == ["Tick the box if the interest shown does not stand in the way"]
    assert (
        people.caseworker.name,
        ["Declared an interest in this case: “I worked there, or may”."],
    ) in list(form.warnings)
    assert then


def test_nobody_is_warned_of_without_reason(in_app):
    """Where nothing stands between anybody and a case, nothing is asked about it."""
    with in_app.test_request_context("/"):
        case, people = make.complaint_at("received")
        make.team("North")
        form = form_for(kind().steps["assign"], known_to(people.manager, case), people.manager)

        assert list(form.warnings) == []
        assert "conflict_considered" not in form


def test_being_named_is_shown(in_app):
    """Whoever has the address of somebody in the case is shown before it is given away."""
    case, people = make.complaint_at("screening")
    with in_app.test_request_context("/"):
        known = known_to(people.manager, case)
        email = next(o.email for o in colleagues(None, by=people.manager) if o.id == people.lawyer.person_id)
        known.participants[0].email = email.upper()
        form = form_for(kind().steps["assign"], known, people.manager)

        assert dict(form.warnings)[people.lawyer.name] == ["Has the email address of somebody in this case."]


def test_another_part_is_shown(in_app):
    """Whoever moved the case on in another part is shown before it is given away."""
    case, people = make.complaint_at("investigating")
    with in_app.test_request_context("/"):
        form = form_for(kind().steps["assign"], known_to(people.manager, case), people.manager)

        assert dict(form.warnings) == {
            people.intake_officer.name: ["Moved this case on before, as intake officer."]
        }
