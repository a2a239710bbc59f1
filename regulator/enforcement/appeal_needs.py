"""Facts about appeals that steps need; each returns None when it holds, else the sentence to show."""

from __future__ import annotations

from regulator import moments, words
from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.registry import need
from regulator.enforcement.facts import act_of, acts, of, service_of
from regulator.enforcement.models import Appeal
from regulator.evidence.facts import ran_out
from regulator.regime.model import Step


def open_appeals(known: Facts, act: object = None) -> list[Appeal]:
    """The appeals that are neither decided nor withdrawn; of one act, where it is named."""
    return [one for one in of(known).appeals if one.outcome is None and act in (None, "", one.act)]


@need
def can_be_appealed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """What is appealed against is the service, a variation or a refusal of a notice, and no warning or reprimand."""
    said = (known.answers or {}).get("act")
    if act_of(known, said) if said not in (None, "") else acts(known):
        return None
    return "There is no appeal to a tribunal against this."


@need
def appeal_open(known: Facts, _step: Step, _by: Actor) -> str | None:
    """An appeal against it was recorded and is neither decided nor withdrawn, or a further one is open."""
    act = (known.answers or {}).get("act")
    found = open_appeals(known, int(str(act)) if act not in (None, "") else None)
    return None if found else "No appeal against that is open."


@need
def notice_itself_appealed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """An open appeal is against the service of the notice."""
    if any(open_appeals(known, one.seq) for one in acts(known) if one.is_service):
        return None
    return "No appeal against the notice itself is open."


def _last_decided(known: Facts, act: int) -> Appeal | None:
    found = [one for one in of(known).appeals if one.act == act and one.outcome not in (None, "withdrawn")]
    return max(found, key=lambda one: (one.outcome_on, one.id), default=None)


def _can_go_further(appeal: Appeal) -> bool:
    return appeal.further_by is not None and appeal.further_by >= moments.today()


@need
def appeal_allowed_for_good(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The appeal against the service of the notice was allowed, and no further appeal is open or in time."""
    service = service_of(known)
    decided = _last_decided(known, service.seq) if service else None
    if decided is None or service is None or decided.outcome != "allowed":
        return "No appeal against the notice itself was allowed."
    if open_appeals(known, service.seq):
        return "A further appeal is open."
    if decided.further_by and _can_go_further(decided):
        return f"A further appeal can be made until {words.day(decided.further_by)}."
    return None


@need
def no_appeal_open_or_in_time(known: Facts, _step: Step, _by: Actor) -> str | None:
    """No appeal is open, nor is there time left for one."""
    if open_appeals(known):
        return "An appeal is open."
    left = [one for one in known.running if one.name == "appeal" and one.is_open and not ran_out(one)]
    if left:
        return f"An appeal can be made until {words.day(max(one.last_day for one in left))}."
    further = [one.further_by for one in of(known).appeals if one.further_by and _can_go_further(one)]
    return f"A further appeal can be made until {words.day(max(further))}." if further else None
