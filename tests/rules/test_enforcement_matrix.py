"""Who may do what at each stage of enforcement: written by hand from the page of rules, not from the edition."""

import pytest

from tests.rules.matrix import OTHERS, STAFF, Matrix, kept_apart, moves, openings, rows, told_moves

ENFORCEMENT = Matrix(
    "enforcement",
    stages="proposed cleared intent_given considering deciding to_sign signed in_force complied",
    ends="closed not_pursued quashed cancelled",
    by_stage="""
  proposed     | enforcement_officer | amend_proposal
               | lawyer              | return_proposal legal_review
               | manager             | drop

  cleared      | manager             | give_notice_of_intent dispense_with_intent drop

  intent_given | enforcement_officer | decide_more_time
               | manager             | decide_more_time drop
               | contact             | draft_representations ask_more_time
               | approving_officer   | make_representations decline_to ask_more_time
               | system              | pass_representations

  considering  | enforcement_officer | consider_representations
               | manager             | admit_late_representations drop

  deciding     | commissioner        | decide decide_nothing

  to_sign      | lawyer              | clear_final send_back
               | commissioner        | send_back sign

  signed       | enforcement_officer | record_attempt record_service
               | commissioner        | cancel

  in_force     | enforcement_officer | decide_more_time correct_service recommend_certificate record_breach
                                       seek_injunction mark_complied
               | lawyer              | clear_variation record_appeal record_appeal_event record_suspension
                                       end_suspension record_appeal_outcome end_by_appeal remit record_breach
                                       seek_injunction record_court_outcome
               | manager             | decide_more_time certify_step refuse_certificate
               | commissioner        | vary cancel
               | publisher           | publish_notice correct_publication
               | contact             | ask_more_time report_step_done apply_for_certificate
               | approving_officer   | ask_more_time supply_information report_step_done apply_for_certificate
               | system              | mark_complied

  complied     | enforcement_officer | correct_service
               | lawyer              | record_appeal record_appeal_event record_suspension end_suspension
                                       record_appeal_outcome end_by_appeal remit record_court_outcome
               | manager             | close
               | commissioner        | cancel
               | publisher           | publish_notice correct_publication

  closed       | publisher           | publish_notice correct_publication

  not_pursued  | manager             | reopen

  quashed      | publisher           | publish_notice correct_publication

  cancelled    | publisher           | publish_notice correct_publication
""",
    openings="""
  caseworker          | propose
  auditor             | propose
  inspector           | propose
  enforcement_officer | propose
  records_manager     | import_case
""",
    moves="""
  propose                  | -                        | proposed
  legal_review             | proposed                 | cleared
  give_notice_of_intent    | cleared                  | intent_given
  dispense_with_intent     | cleared                  | deciding
  make_representations     | intent_given             | considering
  decline_to               | intent_given             | considering
  pass_representations     | intent_given             | considering
  consider_representations | considering              | deciding
  decide                   | deciding                 | to_sign
  decide_nothing           | deciding                 | not_pursued
  send_back                | to_sign                  | deciding
  sign                     | to_sign                  | signed
  record_service           | signed                   | in_force
  cancel                   | signed in_force complied | cancelled
  end_by_appeal            | in_force complied        | quashed
  remit                    | in_force complied        | considering
  mark_complied            | in_force                 | complied
  close                    | complied                 | closed
  drop                     | proposed cleared intent_given considering | not_pursued
  reopen                   | not_pursued              | proposed
""",
    # Reopening counts as proposing; and what nobody may do after proposing, nobody may do before it either.
    not_by="""
  approve_disposal | propose_disposal
  amend_proposal        | legal_review decide sign
  reopen                | legal_review decide sign
  legal_review          | propose amend_proposal reopen
  give_notice_of_intent | propose amend_proposal reopen
  dispense_with_intent  | propose amend_proposal reopen
  decide                | propose amend_proposal reopen
  decide_nothing        | propose amend_proposal reopen
  clear_final           | propose amend_proposal reopen
  sign                  | propose amend_proposal reopen legal_review
  certify_step          | recommend_certificate
  refuse_certificate    | recommend_certificate
""",
)
KIND = ENFORCEMENT.kind


@pytest.mark.parametrize(
    ("stage", "role", "steps"), [pytest.param(*cell, id=" ".join(cell[:2])) for cell in ENFORCEMENT.cells()]
)
def test_what_a_role_may_do_at_a_stage(stage, role, steps):
    """At each stage of enforcement each role may take exactly the steps that the page of rules gives it."""
    assert ENFORCEMENT.offered(stage, role) == steps


