"""Deciding what is issued, clearing its text and signing it."""

from __future__ import annotations

from typing import Any

from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.enforcement.facts import WITH_STEPS, notice_of, of
from regulator.enforcement.needs import asked_steps, wrong_steps
from regulator.enforcement.proposing import write_steps
from regulator.enforcement.wording import composed, paragraphs_of
from regulator.errors import Invalid, NotNow
from regulator.evidence.issuing import issue


@effect
def decide(taking: Taking) -> None:
    """Keep what is issued: as proposed, with other failures, steps or days, or something lesser."""
    notice, data = notice_of(taking.facts), taking.data
    changed = bool(data.get("failure")) or bool(asked_steps(data))
    if changed and data["decision"] == "issue":
        raise Invalid("What is issued with other words, steps or days is issued with changes.", "decision")
    lesser = data.get("lesser")
    notice.instrument = notice.power = str(lesser) if lesser else notice.proposed
    notice.final_text = None
    if data.get("failure"):
        notice.failure = "\n\n".join(data["failure"])
    if asked := [dict(row) for row in asked_steps(data)]:
        _change(taking, asked)


def _change(taking: Taking, asked: list[dict[str, Any]]) -> None:
    notice = notice_of(taking.facts)
    if notice.instrument not in WITH_STEPS:
        raise Invalid("A warning or a reprimand has no steps.", "notice_steps_asked")
    if wrong := wrong_steps(notice.instrument, asked, is_urgent=notice.is_urgent):
        raise Invalid(wrong, "notice_steps_asked")
    write_steps(taking, asked)


@effect
def clear_final(taking: Taking) -> None:
    """Put the final text together: what is issued and why, the reasons as cleared, and each step with its day."""
    reasons = [str(one).strip() for one in taking.data["final_text"]]
    notice_of(taking.facts).final_text = "\n\n".join(composed(taking.facts, reasons))


@effect
def sign(taking: Taking) -> None:
    """Freeze the text: hashed and numbered, it is not changed any more."""
    notice = notice_of(taking.facts)
    if not paragraphs_of(notice.final_text):
        raise NotNow("A lawyer must clear the final text first.")
    number = 1 + sum(one.what == "notice" and one.audience == "internal" for one in of(taking.facts).versions)
    version = issue(taking, "notice", "internal", notice.final_text or "", number=number)
    notice.signed_on, notice.text_hash = taking.on, version.text_hash
