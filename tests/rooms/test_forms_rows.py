"""Forms with rows, and with warnings: each row has boxes and errors of its own, and an interest must be considered."""

import make

from regulator.casework.forms import GrowingRows, StepForm, form_for
from regulator.casework.queries import colleagues
from regulator.casework.rows import Row, RowsField
from regulator.forms import Choice, field
from tests.rooms.form_ground import form_of, kind, known_to, sent


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
