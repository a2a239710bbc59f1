"""Planning an audit, and settling its terms with each body."""

from __future__ import annotations

import make
import make_audit
import psycopg
import pytest
import sqlalchemy as sa
from make_looking import AREAS, Looking

from regulator import ledger
from regulator.actors import SYSTEM
from regulator.casework import editions, opening
from regulator.casework.linking import OtherCase
from regulator.casework.models import CaseFile, IssuedVersion
from regulator.casework.steps import Taken, offers
from regulator.db import db, engine_role
from regulator.enforcement.models import Notice
from regulator.errors import Invalid, NotNow
from tests.rooms import engine_ground as ground

pytestmark = pytest.mark.usefixtures("in_app")


def test_plan_is_kept():
    """What is looked at is numbered in the order given, and an area named twice is looked at once."""
    walk = make_audit.planned("kent", scope_areas=[*AREAS, AREAS[0]])

    areas = walk.read(lambda known: [(one.number, one.name) for one in known.more.areas])
    assert areas == list(enumerate(AREAS, 1))
    made = walk.read(lambda known: known.more.particulars)
    assert (made.title, made.basis, made.own_return) == ("Watchlists", "consensual", False)
    assert walk.read(lambda known: known.case.title) == "Watchlists"


def test_body_knows_nothing_of_a_plan(owner: psycopg.Connection):
    """Planning an audit tells no body of it and writes no letter; nobody outside has sight of it."""
    walk = make_audit.planned()

    assert ground.told(owner, walk.case, "body") == []
    assert owner.execute("select count(*) from letter").fetchone() == (0,)
    assert walk.read(lambda known: [party.sees for party in known.parties]) == [False, False]


def test_plan_needs_an_area():
    """An audit of nothing cannot be planned."""
    with pytest.raises(Invalid) as refused:
        make_audit.planned(scope_areas=[" "])

    assert refused.value.field == "scope_areas"


def notice(slug: str, instrument: str = "audit", stage: str = "in_force") -> Taken:
    """A notice to a body, with as much of it as another case may look at."""
    edition = editions.current()
    kind = edition.kinds["enforcement"]
    said = {"title": "A notice", "body": make.body_id(slug)}
    with ledger.change("propose", by=SYSTEM, streams=[]) as intent:
        case = opening.new_file(kind, edition, kind.openings[0], intent, said)
        case.stage = stage
        db.session.add(
            Notice(
                case_id=case.id,
                instrument=instrument,
                proposed=instrument,
                power="audit",
                failure="Nothing was kept.",
                standard="",
                is_urgent=False,
            )
        )
        return Taken(case.id, case.reference, 1)


def link(walk: Looking, other: Taken) -> None:
    """Link a case to the one that is walked."""
    other_case = OtherCase(other.case_id, other.reference)
    walk.take("auditor", "link_case", other_case=other_case, relation="related")


def engage(walk: Looking) -> None:
    """Send the terms."""
    walk.take("auditor", "send_engagement", terms=make_audit.TERMS)


def test_compulsory_needs_a_notice_against_each_body():
    """The terms of a compulsory audit go out only once an audit notice is in force against every body of it."""
    walk = make_audit.planned(audit_basis="compulsory")
    with pytest.raises(NotNow, match="Metropolitan Police Service or Kent Police"):
        engage(walk)
    link(walk, notice("metropolitan"))
    with pytest.raises(NotNow, match="none against Kent Police"):
        engage(walk)
    link(walk, notice("kent"))

    engage(walk)

    assert walk.stage == "agreeing_terms"


@pytest.mark.parametrize(
    ("instrument", "stage"), [("audit", "signed"), ("audit", "closed"), ("warning", "in_force")]
)
def test_only_an_audit_notice_in_force_counts(instrument, stage):
    """A notice of another sort, or one that is not in force, lets no compulsory audit begin."""
    walk = make_audit.planned("kent", audit_basis="compulsory")
    link(walk, notice("kent", instrument, stage))

    with pytest.raises(NotNow, match="audit notice"):
        engage(walk)


