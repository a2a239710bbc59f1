"""What the bodies of a case are called."""

from __future__ import annotations

import sqlalchemy as sa

from regulator.accounts.models import BodyName
from regulator.actors import Actor
from regulator.casework.models import Party
from regulator.db import ask_as, db

_PARTIES = (
    sa.select(Party.id, BodyName.name)
    .join(BodyName, sa.and_(BodyName.body_id == Party.body_id, BodyName.ends_on.is_(None)))
    .where(Party.case_id == sa.bindparam("case"))
)


def party_names(case_id: int, *, by: Actor) -> dict[int, str]:
    """What each body with a part in the case is called today, by the number of its part."""
    ask_as(by)
    return dict(db.session.execute(_PARTIES, {"case": case_id}).all())
