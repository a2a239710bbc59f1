"""The questions somebody answers who complains: in groups for an officer, and one by one for everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from regulator.casework.forms import WHEN
from regulator.forms import Choice
from regulator.language import later

FOR, NAME, THEIR_NAME, WAY_BACK_ANSWER = "complaining_for", "name", "their_name", "way_back_answer"
MYSELF, REPRESENTED = "myself", "somebody_else"
FOR_WHOM = (
    Choice(MYSELF, later("Myself")),
    Choice(
        REPRESENTED,
        later("Somebody else"),
        later("A child, a relative, a client, anybody who agrees that you act"),
    ),
)


@dataclass(frozen=True)
class Group:
    """Questions that belong together, under one heading."""

    heading: str
    words: str
    names: tuple[str, ...]


GROUPS = (
    Group("How it reached us", "", ("channel", WHEN)),
    Group("Who and what it is about", "", ("body", "technology")),
    Group(
        "What happened",
        "Write as you would tell somebody you trust. It does not have to be complete or in order: you can add to it later.",
        ("what_happened", "when_known", "happened_where", "own_data"),
    ),
    Group(
        "What we should look at",
        "We may show these lines to the organisation, so leave out your name and anything that it should not read.",
        ("allegations", "outcome_sought"),
    ),
    Group("What has been done so far", "", ("force_first", "others_told", "proceedings")),
    Group("About you", "", (FOR, "shares_identity", "is_vulnerable")),
    Group(
        "How we reach you",
        "Whichever you choose, you can always follow your complaint on this site. If you complain for somebody else,"
        " say here how we reach that person: what we write goes to your own address above as well. If we should"
        " write to you alone, choose “My page on this site”.",
        ("contact_by", "safe_contact", "contact_never", "language", "needs"),
    ),
    Group("If the code is lost", "", ("way_back",)),
    Group("Anything to show us", "", ("files",)),
)
REVEALS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "when_known": {"exact": ("happened_on",), "approximate": ("happened_when",)},
    "force_first": {"yes": ("force_first_on", "force_reference", "force_outcome_on")},
    FOR: {
        MYSELF: (NAME,),
        REPRESENTED: (
            THEIR_NAME,
            "representative_name",
            "representative_email",
            "representative_phone",
            "authority",
            "authority_words",
        ),
    },
    "contact_by": {"email": ("email",), "post": ("address",), "phone": ("phone",)},
    "way_back": {"email": ("way_back_email",), "question": ("way_back_question", WAY_BACK_ANSWER)},
}
"""Questions that stand under an answer to another: with script they are shown when it is chosen, without it always."""
PLACES = {
    name: place
    for place, name in enumerate(
        name
        for group in GROUPS
        for asked in group.names
        for name in (asked, *(under for shown in REVEALS.get(asked, {}).values() for under in shown))
    )
}
"""Where each question stands on the page."""
NEEDED: Mapping[str, str] = {
    "happened_on": later("Enter the date it happened, or say that you know it roughly"),
    "representative_name": later("Enter your own name, as the person acting for them"),
    "authority": later("Choose what lets you act for them"),
    "email": later("Enter your email address, or choose another way for us to reach you"),
    "address": later("Enter your postal address, or choose another way for us to reach you"),
    "phone": later("Enter your telephone number, or choose another way for us to reach you"),
    "way_back_email": later("Enter the email address to send a new code to, or choose another way"),
    "way_back_question": later("Write a question that only you can answer, or choose another way"),
    WAY_BACK_ANSWER: later("Write the answer that you will give"),
}
"""Those that must be answered once the answer above them is chosen."""


ACTING: Mapping[str, str] = {
    "representative_name": later("Your own name"),
    "representative_email": later("Your own email address"),
    "representative_phone": later("Your own telephone number"),
    "authority": later("What lets you act for them?"),
}
"""What is asked of somebody who complains for another, in words to that person: whose name goes where is plain from each."""
REACHED_US = (
    "When did it reach us?",
    "Leave this empty if it reaches us now. Give the time where it is known.",
)


@dataclass(frozen=True)
class Page:
    """One page of questions: mostly one question, with those that stand under its answers.

    title:    its heading, where that is not the question itself
    only_for: answers given before, without which it is not asked
    is_early: it is asked before anybody writes anything, to find out whether somebody else is the right one to ask
    """

    name: str
    names: tuple[str, ...]
    title: str = ""
    words: str = ""
    only_for: Mapping[str, str] = field(default_factory=dict)
    is_early: bool = False

    def is_asked(self, answers: Mapping[str, str]) -> bool:
        """Whether it is asked of somebody who answered so."""
        return all(answers.get(name) == answer for name, answer in self.only_for.items())


BODY, SUBJECT, NATION = "body", "subject", "nation"
OTHER_BODY = Choice("other", later("Another organisation, which is not in this list"))
PAGES = (
    Page("organisation", (BODY,), is_early=True),
    Page("subject", (SUBJECT,), is_early=True),
    Page("place", (NATION, "happened_where"), later("Where did it happen?"), is_early=True),
    Page("technology", ("technology",)),
    Page(
        "what_happened",
        ("what_happened",),
        words=later(
            "Write as you would tell somebody you trust. It does not have to be complete or in order: you can add to it"
            " later. The organisation is not shown this."
        ),
    ),
    Page("when", ("when_known", "happened_on", "happened_when"), later("When did it happen?")),
    Page("own_data", ("own_data",)),
    Page(
        "allegations",
        ("allegations",),
        words=later(
            "We may show these lines to the organisation, so leave out your name and anything that it should not read."
        ),
    ),
    Page("outcome", ("outcome_sought",)),
    Page("organisation_first", ("force_first", "force_first_on", "force_reference", "force_outcome_on")),
    Page("others", ("others_told",)),
    Page("court", ("proceedings",)),
    Page("for_whom", (FOR,)),
    Page(
        "acting",
        (
            "representative_name",
            "representative_email",
            "representative_phone",
            "authority",
            "authority_words",
        ),
        later("About you, and what lets you act for them"),
        later(
            "We write to you at your own address as well. We check that you may act for them before we look into it."
            " You can send the paper that shows it at the end."
        ),
        only_for={FOR: REPRESENTED},
    ),
    Page(
        "name",
        (NAME,),
        only_for={FOR: MYSELF},
    ),
    Page("their_name", (THEIR_NAME,), only_for={FOR: REPRESENTED}),
    Page(
        "identity",
        ("shares_identity",),
        words=later(
            "If you say no, we know who you are and the organisation does not: your name, address and number are on"
            " nothing that it can open."
        ),
    ),
    Page("care", ("is_vulnerable",)),
    Page(
        "contact",
        ("contact_by", "email", "address", "phone"),
        words=later(
            "Whichever you choose, you can always follow your complaint on this site. To get no email, choose another"
            " way. If you complain for somebody else, say here how we reach that person."
        ),
    ),
    Page("safe_contact", ("safe_contact", "contact_never"), later("Reaching you safely")),
    Page("language", ("language", "needs"), later("Language and other needs")),
    Page(
        "way_back",
        ("way_back", "way_back_email", "way_back_question", WAY_BACK_ANSWER),
        words=later(
            "At the end you get a code, which nobody can look up. Choose now how you get a new one if you lose it: it can"
            " be done in no other way. The old code then opens nothing any more."
        ),
    ),
)
"""Every page, in the order in which it is asked."""
BY_NAME = {page.name: page for page in PAGES}
