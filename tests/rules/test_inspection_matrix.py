"""Who may do what at each stage of an inspection: written by hand from the page of rules, not from the edition."""

import pytest

from tests.rules.matrix import OTHERS, STAFF, Matrix, kept_apart, moves, openings, rows, told_moves

INSPECTION = Matrix(
    "inspection",
    stages="planned announced fieldwork drafting factual_accuracy approved published monitoring",
    ends="closed abandoned",
    by_stage="""
  planned          | inspector         | start_unannounced
                   | manager           | announce abandon

  announced        | inspector         | record_response withdraw_request start_fieldwork request_evidence record_visit record_interview
                                         record_observation decide_more_time
                   | manager           | decide_more_time abandon
                   | contact           | answer_item ask_more_time
                   | contributor       | answer_item
                   | approving_officer | submit_response ask_more_time

  fieldwork        | inspector         | record_response withdraw_request request_evidence record_visit record_interview record_observation
                                         decide_more_time draft_concern start_drafting verify_recommendation
                                         close_concern
                   | manager           | send_concern decide_more_time abandon
                   | contact           | answer_item ask_more_time
                   | contributor       | answer_item
                   | approving_officer | submit_response answer_concern ask_more_time

  drafting         | inspector         | record_response withdraw_request request_evidence record_visit record_interview record_observation
                                         decide_more_time draft_concern draft_report propose_grade
                                         verify_recommendation close_concern
                   | manager           | send_concern decide_more_time share_draft abandon
                   | contact           | answer_item ask_more_time
                   | contributor       | answer_item
                   | approving_officer | submit_response answer_concern ask_more_time

  factual_accuracy | inspector         | decide_more_time draft_concern dispose_comment verify_recommendation
                                         close_concern
                   | manager           | send_concern decide_more_time return_to_drafting approve_final abandon
                   | contact           | comment_on_draft ask_more_time
                   | contributor       | comment_on_draft
                   | approving_officer | sign_comments answer_concern ask_more_time

  approved         | inspector         | verify_recommendation close_concern
                   | manager           | return_to_drafting abandon
                   | publisher         | publish_report
                   | approving_officer | answer_concern

  published        | inspector         | start_monitoring verify_recommendation close_concern
                   | publisher         | correct_publication
                   | contact           | report_progress
                   | approving_officer | answer_concern body_comments report_progress
                   | oversight_contact | oversight_comments

  monitoring       | inspector         | decide_more_time record_revisit verify_recommendation close_concern
                   | manager           | decide_more_time close
                   | publisher         | correct_publication
                   | contact           | ask_more_time report_progress
                   | approving_officer | answer_concern ask_more_time body_comments report_progress
                   | oversight_contact | oversight_comments

  closed           | manager           | reopen
                   | publisher         | correct_publication
""",
    openings="""
  manager         | plan
  records_manager | import_case
""",
    moves="""
  plan               | -                         | planned
  announce           | planned                   | announced
  start_fieldwork    | announced                 | fieldwork
  start_unannounced  | planned                   | fieldwork
  start_drafting     | fieldwork                 | drafting
  share_draft        | drafting                  | factual_accuracy
  return_to_drafting | factual_accuracy approved | drafting
  approve_final      | factual_accuracy          | approved
  publish_report     | approved                  | published
  start_monitoring   | published                 | monitoring
  close              | monitoring                | closed
  abandon            | planned announced fieldwork drafting factual_accuracy approved | abandoned
  reopen             | closed                    | monitoring
""",
    not_by="""
  approve_disposal | propose_disposal
  send_concern  | draft_concern
  share_draft   | draft_report
  approve_final | draft_report propose_grade
""",
)
KIND = INSPECTION.kind


@pytest.mark.parametrize(
    ("stage", "role", "steps"), [pytest.param(*cell, id=" ".join(cell[:2])) for cell in INSPECTION.cells()]
)
def test_what_a_role_may_do_at_a_stage(stage, role, steps):
    """At each stage of an inspection each role may take exactly the steps that the page of rules gives it."""
    assert INSPECTION.offered(stage, role) == steps


def test_every_role_and_stage_is_in_the_matrix():
    """No stage of an inspection and no role is left out of the matrix."""
    assert list(KIND.stages) == f"{INSPECTION.stages} {INSPECTION.ends}".split()
    assert {role for step in KIND.steps.values() for role in step.who} <= {*STAFF, *OTHERS}


def test_who_may_open_an_inspection():
    """An inspection is planned by a manager, or brought over with the records."""
    assert openings(KIND) == {(role, step) for role, step in rows(INSPECTION.openings)}


def test_which_steps_move_an_inspection():
    """Each step that moves an inspection leads where the page of rules says; every other leaves it where it is."""
    assert moves(KIND) == told_moves(INSPECTION.moves)


def test_whose_doers_are_kept_from_a_step():
    """Nobody sends a concern, shares a draft or settles grades that they drafted or proposed."""
    assert kept_apart(KIND) == {step: set(others.split()) for step, others in rows(INSPECTION.not_by)}


def test_an_unannounced_inspection_is_hidden_from_the_body_until_fieldwork():
    """The body sees nothing of a planned inspection, nor of one abandoned before it began."""
    assert KIND.seen_by["body"] == set(KIND.stages) - {"planned"}
    assert not KIND.shows("body", ["plan", "planned", "abandon", "abandoned"])
    assert KIND.shows("body", ["plan", "planned", "start_unannounced", "fieldwork"])


def test_the_oversight_body_sees_what_is_approved_and_a_concern_sent_to_it():
    """The oversight body is shown an inspection when its report is approved, or before that by a concern sent to it."""
    before = ["plan", "planned", "announce", "announced", "start_fieldwork", "fieldwork", "draft_concern"]

    assert not KIND.shows("oversight", before)
    assert KIND.shows("oversight", [*before, "send_concern"])
    assert KIND.shows("oversight", [*before, "drafting", "factual_accuracy", "approved"])


def test_what_the_oversight_body_is_told_before_the_report_is_of_concerns_alone():
    """Of what happens before a report is approved the oversight body is told of concerns sent and closed, and its end."""
    early = {"planned", "announced", "fieldwork", "drafting", "factual_accuracy"}
    told = {s.name for s in KIND.steps.values() if "oversight" in s.says and early & set(s.from_)}

    assert told == {"send_concern", "close_concern", "approve_final", "abandon"}


CLOCKS = """
  evidence         | body           | regulator | request_evidence | 20 working days | D | once | submit_response record_response
  decide_more_time | regulator      | body      | ask_more_time    | 5 working days  | D |      | decide_more_time
  factual_accuracy | body           | regulator | share_draft      | 10 working days | D | once | sign_comments
  concern_answer   | body           | regulator | send_concern     | 14 days         | B |      | answer_concern
  recommendation   | body           | regulator | publish_report   | 6 months        | B |      | report_progress verify_recommendation
  verify           | regulator      | body      | report_progress  | 20 working days | D |      | verify_recommendation
  s55_comments     | oversight body | public    | publish_report   | 56 days         | A |      | oversight_comments body_comments
"""


def test_the_clocks_of_an_inspection():
    """Each clock of an inspection is owed, starts, counts, is extended and is met as the page of rules says."""
    told = [
        [
            clock.name,
            *(" ".join(part) for part in (clock.owed_by, clock.owed_to, clock.starts)),
            str(clock.rule.length),
            str(clock.rule.form),
            "once" if clock.extension and clock.extension.times == 1 else "",
            " ".join(clock.met_by),
        ]
        for clock in KIND.clocks.values()
    ]

    assert told == rows(CLOCKS)
