"""Reports of audits and inspections in tests: written, and read back as the engine knows them."""

from __future__ import annotations

from typing import Any

from make_looking import AREAS, Looking

from regulator.findings.facts import FindingsRows

STANDARD = "LFR-WHY"


def finding(area: int = 1, words: str = "Nobody checks.", **more: Any) -> dict[str, Any]:
    """A finding as the form gives it."""
    return {"area": area, "words": words, "standard": STANDARD, "evidence": "The log of March.", **more}


def recommendation(walk: Looking, slug: str, words: str = "Check twice", **more: Any) -> dict[str, Any]:
    """A recommendation to one body as the form gives it."""
    return {"finding": 1, "party": walk.party(slug), "words": words, "priority": "high", **more}


RATINGS = [{"area": at, "rating": "limited", "reasons": "Little is written down."} for at in (1, 2)]
FINDINGS = [finding(at, f"{name}: too little.") for at, name in enumerate(AREAS, 1)]


def write(walk: Looking, who: str = "auditor", **more: Any) -> None:
    """Save the report: a finding in each area and no recommendation, unless said otherwise."""
    rated = {"ratings": RATINGS} if who.startswith("auditor") else {}
    said = {"report_words": ["We looked.", "This is what we found."], "report_findings": FINDINGS}
    walk.take(who, "draft_report", **{**rated, **said, **more})


def rows(walk: Looking, name: str) -> list[Any]:
    """What the engine knows of the case: its findings, recommendations, visits."""

    def ask(known: Any) -> list[Any]:
        more: FindingsRows = known.more
        return list(getattr(more, name))

    return walk.read(ask)


def numbered(walk: Looking, name: str) -> dict[int, str]:
    """The words of each row, by its number."""
    return {one.number: one.words for one in rows(walk, name)}


def event(walk: Looking, step: str) -> Any:
    """The last entry of a step."""
    return walk.read(lambda known: known.last(step))


def texts(walk: Looking, what: str) -> dict[tuple[str, int | None], str]:
    """The versions of a name by who they were issued to and the body’s part they are about; the last of each."""
    return walk.read(
        lambda known: {
            (one.audience, one.party_id): one.text for one in known.more.versions if one.what == what
        }
    )
