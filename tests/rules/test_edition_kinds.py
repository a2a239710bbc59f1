"""The kinds that are not complaints, and what they may say that a complaint does not: each mistake has its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from regulator.regime.loader import Registry
from tests.rules.edition_copy import Copy, copy_to


@pytest.fixture
def edition(tmp_path: Path) -> Copy:
    return copy_to(tmp_path)


def said(edition: Copy) -> list[str]:
    """What is wrong with the edition, without the lines."""
    return [problem.split(": ", 1)[1] for problem in edition.problems()]


def test_all_four_kinds_hold_all_nine(edition):
    """Nothing is wrong with any kind of the shipped edition."""
    assert edition.problems() == []
    assert sorted(edition.load().kinds) == ["audit", "complaint", "enforcement", "inspection"]


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "alike",
            "met_by: report_progress if claims_done,",
            "met_by: report_progress if claim_done,",
            "the clock “recommendation”: there is no answer of the step called “claim_done”; is “claims_done” meant?",
        ),
        (
            "alike",
            "if verdict is partly or not_met ",
            "if verdict is partly or unmet ",
            "the clock “recommendation”: there is no answer to “verdict” called “unmet”; is “met” meant?",
        ),
        (
            "alike",
            "{urgent: 1 month, high: 3 months, medium",
            "{urgent: 1 month, medium",
            "the clock “recommendation”: no period is given for “high”, which may be the answer to “priority”.",
        ),
        (
            "audit",
            "      carries: priority ",
            "      carries: priorities ",
            "the step “issue_final”: there is no field called “priorities”; is “priority” meant?",
        ),
        (
            "audit",
            "      moves_when: terms_agreed_with_every_body\n      who: auditor\n",
            "      moves_when: terms_agreed_with_each_body\n      who: auditor\n",
            "the step “record_terms”: there is no need called “terms_agreed_with_each_body”; is “terms_agreed_with_every_body” meant?",
        ),
        (
            "audit",
            "answer_item: {like: answer_item,",
            "answer_item: {like: answer_items,",
            (
                "the step “answer_item”: there is no row that kinds share called “answer_items”; is “answer_item” meant?"
            ),
        ),
        (
            "alike",
            "1 day after: recommendation_overdue",
            "a day after: recommendation_overdue",
            "the clock “recommendation”: write “a day after” like 14 days before or 1 day after.",
        ),
        (
            "enforcement",
            "          - warning if instrument is warning\n",
            "          - warning if instrument is warnings\n",
            "the step “record_service”: there is no answer to “instrument” called “warnings”; is “warning” meant?",
        ),
        (
            "enforcement",
            "calendar: act-1971, from: sent_on}\n    met_by",
            "calendar: act-1971, from: service_proof}\n    met_by",
            "the clock “appeal”: there is no day that a step which starts it gives called “service_proof”.",
        ),
        (
            "enforcement",
            "    met_on: done_on\n",
            "    met_on: done_by\n",
            (
                "the clock “compliance”: there is no day that a step which meets it gives called “done_by”; is “done_on” "
                "meant?"
            ),
        ),
        (
            "enforcement",
            "      urgent_audit: {length: 7 days, form: H, calendar: england-and-wales, from: deemed_on}\n",
            "",
            "the clock “compliance”: no period is given for “urgent_audit”, which may be the answer to “haste”.",
        ),
        (
            "enforcement",
            "    asks: report_step_done, apply",
            "    asks: report_step_don, apply",
            "the clock “compliance”: there is no step called “report_step_don”; is “report_step_done” meant?",
        ),
        (
            "inspection",
            "  oversight: approved, send_concern\n",
            "  oversight: approved, send_concerns\n",
            "shown_from: there is no stage or step called “send_concerns”; is “send_concern” meant?",
        ),
    ],
)
def test_what_only_these_kinds_say_is_looked_up_too(edition, file, old, new, sentence):
    """A condition, a length by an answer, a shared row, a chaser or a letter by an answer that is not there is named."""
    edition.write(f"{file}.yaml", old, new)

    assert sentence in said(edition)


def test_a_kind_not_in_service_says_what_it_awaits(edition):
    """An application that has nothing yet is told every need, effect and form that each of the three kinds awaits."""
    edition.serve("complaint")
    complaint = edition.load().kinds["complaint"].steps.values()
    registry = Registry(
        needs=frozenset({"record_stands"} | {need for step in complaint for need in step.needs}),
        effects=frozenset(step.effect for step in complaint if step.effect),
        forms=frozenset(step.form for step in complaint if step.form),
    )
    kinds = edition.load(registry).kinds

    assert kinds["complaint"].awaits == ()
    assert "need “terms_agreed_with_every_body”" in kinds["audit"].awaits
    assert "effect “send_concern”" in kinds["inspection"].awaits
    assert "form “proposal”" in kinds["enforcement"].awaits


def test_what_a_row_says_itself_goes_before_what_it_shares(edition):
    """A step that is like another has its words and its needs, save those that its own row gives."""
    kinds = edition.load().kinds
    audit, enforcement = kinds["audit"].steps, kinds["enforcement"].steps

    assert audit["decide_more_time"].needs == ("more_time_asked", "within_extension_limit")
    assert enforcement["decide_more_time"].needs == ("more_time_asked_or_agreed", "within_extension_limit")
    assert enforcement["decide_more_time"].letters == audit["decide_more_time"].letters


def test_a_reminder_goes_to_whoever_owes_it(edition):
    """A letter that chases is written to one who owes what it chases."""
    edition.write("alike.yaml", "1 day after: recommendation_overdue,", "1 day after: concern_to_overseer,")

    assert (
        "the clock “recommendation”: the letter “concern_to_overseer” is written to the oversight, and the body owes it."
        in said(edition)
    )
