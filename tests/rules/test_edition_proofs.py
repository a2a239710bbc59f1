"""Each of the nine things that must always hold of an edition, broken in a copy: the line and the path are named."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.rules.edition_copy import Copy, copy_to


@pytest.fixture
def edition(tmp_path: Path) -> Copy:
    return copy_to(tmp_path, "audit", "enforcement")


class Break(NamedTuple):
    """A change that breaks an edition: in `file`, `old` becomes `new`; `says` is said of the line where `at` stands."""

    file: str
    old: str
    new: str
    at: str
    says: str


def broken(edition: Copy, change: Break) -> None:
    edition.write(change.file, change.old, change.new)
    line = edition.line(change.file, change.at)

    assert f"{change.file}:{line}: {change.says}" in edition.problems()


COMPLAINT, ENFORCEMENT, AUDIT = "complaint.yaml", "enforcement.yaml", "audit.yaml"
TO_REVIEW = "submit > acknowledge > propose_decline > decline > ask_for_review"


def test_whole(edition):
    """The shipped edition holds all nine, and so do the small kinds beside it."""
    assert edition.problems() == []


@pytest.mark.parametrize(
    "change",
    [
        Break(
            COMPLAINT,
            "    to: review_decided\n",
            "    to: closed\n",
            "  review_decided:\n",
            "the stage “review_decided” cannot be reached from the start.",
        ),
        Break(
            COMPLAINT,
            "      from: review_decided\n      to: closed\n",
            "      from: review_decided\n",
            "  review_decided:\n",
            f"no end can be reached from the stage “review_decided” ({TO_REVIEW} > uphold_decision).",
        ),
    ],
)
def test_1_a_stage_leads_nowhere(edition, change):
    """1. A stage that cannot be reached, or from which no end can, is named with the way to it."""
    broken(edition, change)


@pytest.mark.parametrize(
    "change",
    [
        Break(
            "common.yaml",
            "      who: lawyer\n      fields: proceedings_kind",
            "      who: observer\n      fields: proceedings_kind",
            "    link_proceedings:",
            "nobody can do the step “link_proceedings”: the role “observer” may be given no step on a case.",
        ),
        Break(
            COMPLAINT,
            "      from: decided\n      to: told\n      who: caseworker\n",
            "      from: decided\n      to: told\n      who: system\n",
            "    tell_outcome:",
            "nobody can do the step “tell_outcome”: only the system may, and no clock asks it to.",
        ),
    ],
)
def test_2_nobody_can_do_a_step(edition, change):
    """2. A step given only to people who do no casework, or to a clock that never asks for it, is named."""
    broken(edition, change)


NOTHING = "where it cannot be met and nothing is named for when it runs out"
SAY_SO = "a step that may do so says it under leaves"


@pytest.mark.parametrize(
    "change",
    [
        Break(
            COMPLAINT,
            "      leaves: account, comments_on_view, decide_more_time",
            "      leaves: comments_on_view, decide_more_time",
            "    approve_decision:",
            f"the step “approve_decision” leaves the clock “account” behind at “decided”, {NOTHING}; {SAY_SO} "
            "(submit > acknowledge > accept > request_account > share_provisional_view > approve_decision).",
        ),
        Break(
            COMPLAINT,
            "      leaves: review_window",
            "      # leaves: review_window",
            "    reopen:",
            f"the step “reopen” leaves the clock “review_window” behind at “investigating”, {NOTHING}; {SAY_SO} "
            "(submit > acknowledge > propose_decline > decline > reopen).",
        ),
        Break(
            COMPLAINT,
            "    met_by: tell_review_outcome\n",
            "    met_by: tell_outcome\n",
            "    uphold_decision:",
            f"the step “uphold_decision” starts the clock “tell_review” at “review_decided”, {NOTHING} "
            f"({TO_REVIEW} > uphold_decision).",
        ),
        Break(
            COMPLAINT,
            "    outlives_end: yes ",
            "    outlives_end: no ",
            "  review_window:\n    label",
            "the step “decline” starts the clock “review_window” at an end, which it does not outlive.",
        ),
        Break(
            COMPLAINT,
            "    on_last_day: acknowledge\n",
            "    on_last_day: accept\n",
            "  acknowledge:\n    label",
            "the clock “acknowledge” asks the system for “accept”, which it may not do.",
        ),
        Break(
            COMPLAINT,
            "    passes: close\n",
            "    passes: tell_outcome\n",
            "  review_window:\n    label",
            "the clock “review_window” asks for “tell_outcome” when it has passed, which can be taken nowhere it runs.",
        ),
    ],
)
def test_3_a_clock_runs_where_nothing_comes_of_it(edition, change):
    """3. A clock that starts or is left where it can be neither met nor run out is named with the path of steps."""
    broken(edition, change)


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        (
            "drop: {from: proposed..deciding, to: not_pursued",
            "drop: {from: proposed..deciding, to: in_force",
            "    drop:",
            "a notice can be in force without “legal_review” (propose > drop).",
        ),
        (
            "      from: cleared\n      to: intent_given\n",
            "      from: proposed, cleared\n      to: intent_given\n",
            "    record_service:",
            (
                "a notice can be in force without “legal_review” "
                "(propose > give_notice_of_intent > make_representations > decide > sign > record_service)."
            ),
        ),
        (
            "decide: {from: deciding, to: to_sign",
            "decide: {from: cleared, to: to_sign",
            "    record_service:",
            (
                "a notice can be in force without “give_notice_of_intent” or “dispense_with_intent” "
                "(propose > legal_review > decide > sign > record_service)."
            ),
        ),
        (
            "      needs: urgent_or_information_or_audit_notice\n",
            "",
            "    dispense_with_intent:",
            "the step “dispense_with_intent” must need “urgent_or_information_or_audit_notice”.",
        ),
        (
            "to: signed, who: commissioner, not_by: propose,",
            "to: signed, who: commissioner,",
            "    sign:",
            (
                "one person could do both “propose” and “sign” (propose > legal_review > dispense_with_intent > decide "
                "> sign); rule it out under not_by."
            ),
        ),
        (
            "      counts_as: propose\n      not_by: legal_review, decide, sign\n      label: Amend",
            "      counts_as: propose\n      not_by: decide, sign\n      label: Amend",
            "    amend_proposal:",
            (
                "one person could do both “legal_review” and “amend_proposal” "
                "(propose > legal_review > drop > reopen > amend_proposal); rule it out under not_by."
            ),
        ),
    ],
)
def test_4_a_notice_in_force_unprepared(edition, old, new, at, says):
    """4. A path to a notice in force that leaves out a step, or lets one person do two, is named step by step."""
    broken(edition, Break(ENFORCEMENT, old, new, at, says))


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        (
            "      from: told\n      to: closed\n",
            "      from: told, investigating\n      to: closed\n",
            "    close:\n",
            "a complaint can be closed without “tell_outcome” (submit > acknowledge > accept > close).",
        ),
        (
            "      letters: {complainant: declined}\n",
            "",
            "    decline:\n",
            "the step “decline” ends a complaint without a letter to the complainant.",
        ),
        (
            "      letters: {complainant: merged}\n",
            "",
            "    merge:\n",
            "the step “merge” ends a complaint without a letter to the complainant.",
        ),
        (
            "      letters: {complainant: withdrawn, body: withdrawn_to_body}\n",
            "      letters: {body: withdrawn_to_body}\n",
            "    confirm_withdrawal:\n",
            "the step “confirm_withdrawal” ends a complaint without a letter to the complainant.",
        ),
    ],
)
def test_5_a_complaint_closed_untold(edition, old, new, at, says):
    """5. A way to close a complaint without telling its outcome, or to end one without its letter, is named."""
    broken(edition, Break(COMPLAINT, old, new, at, says))


@pytest.mark.parametrize(
    "change",
    [
        Break(
            AUDIT,
            "verify_recommendation: {from: final, who: auditor,",
            "verify_recommendation: {from: final, who: [auditor, contact],",
            "    verify_recommendation:",
            "the step “verify_recommendation” closes a recommendation, which the role “contact” may not do.",
        ),
        Break(
            ENFORCEMENT,
            "certify_step: {from: in_force, who: manager,",
            "certify_step: {from: in_force, who: [manager, system],",
            "    certify_step:",
            "the step “certify_step” closes a notice step, which the role “system” may not do.",
        ),
        Break(
            COMPLAINT,
            "      does: submit_account\n",
            "      does: submit_account\n      closes: concern\n",
            "    submit_account:",
            "the step “submit_account” closes a concern, which the role “approving_officer” may not do.",
        ),
    ],
)
def test_6_somebody_else_closes(edition, change):
    """6. A recommendation, a concern or a notice step that anyone but the regulator could close is named."""
    broken(edition, change)


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        (
            "      from: investigating, provisional_view\n      who: approving_officer\n",
            "      from: screening, provisional_view\n      who: approving_officer\n",
            "    submit_account:",
            "the role “approving_officer” cannot see the stage “screening”, where it may take “submit_account”.",
        ),
        (
            "      from: investigating, provisional_view\n      who: approving_officer\n",
            "      from: investigating, under_review\n      who: approving_officer\n",
            "    submit_account:",
            (
                "the role “approving_officer” cannot see the stage “under_review”, where it may take “submit_account” "
                f"({TO_REVIEW})."
            ),
        ),
    ],
)
def test_7_somebody_acts_unseeing(edition, old, new, at, says):
    """7. A step given to someone at a stage they do not see, or may not have been shown yet, is named with the path."""
    broken(edition, Break(COMPLAINT, old, new, at, says))


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        (
            "    body: The regulator is looking into this complaint.\n",
            "",
            "  investigating:\n",
            "the stage “investigating” has no sentence for the body, who sees it.",
        ),
        (
            "  declining:\n    staff: Declining\n",
            "  declining:\n    staff: Declining\n    body: The regulator declines a complaint.\n",
            "  declining:\n",
            "the stage “declining” has a sentence for the body, who does not see it.",
        ),
    ],
)
def test_8_a_stage_without_its_sentence(edition, old, new, at, says):
    """8. A stage without a plain sentence for somebody who sees it, or with one for somebody who does not, is named."""
    broken(edition, Break(COMPLAINT, old, new, at, says))
