"""How the cases that are walked begin: of each kind in the ways that make a difference."""

from __future__ import annotations

from typing import Any

import make
import make_audit
import make_enforcement
import make_inspection

from regulator.accounts.codes import hash_answer
from regulator.casework.linking import OtherCase
from regulator.casework.steps import Taken, open_case, take
from walking.company import KENT, MET
from walking.filling import OWN_ANSWER
from walking.walk import Open, Walk

IMPORT = {
    "predecessor": "The Commissioner before us",
    "old_reference": "OLD-1",
    "old_rules": "Those of 2012",
    "old_dates": [{"what": "It was received", "on": "2012-02-01"}],
}

HASTY = {
    "is_urgent": True,
    "urgency": "Somebody could be hurt.",
    "notice_steps_asked": [{"words": "Stop at once", "hours": 36}, {"words": "Say who did it", "hours": 200}],
}


def complains(**more: Any) -> Open:
    """A complaint by a member of the public."""
    return lambda _walk: make.complaint(force_first=False, **more)


def complains_with_question() -> Open:
    """A complaint by somebody who chose a question as the way to a new code."""
    chosen = {"way_back": "question", "way_back_question": "Where did we meet?"}
    return lambda _walk: make.complaint(force_first=False, answer_hash=hash_answer(OWN_ANSWER), **chosen)


def audits(*slugs: str, **more: Any) -> Open:
    """An audit that is planned."""

    def opening(walk: Walk) -> Taken:
        bodies = [make.body_id(slug) for slug in slugs]
        case = open_case(
            "plan",
            "audit",
            by=walk.company.holding("manager"),
            data=make_audit.PLAN | {"bodies": bodies, **more},
        )
        if more.get("audit_basis") == "compulsory":
            for slug in slugs:
                _bind(walk, case, slug)
        return case

    return opening


def _bind(walk: Walk, audit: Taken, slug: str) -> None:
    """An audit notice in force, linked to the audit."""
    people = make_enforcement.cast(slug)
    notice, _ = make_enforcement.notice_at("in_force", people, instrument="audit", body=slug)
    other = OtherCase(notice.case_id, notice.reference)
    by = walk.company.holding("auditor")
    take("link_case", audit.case_id, by=by, data={"other_case": other, "relation": "related"})


def inspects(*slugs: str, **more: Any) -> Open:
    """An inspection that is planned."""

    def opening(walk: Walk) -> Taken:
        given = make_inspection.PLAN | {"bodies": [make.body_id(slug) for slug in slugs or (MET,)], **more}
        return open_case("plan", "inspection", by=walk.company.holding("manager"), data=given)

    return opening


def proposes(instrument: str, body: str = MET, **more: Any) -> Open:
    """An instrument that is proposed, under the edition that is walked."""

    def opening(walk: Walk) -> Taken:
        given = make_enforcement.proposal(instrument, body, **more)
        by = walk.company.holding("enforcement_officer")
        return open_case("propose", "enforcement", by=by, data=given, edition=walk.edition)

    return opening


def imports(stage: str) -> Open:
    """A case that is brought over from a predecessor, at the stage it had there."""

    def opening(walk: Walk) -> Taken:
        given = IMPORT | {
            "stage": stage,
            "body": make.body_id(KENT),
            "confirmed_by": walk.company.holding("manager").person_id,
        }
        by = walk.company.holding("records_manager")
        return open_case("import_case", walk.kind_name, by=by, data=given, edition=walk.edition)

    return opening
