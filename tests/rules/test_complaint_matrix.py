"""Who may do what at each stage of a complaint: written by hand from the page of rules, not from the edition."""

import pytest

from tests.rules.matrix import (
    EDITIONS,
    EVERY_MEMBER_OF_STAFF,
    OTHERS,
    STAFF,
    kept_apart,
    moves,
    openings,
    rows,
    told_moves,
)

COMPLAINT = EDITIONS["2026-draft"].kinds["complaint"]
OPEN = [
    "received",
    "screening",
    "declining",
    "investigating",
    "provisional_view",
    "decided",
    "told",
    "under_review",
    "review_decided",
]
ENDS = ["closed", "not_accepted", "withdrawn", "merged"]

ANY_STAGE = """
  intake_officer  | message_complainant check_answer propose_new_code
  caseworker      | message_complainant disclose open_linked check_answer propose_new_code
  auditor         | open_linked
  inspector       | open_linked
  lawyer          | disclose link_proceedings record_court_ruling
  manager         | message_complainant limit_contact disclose open_linked
                    restrict unrestrict correct_entry reverse change_body refuse_disposal approve_disposal
                    approve_new_code refuse_new_code
  reviewer        | message_complainant
  records_manager | legal_hold lift_legal_hold set_disposal propose_disposal refuse_disposal approve_disposal
  complainant     | renew_access
  representative  | renew_access
"""

OPEN_STAGES = """
  intake_officer      | answer_question add_information message_regulator add_representative end_representation
                        check_authority
  caseworker          | message_body add_representative end_representation check_authority keep_open
  auditor             | message_body
  inspector           | message_body
  enforcement_officer | message_body
  lawyer              | message_body
  manager             | assign reassign hold renew_hold release add_partner keep_open
  complainant         | answer_question add_information message_regulator
  representative      | answer_question add_information message_regulator
  system              | remind
"""

BY_STAGE = """
  received         | intake_officer    | acknowledge ask_to_withdraw
                   | caseworker        | confirm_withdrawal
                   | manager           | merge confirm_withdrawal
                   | complainant       | ask_to_withdraw
                   | representative    | ask_to_withdraw
                   | system            | acknowledge

  screening        | intake_officer    | ask_complainant accept propose_decline ask_to_withdraw
                   | caseworker        | ask_complainant accept propose_decline refer_part confirm_withdrawal
                   | manager           | merge confirm_withdrawal
                   | reviewer          | ask_complainant
                   | complainant       | ask_to_withdraw
                   | representative    | ask_to_withdraw

  declining        | intake_officer    | ask_to_withdraw
                   | caseworker        | confirm_withdrawal
                   | manager           | decline return_to_screening confirm_withdrawal
                   | complainant       | ask_to_withdraw
                   | representative    | ask_to_withdraw

  investigating    | intake_officer    | ask_complainant ask_to_withdraw
                   | caseworker        | ask_complainant refer_part request_account decide_more_time
                                         update_complainant share_provisional_view confirm_withdrawal
                   | manager           | merge decide_more_time tell_part_outcome confirm_withdrawal
                   | reviewer          | ask_complainant update_complainant
                   | contact           | answer_account_item ask_more_time
                   | contributor       | answer_account_item
                   | approving_officer | submit_account ask_more_time
                   | complainant       | ask_more_time ask_to_withdraw
                   | representative    | ask_more_time ask_to_withdraw

  provisional_view | intake_officer    | ask_complainant ask_to_withdraw
                   | caseworker        | ask_complainant request_account decide_more_time update_complainant
                                         dispose_comment return_to_investigation confirm_withdrawal
                   | manager           | decide_more_time tell_part_outcome return_to_investigation
                                         approve_decision confirm_withdrawal
                   | reviewer          | ask_complainant update_complainant
                   | contact           | answer_account_item ask_more_time comment_on_view
                   | contributor       | answer_account_item
                   | approving_officer | submit_account ask_more_time comment_on_view
                   | complainant       | ask_more_time comment_on_view ask_to_withdraw
                   | representative    | ask_more_time comment_on_view ask_to_withdraw

  decided          | intake_officer    | ask_to_withdraw
                   | caseworker        | update_complainant tell_outcome
                   | reviewer          | update_complainant
                   | complainant       | ask_to_withdraw
                   | representative    | ask_to_withdraw

  told             | intake_officer    | ask_for_review ask_to_withdraw
                   | caseworker        | close
                   | reviewer          | admit_late_review
                   | complainant       | ask_for_review ask_to_withdraw
                   | representative    | ask_for_review ask_to_withdraw
                   | system            | close

  under_review     | intake_officer    | ask_complainant ask_to_withdraw
                   | caseworker        | ask_complainant update_complainant
                   | reviewer          | ask_complainant update_complainant uphold_decision send_back
                   | complainant       | ask_to_withdraw
                   | representative    | ask_to_withdraw

  review_decided   | intake_officer    | ask_to_withdraw
                   | caseworker        | update_complainant
                   | reviewer          | update_complainant tell_review_outcome
                   | complainant       | ask_to_withdraw
                   | representative    | ask_to_withdraw

  closed           | manager           | reopen
                   | reviewer          | admit_late_review

  not_accepted     | intake_officer    | ask_for_review
                   | manager           | reopen
                   | reviewer          | admit_late_review
                   | complainant       | ask_for_review
                   | representative    | ask_for_review

  withdrawn        | manager           | reopen

  merged           | manager           | reopen
"""