def test_notice_of_another_case_does_not_count():
    """A notice that is in force but not linked to the audit lets it not begin."""
    walk = make_audit.planned("kent", audit_basis="compulsory")
    notice("kent")

    with pytest.raises(NotNow, match="audit notice"):
        engage(walk)


def test_engine_learns_of_linked_notices_alone():
    """Pinned to an audit, the engine is told of the notices linked to it, and reads nothing else of their cases."""
    walk, other = make_audit.planned("kent", audit_basis="compulsory"), make_audit.planned("kent")
    served = notice("kent")
    link(walk, served)
    asked = sa.text("select count(*) from linked_notices(:case)")

    with engine_role([walk.case.case_id]):
        mine = db.session.execute(asked, {"case": walk.case.case_id}).scalar_one()
        seen = db.session.execute(sa.select(CaseFile.id)).scalars().all()
    with engine_role([other.case.case_id]):
        theirs = db.session.execute(asked, {"case": walk.case.case_id}).scalar_one()

    assert (mine, theirs, seen) == (1, 0, [walk.case.case_id])


def versions(walk: Looking) -> list[tuple[int | None, int, str]]:
    """The terms that were issued: to whom, which number, what they say."""
    asked = sa.select(IssuedVersion.party_id, IssuedVersion.number, IssuedVersion.text).order_by(
        IssuedVersion.id
    )
    return walk.read(lambda _: [tuple(row) for row in db.session.execute(asked)])  # type: ignore[misc]


def test_each_body_has_terms_of_its_own():
    """The terms are issued to each body in a version of its own; terms recorded with one stand beside them."""
    walk = make_audit.audit_at("agreeing_terms")
    met, kent = walk.party("metropolitan"), walk.party("kent")

    walk.take("auditor", "record_terms", party=kent, terms_settled="elsewhere", terms=["For Kent alone"])

    proposed = "\n\n".join(make_audit.TERMS)
    assert versions(walk) == [(met, 1, proposed), (kent, 1, proposed), (kent, 2, "For Kent alone")]


def test_terms_are_settled_once():
    """A body that has agreed agrees no more and proposes no change; the other still may do both."""
    walk = make_audit.audit_at("agreeing_terms")
    walk.take("metropolitan/approving_officer", "agree_terms", terms_signed=True)

    for step, more in (
        ("agree_terms", {"terms_signed": True}),
        ("propose_change", {"proposed_change": "Later"}),
    ):
        with pytest.raises(NotNow, match="settled with your organisation"):
            walk.take("metropolitan/approving_officer", step, **more)
    walk.take("kent/contact", "propose_change", proposed_change="Later")
    settled = {"terms_settled": "elsewhere", "terms": ["So"]}
    with pytest.raises(NotNow, match="settled with that body already"):
        walk.take("auditor", "record_terms", party=walk.party("metropolitan"), **settled)


def test_late_body_holds_up_nobody_but_the_audit():
    """Where one body has not agreed, its own clock alone runs on, and it alone is offered to agree."""
    walk = make_audit.audit_at("agreeing_terms")

    walk.take("metropolitan/approving_officer", "agree_terms", terms_signed=True)

    assert [one.keys["party"] for one in walk.due("agree_terms")] == [walk.party("kent")]
    assert walk.stage == "agreeing_terms"
    assert "agree_terms" not in offered(walk, "metropolitan/approving_officer")
    assert "agree_terms" in offered(walk, "kent/approving_officer")


def offered(walk: Looking, who: str) -> set[str]:
    """The steps that somebody is offered and may take now."""
    _, found = offers(walk.case.case_id, by=walk.who(who))
    return {one.step.name for one in found if one.open}


def test_own_return_has_no_fieldwork():
    """An audit that is the body’s own return goes from evidence to the report, without fieldwork."""
    walk = make_audit.audit_at("gathering", "kent", own_return=True)

    with pytest.raises(NotNow, match="own return"):
        walk.take("auditor", "start_fieldwork")
    walk.take("auditor", "start_drafting")

    assert walk.stage == "drafting"
