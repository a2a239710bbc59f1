"""Who may do what in enforcement under the Data Protection Act 2018: written by hand, where it differs from 2026-draft."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.matrix import EDITIONS, kept_apart, moves, rows
from tests.rules.test_enforcement_matrix import CLOCKS as DRAFT_CLOCKS
from tests.rules.test_enforcement_matrix import ENFORCEMENT

DPA = replace(ENFORCEMENT, edition="dpa-2018")
DRAFT, KIND = ENFORCEMENT.kind, DPA.kind

GONE = """
  in_force | enforcement_officer | recommend_certificate seek_injunction
           | lawyer              | remit seek_injunction
           | manager             | certify_step refuse_certificate
           | contact             | apply_for_certificate
           | approving_officer   | apply_for_certificate
  complied | lawyer              | remit
"""
ADDED = """
  in_force | enforcement_officer | record_step_done seek_information_order
           | lawyer              | seek_information_order
           | commissioner        | refuse_change
           | contact             | apply_for_change
           | approving_officer   | apply_for_change
"""


def cells(spec: str) -> dict[tuple[str, str], set[str]]:
    """The steps by stage and role; a stage is named once for its roles."""
    found: dict[tuple[str, str], set[str]] = {}
    at = ""
    for stage, role, steps in rows(spec):
        at = stage or at
        found[at, role] = set(steps.split())
    return found


@pytest.mark.parametrize(
    ("stage", "role", "steps"), [pytest.param(*cell, id=" ".join(cell[:2])) for cell in DPA.cells()]
)
def test_what_a_role_may_do_at_a_stage(stage, role, steps):
    """Each role may do what it may under 2026-draft, without certificates, remittal and injunctions, and with requests."""
    at = stage, role

    assert DPA.offered(stage, role) == steps - cells(GONE).get(at, set()) | cells(ADDED).get(at, set())


def test_every_difference_is_one():
    """Each step that is told to differ is in the one edition and not in the other."""
    gone = {step for steps in cells(GONE).values() for step in steps}
    added = {step for steps in cells(ADDED).values() for step in steps}

    assert DRAFT.steps.keys() - KIND.steps.keys() == gone
    assert KIND.steps.keys() - DRAFT.steps.keys() == added


def test_it_moves_as_under_the_draft_but_for_what_a_tribunal_sends_back():
    """The tribunal sends nothing back to the regulator; every other move is the same."""
    assert moves(KIND) == {name: move for name, move in moves(DRAFT).items() if name != "remit"}


def test_the_same_people_are_kept_apart():
    """Whoever proposed takes no part in reviewing, deciding or signing; for certificates there is nobody to keep apart."""
    certificates = ("certify_step", "refuse_certificate")

    assert kept_apart(KIND) == {s: others for s, others in kept_apart(DRAFT).items() if s not in certificates}


def test_a_crown_body_can_be_given_a_notice():
    """Nothing in the proposal asks whether the body is a Crown body, as it does under 2026-draft."""
    needs = [
        {name: kind.steps[name].needs for name in ("propose", "amend_proposal")} for kind in (DRAFT, KIND)
    ]

    assert [{"body_may_be_given_it" in asked for asked in each.values()} for each in needs] == [
        {True},
        {False},
    ]


def test_a_request_to_cancel_or_vary_waits_for_the_end_of_the_time_to_appeal():
    """The recipient of an enforcement notice may ask only once the time to appeal is over, and gives what has changed."""
    ask = KIND.steps["apply_for_change"]

    assert ask.needs == ("enforcement_notice", "appeal_period_over", "no_change_waiting")
    assert [field.name for field in ask.fields if field.required] == [
        "change_wanted",
        "change_of_circumstances",
    ]


def test_the_regulator_itself_records_that_a_step_was_done():
    """No certificate is applied for: an officer records that a step was done, with the day, and that closes it."""
    done = KIND.steps["record_step_done"]

    assert (done.who, done.closes) == (("enforcement_officer",), "notice_step")
    assert [field.name for field in done.fields if field.required] == ["notice_step", "done_on"]


CHANGED = """
  representations | body      | regulator | give_notice_of_intent          | 28 days | B | make_representations decline_to
  appeal          | body      | tribunal  | record_service vary refuse_change | 28 days | C | record_appeal
  compliance      | body      | regulator | record_service vary            | 28 days | A | record_step_done supply_information
  change          | regulator | body      | apply_for_change               | 28 days | B | cancel vary refuse_change
"""


def test_the_clocks_that_differ():
    """Four clocks are counted otherwise than under 2026-draft, two are not there, and one is the same."""
    told = {
        name: more for name, *more in rows(DRAFT_CLOCKS) if name not in {"decide_after_intent", "certificate"}
    }
    told |= {name: more for name, *more in rows(CHANGED)}
    parts = {
        clock.name: [
            *(" ".join(part) for part in (clock.owed_by, clock.owed_to, clock.starts)),
            str(clock.rule.length),
            str(clock.rule.form),
            " ".join(clock.met_by),
        ]
        for clock in KIND.clocks.values()
    }

    assert parts == told


def test_how_soon_a_step_may_bind():
    """Not before the 28 days that begin with the day of the notice; if urgent not before 24 hours, or seven days."""
    least = KIND.clocks["compliance"].least

    assert {code: f"{c.rule.length} {c.rule.form} {c.counts_from}" for code, c in least.items()} == {
        "ordinary": "28 days A sent_on",
        "urgent": "24 hours H deemed_on",
        "urgent_audit": "7 days H deemed_on",
    }


def test_an_appeal_suspends_unless_it_is_urgent():
    """Recording an appeal opens the suspension of what is not urgent; its outcome or its withdrawal ends it."""
    suspension, draft = KIND.pauses["suspension"], DRAFT.pauses["suspension"]

    def opens(pause, haste):
        return pause.hears("opened_by", "record_appeal", {"haste": haste})

    assert [opens(suspension, haste) for haste in ("ordinary", "urgent", "urgent_audit")] == [
        True,
        False,
        False,
    ]
    assert not opens(draft, "ordinary")
    assert suspension.hears("ended_by", "record_appeal_outcome", {"appeal_outcome": "confirmed"})
    assert suspension.hears("ended_by", "record_appeal_event", {"appeal_event": "withdrawn"})
    assert not suspension.hears("ended_by", "record_appeal_event", {"appeal_event": "hearing"})


def test_instruments_have_the_names_of_the_act():
    """A code means the same in both editions, and reads as the Act names it."""
    names = {choice.code: choice.label for choice in EDITIONS["dpa-2018"].choices("instruments")}

    assert names == {
        "information": "An information notice",
        "audit": "An assessment notice",
        "compliance": "An enforcement notice",
        "warning": "A warning",
        "reprimand": "A reprimand",
    }


def test_no_letter_says_what_is_not_so_under_the_act():
    """No letter that can go out speaks of a certificate, a completion, a compliance or audit notice, or an injunction."""
    letters = EDITIONS["dpa-2018"].letters
    sent = {use.letter for step in KIND.steps.values() for use in step.letters}
    sent |= {chaser.letter for clock in KIND.clocks.values() for chaser in clock.chasers}
    words = ("certif", "injunction", "compliance notice", "audit notice", "send it back", "notice of intent")

    said = {
        (name, word)
        for name in sent
        for word in words
        if word in f"{letters[name].subject} {letters[name].text}".lower()
    }
    assert said == set()
