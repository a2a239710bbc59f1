"""Two invented stories in which every sort of thing that is numbered in a case is named by its number."""

NOTICE = """\
case: 7
title: A notice
kind: enforcement
body: metropolitan
sources: ["[P] a page"]
people:
  Officer A: enforcement_officer
  Lawyer A: lawyer
  Manager A: manager
  Commissioner A: commissioner
  Contact A: contact
  Approving officer A: approving_officer
steps:
  - on: 2026-02-02
    by: Officer A
    step: propose
    data:
      instrument: compliance
      power: compliance
      preconditions:
        - {test: bound, answer: passes}
        - {test: territory, answer: passes}
        - {test: threshold, answer: passes}
        - {test: harm, answer: passes}
        - {test: remedy, answer: passes}
        - {test: lesser, answer: passes}
        - {test: privilege, answer: passes}
      failure: [Templates were kept]
      standard: DPA-34
      notice_steps_asked:
        - {words: Delete them, done_by: 2026-06-30}
        - {words: Use it no more until then, done_by: 2026-06-30, prohibits: yes}
      is_urgent: no
  - {on: 2026-02-03, by: Lawyer A, step: legal_review, data: {legal_advice: Sound}}
  - {on: 2026-02-04, by: Manager A, step: give_notice_of_intent, data: {intent: [One, Two]}}
  - on: 2026-02-16
    by: Approving officer A
    step: make_representations
    data: {representations: [It costs too much, It is done], response_signed: yes}
  - on: 2026-02-17
    by: Officer A
    step: consider_representations
    data:
      point_answers:
        - {point: 1, answer: not_accepted, reason: It is owed}
        - {point: 2, answer: accepted, reason: In part}
  - {on: 2026-02-18, by: Commissioner A, step: decide, data: {decision: issue, decision_reasons: So}}
  - {on: 2026-02-19, by: Lawyer A, step: clear_final, data: {final_text: [Delete them]}}
  - {on: 2026-02-20, by: Commissioner A, step: sign, data: {signature: yes}}
  - on: 2026-02-23
    by: Officer A
    step: record_service
    data: {service_method: by_hand, addressee: The chief, sent_on: 2026-02-23, deemed_on: 2026-02-23, service_proof: A receipt}
    expect:
      due: {compliance: 2026-06-30, appeal: 2026-03-23}
  - on: 2026-03-02
    by: Contact A
    step: apply_for_certificate
    data: {notice_step: 2, step_report: It is off}
  - on: 2026-03-04
    by: Manager A
    step: refuse_certificate
    data: {notice_step: 2, sent_on: 2026-03-04, reason_told: It is still on}
  - on: 2026-03-05
    by: Lawyer A
    step: clear_variation
    data: {variation: [{notice_step: 1, done_by: 2026-07-31}]}
  - on: 2026-03-06
    by: Commissioner A
    step: vary
    data: {service_method: by_hand, addressee: The chief, sent_on: 2026-03-06, deemed_on: 2026-03-06, service_proof: A receipt, reason_told: More time}
    expect:
      due: {compliance: [2026-06-30, 2026-07-31]}
  - {on: 2026-03-09, by: Lawyer A, step: record_appeal, data: {act: service, appeal_grounds: [fact], tier: first_tier}}
  - {on: 2026-03-09, by: Lawyer A, step: record_appeal, data: {act: variation 1, appeal_grounds: [law], tier: first_tier}}
  - {on: 2026-03-09, by: Lawyer A, step: record_appeal, data: {act: refusal 1, appeal_grounds: [step], tier: first_tier}}
  - on: 2026-03-16
    by: Lawyer A
    step: record_suspension
    data: {suspended_by: by_order, notice_steps: [1, 2]}
could_not_express:
  - Nothing
"""

