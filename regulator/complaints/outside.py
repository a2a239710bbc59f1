"""Forms that show people outside what they answer or sign, and ask them nothing that only an officer can say."""

from __future__ import annotations

from typing import ClassVar

from regulator.actors import Actor, Side
from regulator.casework import queries
from regulator.casework.facts import Facts
from regulator.casework.forms import Sent, StepForm, built, form
from regulator.evidence.forms import signing_form
from regulator.regime.model import Step

OWN_WRITING = "in_writing"


class QuestionForm(StepForm):
    """An answer, under the question it answers."""

    template = "complaints/answer_question.html"
    asked_words: ClassVar[str] = ""


@form("answer_question")
def answer_question(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The question last asked, and room for the answer."""
    told = queries.timeline(known.case.id, by=by, limit=queries.MANY) if known else []
    asked = next((str(one.fields.get("question", "")) for one in told if one.step == "ask_complainant"), "")
    return built(step, known, by, base=type("QuestionForm", (QuestionForm,), {"asked_words": asked}))


@form("ask_for_review")
def ask_for_review(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Why it should be looked at again; where it went first by mistake is for an officer to say."""
    return built(step, known, by, without=_for_officers(by, "misdirected_from", "misdirected_to"))


class WithdrawForm(StepForm):
    """A wish to withdraw; whoever sends it from their own page wrote it."""

    def data_for_step(self) -> Sent:
        """The answers, with how it was asked where that is plain."""
        sent = super().data_for_step()
        return sent._replace(data={"withdrawal_form": OWN_WRITING, **sent.data})


@form("ask_to_withdraw")
def ask_to_withdraw(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """A wish to withdraw, and anything the person wants to say with it."""
    return built(step, known, by, base=WithdrawForm, without=_for_officers(by, "withdrawal_form"))


@form("submit_account")
def submit_account(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The account is read through before it is signed for."""
    return signing_form(step, known, by)


def _for_officers(by: Actor, *names: str) -> set[str]:
    """The questions left out for whoever is no officer."""
    return set() if by.side is Side.staff else set(names)
