"""The words of the first edition: who is told what, and that nothing in its files is idle or rough."""

from __future__ import annotations

import re

import pytest

from regulator.regime.loader import shipped
from regulator.regime.parts import FIELD_KINDS

EDITION = shipped()["2026-draft"]
COMPLAINT = EDITION.kinds["complaint"]
STEPS = COMPLAINT.steps
EVERY_STEP = [step for kind in EDITION.kinds.values() for step in kind.steps.values()]
EVERY_CLOCK = [clock for kind in EDITION.kinds.values() for clock in kind.clocks.values()]


def everything_people_read() -> list[tuple[str, str]]:
    """Every text of the edition that somebody reads, with what it is."""
    texts = [
        (f"stage {s.name}", text)
        for kind in EDITION.kinds.values()
        for s in kind.stages.values()
        for text in (s.label, *s.says.values())
    ]
    texts += [
        (f"step {s.name}", text)
        for s in EVERY_STEP
        for text in (s.label, *s.labels.values(), s.hint, *s.says.values())
    ]
    texts += [
        (f"field {f.name}", t) for s in EVERY_STEP for f in s.answers for t in (f.label, f.hint, f.message)
    ]
    texts += [(f"clock {c.name}", c.label) for c in EVERY_CLOCK]
    texts += [
        (f"reason {c.code}", t)
        for cs in EDITION.reasons.values()
        for c in cs
        for t in (c.label, c.hint, c.words)
    ]
    texts += [
        (f"letter {each.name}", text)
        for each in EDITION.letters.values()
        for text in (each.subject, each.text)
    ]
    texts += [
        (f"standard {s.code}", text)
        for s in EDITION.standards.values()
        for text in (s.title, s.text, s.source)
    ]
    return [(what, text) for what, text in texts if text]


@pytest.mark.parametrize("mark", ["'", '"', " - ", "...", "  "])
def test_words_are_set_with_care(mark):
    """No text that people read has a straight quote, a loose hyphen, three dots or a double space."""
    assert [what for what, text in everything_people_read() if mark in text] == []


def test_labels_begin_with_a_capital_and_end_without_a_stop():
    """Every button and every line of the timeline is set the same way."""
    lines = [(s.name, text) for s in EVERY_STEP for text in (s.label, s.hint, *s.says.values()) if text]

    assert [line for line in lines if line[1].endswith(".") or not re.match(r"[A-Z{]", line[1])] == []


def test_a_complainant_cannot_tell_a_decline_that_is_only_proposed():
    """Declining reads the same as screening to the complainant, who is told nothing until it is decided."""
    screening, declining = COMPLAINT.stages["screening"], COMPLAINT.stages["declining"]

    assert declining.says == screening.says
    assert set(STEPS["propose_decline"].says) == set(STEPS["return_to_screening"].says) == {"staff"}


def test_a_body_learns_of_a_complaint_only_when_it_is_looked_into():
    """A complaint shows itself to the body at investigating; one that ended before never does, whatever comes after."""
    declined = ["received", "screening", "declining", "not_accepted", "under_review"]

    assert not COMPLAINT.shows("body", declined)
    assert COMPLAINT.shows("body", [*declined, "investigating"])
    assert COMPLAINT.shows("complainant", ["received"])


@pytest.mark.parametrize("stage", ["received", "screening", "declining", "not_accepted"])
def test_stages_a_body_never_sees(stage):
    """The body sees nothing of taking a complaint in, nor of one that is not accepted."""
    assert not COMPLAINT.stages[stage].seen_by("body")


BETWEEN_US_AND_ONE_SIDE = {
    "complainant": "ask_complainant answer_question add_information message_regulator message_complainant "
    "limit_contact update_complainant add_representative keep_open ask_to_withdraw refer_part decline",
    "body": "message_body answer_account_item",
}


@pytest.mark.parametrize(("side", "steps"), BETWEEN_US_AND_ONE_SIDE.items())
def test_what_passes_with_one_side_stays_there(side, steps):
    """What the regulator says to one side, and what that side says to it, is never told to the other."""
    told = {step: set(STEPS[step].told()) for step in steps.split()}

    assert all(readers - {"staff"} == {side} for readers in told.values())