AUDIT = """\
case: 7
title: An audit
kind: audit
bodies: [south-wales, gwent]
sources: ["[P] a page"]
people:
  Manager A: manager
  Manager B: manager
  Auditor A: auditor
  Contact in South Wales: {roles: "contact, approving_officer", body: south-wales}
  Contact in Gwent: {roles: "contact, approving_officer", body: gwent}
steps:
  - on: 2026-02-02
    by: Manager A
    step: plan
    data: {audit_basis: consensual, own_return: no, scope_areas: [Watchlists], reason: So}
  - {on: 2026-02-03, by: Auditor A, step: send_engagement, data: {terms: [We look at watchlists]}}
  - {on: 2026-02-04, by: Contact in South Wales, step: agree_terms, data: {terms_signed: yes}}
  - on: 2026-02-04
    by: Contact in Gwent
    step: ask_more_time
    data: {clock: agree_terms, length: 7 days, reason_asked: Half term}
  - on: 2026-02-05
    by: Auditor A
    step: decide_more_time
    data: {clock: agree_terms, granted: yes, length: 7 days, reason_told: Half term}
    expect:
      met: [agree_terms of south-wales]
      due: {agree_terms of gwent: 2026-02-24}
  - {on: 2026-02-23, by: Contact in Gwent, step: agree_terms, data: {terms_signed: yes}}
  - {on: 2026-02-24, by: Auditor A, step: request_evidence, data: {party: gwent, items: [{question: Who is on it?, good: A list}]}}
  - {on: 2026-02-24, by: Auditor A, step: request_evidence, data: {party: south-wales, items: [{question: Who is on it?}]}}
  - {on: 2026-02-25, by: Contact in Gwent, step: answer_item, data: {item_answer: [{item: 1, answer: Nobody, mark: none}]}}
  - {on: 2026-02-25, by: Contact in Gwent, step: submit_response, data: {request: 1, response_signed: yes}}
  - on: 2026-02-26
    by: Auditor A
    step: return_items
    data: {request: 1, returned_items: [{item: 1, missing: The list}]}
    expect:
      due: {returned_item: 2026-03-05}
  - {on: 2026-02-27, by: Contact in Gwent, step: answer_item, data: {item_answer: [{item: 1, answer: This list, mark: sensitive, ground: Names}]}}
  - {on: 2026-02-27, by: Contact in Gwent, step: submit_response, data: {request: 1, response_signed: yes}}
  - on: 2026-02-27
    by: Contact in South Wales
    step: mark_item_privileged
    data: {draft_item: 1, evidence_mark: withheld, mark_ground: It is gone}
  - {on: 2026-02-27, by: Contact in South Wales, step: submit_response, data: {request: 2, response_signed: yes}}
  - {on: 2026-03-02, by: Auditor A, step: start_drafting}
  - on: 2026-03-03
    by: Auditor A
    step: draft_report
    data:
      ratings: [{area: Watchlists, rating: limited, reasons: Too long}]
      report_words: [The lists are too long]
      report_findings: [{area: Watchlists, words: Too long, standard: APP-CRITERIA, evidence: The list}]
      recommendations:
        - {finding: 1, party: gwent, words: Shorten it, priority: high}
        - {finding: 1, party: south-wales, words: Keep it, priority: urgent}
  - {on: 2026-03-04, by: Manager A, step: share_draft}
  - {on: 2026-03-05, by: Contact in Gwent, step: comment_on_draft, data: {draft_comments: [{paragraph: 1, words: It is not}]}}
  - {on: 2026-03-05, by: Contact in Gwent, step: sign_comments, data: {response_signed: yes}}
  - {on: 2026-03-05, by: Contact in South Wales, step: sign_comments, data: {no_comments: yes, response_signed: yes}}
  - {on: 2026-03-06, by: Auditor A, step: dispose_comment, data: {disposition: [{comment: 1, disposition: accepted, reason: True}]}}
  - on: 2026-03-09
    by: Manager B
    step: issue_final
    expect:
      due: {recommendation: [2026-04-09, 2026-06-09], recommendation of gwent: 2026-06-09}
  - {on: 2026-03-10, by: Contact in Gwent, step: draft_recommendation_response, data: {responses: [{recommendation: 1, answer: accepted, reasons: Yes, own_target: 2026-05-01}]}}
  - {on: 2026-03-10, by: Contact in Gwent, step: sign_recommendation_responses, data: {response_signed: yes}}
  - {on: 2026-03-11, by: Contact in Gwent, step: report_progress, data: {recommendation: 1, progress: It is short, claims_done: yes}}
  - on: 2026-03-12
    by: Auditor A
    step: verify_recommendation
    data: {recommendation: 1, verdict: met, reason_told: It is}
    expect:
      met: [recommendation of gwent, respond_to_report of gwent]
      due: {recommendation: 2026-04-09}
could_not_express:
  - Nothing
"""