OPENINGS = """
  intake_officer  | submit
  records_manager | import_case
  complainant     | submit
  representative  | submit
"""

MOVES = """
  submit                  | -                                 | received
  acknowledge             | received                          | screening
  accept                  | screening                         | investigating
  propose_decline         | screening                         | declining
  decline                 | declining                         | not_accepted
  return_to_screening     | declining                         | screening
  merge                   | received screening investigating  | merged
  share_provisional_view  | investigating                     | provisional_view
  return_to_investigation | provisional_view                  | investigating
  approve_decision        | provisional_view                  | decided
  tell_outcome            | decided                           | told
  ask_for_review          | told not_accepted                 | under_review
  admit_late_review       | told closed not_accepted          | under_review
  uphold_decision         | under_review                      | review_decided
  send_back               | under_review                      | investigating
  tell_review_outcome     | review_decided                    | closed
  close                   | told                              | closed
  confirm_withdrawal      | received screening declining investigating provisional_view | withdrawn
  reopen                  | closed not_accepted withdrawn merged | investigating
"""

DECIDED_IT = (
    "propose_decline decline accept refer_part request_account decide_more_time share_provisional_view "
    "dispose_comment return_to_investigation tell_part_outcome approve_decision tell_outcome"
)
NOT_BY = {
    "approve_new_code": "propose_new_code",
    "refuse_new_code": "propose_new_code",
    "decline": "propose_decline",
    "approve_disposal": "propose_disposal",
    "approve_decision": "share_provisional_view",
    "tell_part_outcome": "share_provisional_view",
    "uphold_decision": DECIDED_IT,
    "send_back": DECIDED_IT,
}


def spread():
    """What each role may do at each stage, as the tables above say it."""
    may = {(stage, role): set() for stage in OPEN + ENDS for role in STAFF + OTHERS}
    for stage, role in may:
        if role in STAFF:
            may[stage, role] |= set(EVERY_MEMBER_OF_STAFF.split())
    for spec, stages in ((ANY_STAGE, OPEN + ENDS), (OPEN_STAGES, OPEN)):
        for role, steps in rows(spec):
            for stage in stages:
                may[stage, role] |= set(steps.split())
    stage = ""
    for first, role, steps in rows(BY_STAGE):
        stage = first or stage
        may[stage, role] |= set(steps.split())
    return [pytest.param(*cell, steps, id=" ".join(cell)) for cell, steps in may.items()]


@pytest.mark.parametrize(("stage", "role", "steps"), spread())
def test_what_a_role_may_do_at_a_stage(stage, role, steps):
    """At each stage of a complaint each role may take exactly the steps that the page of rules gives it."""
    may = {s.name for s in COMPLAINT.steps.values() if stage in s.from_ and role in s.who}

    assert may == steps


def test_every_role_and_stage_is_in_the_matrix():
    """No stage of a complaint and no role of the edition is left out of the matrix."""
    assert list(COMPLAINT.stages) == OPEN + ENDS
    assert sorted(EDITIONS["2026-draft"].roles) == sorted(STAFF + OTHERS)


def test_who_may_open_a_complaint():
    """A complaint is opened by the person, by who acts for them or by an officer, or brought over with the records."""
    assert openings(COMPLAINT) == {(role, step) for role, step in rows(OPENINGS)}


def test_which_steps_move_a_complaint():
    """Each step that moves a complaint leads where the page of rules says, and every other leaves it where it is."""
    assert moves(COMPLAINT) == told_moves(MOVES)


def test_whose_doers_are_kept_from_a_step():
    """Whoever proposed a decline, shared a view or took any part in a decision does not decide on it again."""
    assert kept_apart(COMPLAINT) == {step: set(others.split()) for step, others in NOT_BY.items()}