@pytest.mark.parametrize("step", ["ask_more_time", "decide_more_time", "comment_on_view", "dispose_comment"])
@pytest.mark.parametrize("side", ["body", "complainant"])
def test_what_either_side_asks_is_told_to_that_side_alone(step, side):
    """A request or a comment, and its answer, are told to whoever made it and not to the other side."""
    assert set(STEPS[step].told(them=side)) == {"staff", side}


@pytest.mark.parametrize(
    ("chosen", "readers"), [((), {"staff"}), (("body",), {"staff", "body"}), (None, {"staff"})]
)
def test_a_hold_is_told_only_to_those_who_may_know(chosen, readers):
    """Who is told of a hold is chosen each time; nobody outside is, unless they are named."""
    assert set(STEPS["hold"].told(chosen=chosen)) == readers


def test_a_draft_answer_is_the_bodys_own():
    """What a body writes before it submits its account cannot be read by the regulator."""
    step = STEPS["answer_account_item"]

    assert step.body_only
    assert set(step.says) == {"body"}


def test_the_letter_of_a_decline_gives_reasons_forum_and_review():
    """Somebody whose complaint is not accepted reads why, where else to go, and by when to ask for a review."""
    text = EDITION.letters["declined"].text

    assert all(
        word in text
        for word in (
            "{decline_reason}",
            "{decline_words}",
            "{right_forum}",
            "{review_window.last_day}",
            "{contact}",
        )
    )


def test_the_letter_of_an_outcome_gives_body_ground_and_last_day():
    """The letter of the outcome says to whom to go for a review, on what grounds and until which day."""
    text = EDITION.letters["outcome"].text

    assert all(word in text for word in ("{regulator}", "on the ground", "{review_window.last_day}"))


def test_every_letter_says_how_to_reach_us():
    """Every letter that goes outside says how to reach the regulator and names its case."""
    outside = [letter for letter in EDITION.letters.values() if letter.to != "manager"]

    assert [
        each.name for each in outside if "{contact}" not in each.text or "{reference}" not in each.text
    ] == []


def test_nothing_in_the_edition_is_idle():
    """Every letter and need of the edition is used by a step, and so is every kind of field."""
    fields = [field for step in EVERY_STEP for field in step.answers]
    letters = {use.letter for step in EVERY_STEP for use in step.letters}
    letters |= {chaser.letter for clock in EVERY_CLOCK for chaser in clock.chasers}
    needs = {need for step in EVERY_STEP for need in (*step.needs, step.moves_when) if need} | {
        "record_stands"
    }

    assert set(EDITION.letters) == letters
    assert set(EDITION.needs) == needs
    assert set(FIELD_KINDS) == {field.kind for field in fields}


def test_every_clock_says_where_its_number_comes_from():
    """Every clock names the provision it is modelled on, or says that it is a service standard."""
    sources = {clock.name: clock.rule.source for clock in EVERY_CLOCK}

    assert [
        name for name, source in sources.items() if not re.match("Service standard|Modelled on", source)
    ] == []


CLOCKS = """
  acknowledge      | regulator         | complainant      | submit                    | 5 working days  | D |
  screen           | regulator         | complainant      | submit                    | 20 working days | D | question hold
  account          | body              | regulator        | request_account           | 28 days         | B |
  decide_more_time | regulator         | body complainant | ask_more_time             | 5 working days  | D |
  progress         | regulator         | complainant      | accept ask_for_review admit_late_review reopen | 4 weeks | F |
  investigate      | regulator         | complainant      | accept send_back reopen   | 6 months        | B | question hold
  comments_on_view | body complainant  | regulator        | share_provisional_view    | 28 days         | B |
  tell_outcome     | regulator         | complainant body | approve_decision          | 5 working days  | D |
  review_window    | complainant       | regulator        | tell_outcome decline      | 28 days         | B |
  review           | regulator         | complainant      | ask_for_review admit_late_review | 40 working days | D | question hold
  tell_review      | regulator         | complainant body | uphold_decision           | 5 working days  | D |
"""


def test_the_clocks_of_a_complaint():
    """Each clock of a complaint is owed, starts, counts and pauses as the page of rules says."""
    clocks = [
        (c.name, c.owed_by, c.owed_to, c.starts, str(c.rule.length), str(c.rule.form), c.paused_by)
        for c in COMPLAINT.clocks.values()
    ]
    rows = [[cell.strip() for cell in line.split("|")] for line in CLOCKS.strip().splitlines()]

    assert [
        [" ".join(part) if isinstance(part, tuple) else part for part in clock] for clock in clocks
    ] == rows
