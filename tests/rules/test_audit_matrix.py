"""Who may do what at each stage of an audit: written by hand from the page of rules, not from the edition."""

import pytest

from tests.rules.matrix import OTHERS, STAFF, Matrix, kept_apart, moves, openings, rows, told_moves

AUDIT = Matrix(
    "audit",
    stages="planned agreeing_terms gathering fieldwork drafting factual_accuracy final following_up",
    ends="closed abandoned",
    by_stage="""
  planned          | auditor           | send_engagement
                   | manager           | abandon

  agreeing_terms   | auditor           | record_terms decide_more_time
                   | manager           | decide_more_time abandon
                   | contact           | propose_change ask_more_time
                   | approving_officer | propose_change agree_terms ask_more_time

  gathering        | auditor           | record_response withdraw_request request_evidence decide_more_time return_items accept_response start_fieldwork
                                         schedule_visit record_visit start_drafting
                   | manager           | decide_more_time abandon
                   | contact           | assign_item answer_item mark_item_privileged ask_more_time
                   | contributor       | assign_item answer_item mark_item_privileged
                   | approving_officer | ask_more_time submit_response

  fieldwork        | auditor           | record_response withdraw_request request_evidence decide_more_time return_items accept_response schedule_visit
                                         record_visit start_drafting
                   | manager           | decide_more_time abandon
                   | contact           | assign_item answer_item mark_item_privileged ask_more_time
                   | contributor       | assign_item answer_item mark_item_privileged
                   | approving_officer | ask_more_time submit_response

  drafting         | auditor           | record_response withdraw_request decide_more_time accept_response draft_report
                   | manager           | decide_more_time share_draft abandon
                   | contact           | assign_item answer_item mark_item_privileged ask_more_time
                   | contributor       | assign_item answer_item mark_item_privileged
                   | approving_officer | ask_more_time submit_response

  factual_accuracy | auditor           | decide_more_time dispose_comment return_to_drafting
                   | manager           | decide_more_time return_to_drafting issue_final abandon
                   | contact           | ask_more_time comment_on_draft
                   | contributor       | comment_on_draft
                   | approving_officer | ask_more_time sign_comments

  final            | auditor           | decide_more_time start_follow_up verify_recommendation
                   | manager           | decide_more_time note_rejection close abandon
                   | publisher         | publish_summary correct_publication
                   | contact           | ask_more_time draft_recommendation_response report_progress
                   | approving_officer | ask_more_time sign_recommendation_responses report_progress

  following_up     | auditor           | decide_more_time verify_recommendation re_rate
                   | manager           | decide_more_time note_rejection close abandon
                   | publisher         | publish_summary correct_publication
                   | contact           | ask_more_time draft_recommendation_response report_progress
                   | approving_officer | ask_more_time sign_recommendation_responses report_progress

  closed           | manager           | reopen
                   | publisher         | publish_summary correct_publication

  abandoned        | manager           | reopen
""",
    openings="""
  manager         | plan
  records_manager | import_case
""",
    moves="""
  plan               | -                    | planned
  send_engagement    | planned              | agreeing_terms
  agree_terms        | agreeing_terms       | gathering
  record_terms       | agreeing_terms       | gathering
  start_fieldwork    | gathering            | fieldwork
  start_drafting     | gathering fieldwork  | drafting
  share_draft        | drafting             | factual_accuracy
  return_to_drafting | factual_accuracy     | drafting
  issue_final        | factual_accuracy     | final
  start_follow_up    | final                | following_up
  close              | final following_up   | closed
  abandon            | planned agreeing_terms gathering fieldwork drafting factual_accuracy final following_up | abandoned
  reopen             | closed abandoned     | following_up
""",
    not_by="""
  approve_disposal | propose_disposal
  share_draft | draft_report
  issue_final | draft_report
""",
)


@pytest.mark.parametrize(
    ("stage", "role", "steps"), [pytest.param(*c, id=" ".join(c[:2])) for c in AUDIT.cells()]
)
def test_what_a_role_may_do_at_a_stage(stage, role, steps):
    """At each stage of an audit each role may take exactly the steps that the page of rules gives it."""
    assert AUDIT.offered(stage, role) == steps


def test_every_role_and_stage_is_in_the_matrix():
    """No stage of an audit and no role is left out of the matrix."""
    assert list(AUDIT.kind.stages) == f"{AUDIT.stages} {AUDIT.ends}".split()
    assert {role for step in AUDIT.kind.steps.values() for role in step.who} <= {*STAFF, *OTHERS}


def test_who_may_open_an_audit():
    """An audit is planned by a manager, or brought over with the records."""
    assert openings(AUDIT.kind) == {(role, step) for role, step in rows(AUDIT.openings)}


def test_which_steps_move_an_audit():
    """Each step that moves an audit leads where the page of rules says, and every other leaves it where it is."""
    assert moves(AUDIT.kind) == told_moves(AUDIT.moves)


def test_whose_doers_are_kept_from_a_step():
    """Nobody shares or issues a report that they drafted."""
    assert kept_apart(AUDIT.kind) == {step: set(others.split()) for step, others in rows(AUDIT.not_by)}


def test_the_body_sees_every_stage_but_planned():
    """The body knows nothing of an audit until its terms are sent, not even that one was abandoned before."""
    assert AUDIT.kind.seen_by["body"] == set(AUDIT.kind.stages) - {"planned"}
    assert not AUDIT.kind.shows("body", ["planned", "abandoned"])


CLOCKS = """
  agree_terms       | body      | regulator | send_engagement | 10 working days | D | once | agree_terms record_terms
  evidence          | body      | regulator | request_evidence | 20 working days | D | once | submit_response record_response
  returned_item     | body      | regulator | return_items    | 5 working days  | D | once | submit_response record_response
  decide_more_time  | regulator | body      | ask_more_time   | 5 working days  | D |      | decide_more_time
  factual_accuracy  | body      | regulator | share_draft     | 10 working days | D | once | sign_comments
  respond_to_report | body      | regulator | issue_final     | 28 days         | B | once | sign_recommendation_responses
  recommendation    | body      | regulator | issue_final     | 6 months        | B |      | report_progress verify_recommendation
  verify            | regulator | body      | report_progress | 20 working days | D |      | verify_recommendation
"""


def test_the_clocks_of_an_audit():
    """Each clock of an audit is owed, starts, counts, is extended and is met as the page of rules says."""
    told = [
        [
            clock.name,
            *(" ".join(part) for part in (clock.owed_by, clock.owed_to, clock.starts)),
            str(clock.rule.length),
            str(clock.rule.form),
            "once" if clock.extension and clock.extension.times == 1 else "",
            " ".join(clock.met_by),
        ]
        for clock in AUDIT.kind.clocks.values()
    ]

    assert told == rows(CLOCKS)


def test_how_long_a_recommendation_may_take():
    """A recommendation is carried out within a month if urgent, else within three, six or twelve by its priority."""
    lengths = AUDIT.kind.clocks["recommendation"].lengths

    assert {code: str(length) for code, length in lengths.items()} == {
        "urgent": "1 month",
        "high": "3 months",
        "medium": "6 months",
        "low": "12 months",
    }
