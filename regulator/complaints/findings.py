"""Findings as people read them: the words of the edition for a finding and its standard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regulator.casework import editions
from regulator.casework.queries import CaseRow
from regulator.complaints.queries import AllegationRow


def finding_words(case: CaseRow, allegations: Sequence[AllegationRow]) -> Mapping[int, str]:
    """What was found on each allegation and under which standard, by number; those with no finding are left out."""
    edition = editions.editions()[case.edition]
    labels = {choice.code: choice.told for choice in edition.choices("findings")}
    found: dict[int, str] = {}
    for one in allegations:
        if one.finding:
            standard = edition.standards.get(one.standard or "")
            under = f", under “{standard.title}”" if standard else ""
            found[one.number] = f"{labels.get(one.finding, one.finding)}{under}"
    return found