def test_every_role_and_stage_is_in_the_matrix():
    """No stage of enforcement and no role is left out of the matrix."""
    assert list(KIND.stages) == f"{ENFORCEMENT.stages} {ENFORCEMENT.ends}".split()
    assert {role for step in KIND.steps.values() for role in step.who} <= {*STAFF, *OTHERS}


def test_who_may_open_enforcement():
    """Enforcement is proposed by those who do the work, or brought over with the records."""
    assert openings(KIND) == {(role, step) for role, step in rows(ENFORCEMENT.openings)}


def test_which_steps_move_it():
    """Each step that moves it leads where the page of rules says, and every other leaves it where it is."""
    assert moves(KIND) == told_moves(ENFORCEMENT.moves)


def test_whose_doers_are_kept_from_a_step():
    """Whoever proposed takes no part in reviewing, deciding or signing; nobody certifies what they recommended."""
    assert kept_apart(KIND) == {step: set(others.split()) for step, others in rows(ENFORCEMENT.not_by)}


def test_to_sign_and_signed_read_as_deciding_to_the_body():
    """The body cannot tell from what it reads that a decision was made before it is served."""
    read = {KIND.stages[name].says["body"] for name in ("deciding", "to_sign", "signed")}

    assert read == {"The regulator is deciding."}
    quiet = ("decide", "clear_final", "send_back", "sign", "record_attempt")
    assert all(set(KIND.steps[name].says) == {"staff"} for name in quiet)


def test_without_a_notice_of_intent_the_body_sees_it_from_the_day_it_is_in_force():
    """A body that was given no notice of intent sees nothing before the notice is served."""
    unseen = ["propose", "proposed", "cleared", "deciding", "to_sign", "signed"]

    assert not KIND.shows("body", [*unseen, "cancelled"])
    assert KIND.shows("body", [*unseen, "in_force"])
    assert KIND.shows("body", ["propose", "proposed", "cleared", "intent_given", "not_pursued"])


def test_one_letter_goes_for_each_instrument():
    """What is served is a letter of its own for each instrument; only those that can be appealed say how."""
    served = KIND.steps["record_service"].letters
    letters = {
        code: [use.letter for use in served if use.goes({"instrument": code})]
        for code in ("information", "audit", "compliance", "warning", "reprimand")
    }

    assert letters == {
        "information": ["information_notice"],
        "audit": ["audit_notice"],
        "compliance": ["compliance_notice"],
        "warning": ["warning"],
        "reprimand": ["reprimand"],
    }


CLOCKS = """
  representations     | body      | regulator | give_notice_of_intent            | 28 days         | A' | make_representations decline_to
  decide_after_intent | regulator | body      | give_notice_of_intent            | 6 months        | A' | decide decide_nothing drop
  decide_more_time    | regulator | body      | ask_more_time                    | 5 working days  | D  | decide_more_time
  appeal              | body      | tribunal  | record_service vary refuse_certificate | 28 days   | C  | record_appeal
  compliance          | body      | regulator | record_service vary              | 28 days         | B  | certify_step supply_information
  certificate         | regulator | body      | apply_for_certificate            | 14 days         | B  | certify_step refuse_certificate
"""


def test_the_clocks_of_enforcement():
    """Each clock of enforcement is owed, starts, counts and is met as the page of rules says."""
    told = [
        [
            clock.name,
            *(" ".join(part) for part in (clock.owed_by, clock.owed_to, clock.starts)),
            str(clock.rule.length),
            str(clock.rule.form),
            " ".join(clock.met_by),
        ]
        for clock in KIND.clocks.values()
    ]

    assert told == rows(CLOCKS)


def test_how_soon_a_step_may_bind():
    """A step binds only when the time to appeal is over or, where it is urgent, after 24 hours or seven days."""
    least = KIND.clocks["compliance"].least

    assert {code: (str(c.rule.length), str(c.rule.form), str(c.calendar)) for code, c in least.items()} == {
        "ordinary": ("28 days", "C", "act-1971"),
        "urgent": ("24 hours", "H", "england-and-wales"),
        "urgent_audit": ("7 days", "H", "england-and-wales"),
    }


def test_which_clocks_roll_to_a_working_day():
    """The time to appeal rolls to the next working day and ends at 5pm; the time for a certificate does not roll."""
    appeal, certificate = KIND.clocks["appeal"].rule, KIND.clocks["certificate"].rule

    assert (appeal.roll, str(appeal.cutoff)) == (True, "17:00:00")
    assert (certificate.roll, certificate.cutoff) == (False, None)
