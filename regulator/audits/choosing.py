"""What can be chosen on an audit where other kinds know less of it; asked as the person who will choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from regulator.audits.facts import unsettled
from regulator.casework import choosing
from regulator.casework.choosing import Asking, source
from regulator.forms import Choice


@source("party", "audit")
def parties(asking: Asking) -> Sequence[Choice]:
    """The bodies audited; where terms are recorded, it is said with whom they are settled."""
    found = choosing.parties(asking)
    if asking.known is None or asking.step.name != "record_terms":
        return found
    left = {str(party.id) for party in unsettled(asking.known)}
    return [one if one.value in left else replace(one, hint="The terms are settled") for one in found]
