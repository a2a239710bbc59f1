"""Reading a story of several cases: which case a line is about, under which edition, and whom people work for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from regulator.regime.loader import shipped
from regulator.replay.reading import StoryError, story_in
from regulator.replay.story import Member, Paper, Story, What

EDITIONS = shipped()
STORY = """\
case: 7
title: A story
body: metropolitan
sources: ["[P] a page"]
cases:
  complaint: {kind: complaint}
  notice:
    kind: enforcement
    title: The notice
    editions: [2026-draft, dpa-2018]
    leads_from: complaint
    because: It has to be put right.
  audit: {kind: audit, bodies: [south-wales, gwent]}
people:
  Somebody: complainant
  Caseworker A: caseworker
  Manager A: manager
  Contact A: {roles: "contact, approving_officer", body: gwent}
  Overseer A: {roles: oversight_contact, oversees: gwent}
steps:
  - on: 2026-03-02
    case: complaint
    by: Somebody
    step: submit
  - on: 2026-03-03
    case: notice
    by: Caseworker A
    step: propose
    data:
      notice_steps_asked:
        - {words: Delete it., done_by: 2026-06-30, prohibits: yes}
    expect:
      stage: proposed
      under:
        dpa-2018: {may: {Manager A: drop}}
  - on: 2026-03-04
    case: notice
    only: dpa-2018
    by: Manager A
    step: give_notice_of_intent
    refused: Not yet
  - on: 2026-03-04
    case: audit
    by: Manager A
    step: plan
  - on: 2026-03-05
    case: audit
    by: Manager A
    step: add_note
    data: {note: A note}
    files:
      - {name: a.txt, text: Some words}
    expect:
      due: {agree_terms of gwent: 2026-03-19, evidence: [2026-03-20, 2026-03-27]}
      may: {contact of gwent: agree_terms}
"""


def read(text: str = STORY) -> Story:
    return story_in(text.encode(), "a.yaml", EDITIONS, date(2026, 11, 23))


def told(story: Story) -> list[tuple[str, str]]:
    return [(turn.case, turn.act.step.name if turn.act else "") for turn in story.turns]


def test_cases() -> None:
    """A case under two editions is two, each with a key and a title of its own; what it does not say the file says."""
    story = read()

    assert list(story.cases) == ["complaint", "notice under 2026-draft", "notice under dpa-2018", "audit"]
    notice = story.cases["notice under dpa-2018"]
    assert (notice.edition.name, notice.title) == ("dpa-2018", "The notice (dpa-2018)")
    assert (notice.leads_from, notice.because) == ("complaint", "It has to be put right.")
    assert [case.bodies for case in story.cases.values()] == [
        *[("metropolitan",)] * 3,
        ("south-wales", "gwent"),
    ]


def test_lines() -> None:
    """A line is told once for each edition of its case, or under the one that it names alone."""
    assert told(read()) == [
        ("complaint", "submit"),
        ("notice under 2026-draft", "propose"),
        ("notice under dpa-2018", "propose"),
        ("notice under dpa-2018", "give_notice_of_intent"),
        ("audit", "plan"),
        ("audit", "add_note"),
    ]


def test_expected_under_one() -> None:
    """What is expected under one edition is expected there beside what is expected under both."""
    _, draft, dpa, *_ = read().turns

    assert [one.what for one in draft.expected] == [What.stage]
    assert [one.what for one in dpa.expected] == [What.stage, What.may]


def test_rows_refusals_files_and_bodies() -> None:
    """Rows have typed cells, a refusal its words, a file its text, and a clock or a role may be one body’s."""
    *_, propose, refused, _, note = read().turns

    assert propose.act is not None
    assert propose.act.answers["notice_steps_asked"].value == [
        {"words": "Delete it.", "done_by": date(2026, 6, 30), "prohibits": True}
    ]
    assert refused.act is not None
    assert refused.act.refused == "Not yet"
    assert note.act is not None
    assert note.act.papers == (Paper("a.txt", "Some words"),)
    assert [(one.what, one.about, one.body, one.value) for one in note.expected] == [
        (What.due, "agree_terms", "gwent", [date(2026, 3, 19)]),
        (What.due, "evidence", "", [date(2026, 3, 20), date(2026, 3, 27)]),
        (What.may, "contact of gwent", "", "agree_terms"),
    ]


def test_people() -> None:
    """People of a body say which, and those who oversee one say which they oversee."""
    people = read().people

    assert people["Contact A"] == Member(("contact", "approving_officer"), body="gwent")
    assert people["Overseer A"] == Member(("oversight_contact",), oversees="gwent")


WRONG = [
    ("    case: complaint\n", "", "21: which case it is about is missing: audit, complaint, notice."),
    ("    case: complaint\n", "    case: complain\n", "22: there is no case called “complain”; is “complaint” meant?"),
    ("only: dpa-2018", "only: dpa-2019", "38: there is no edition called “dpa-2019”; is “dpa-2018” meant?"),
    ("        dpa-2018: {may", "        dpa-2019: {may", "35: there is no edition called “dpa-2019”; is “dpa-2018” meant?"),
    ("leads_from: complaint", "leads_from: nothing", "11: there is no case called “nothing”; is “notice” meant?"),
    ("    because: It has to be put right.\n", "", "11: “notice”: why it was opened from “complaint” is missing: “because”."),
    ("step: plan", "step: add_note", "42: the first step must open the case."),
    ("agree_terms of gwent: 2026", "agree_terms of kent: 2026", "54: there is no body of the case called “kent”; is “gwent” meant?"),
    ("{contact of gwent", "{contact of kent", "55: there is no person or role called “contact of kent”; is “contact” meant?"),
    ("  Contact A: {roles: \"contact, approving_officer\", body: gwent}", "  Contact A: contact", "18: “Contact A” works for one of several bodies: say which."),
    ("    data: {note: A note}\n    files", "    data: {note: A note}\n    filed", "51: a step: there is no key called “filed”; is “files” meant?"),
    ("step: add_note\n    data: {note: A note}", "step: declare_interest", "50: “declare_interest” takes no files."),
    ("done_by: 2026-06-30", "done_by: soon", "31: “soon” is not a day like 2026-03-02."),
    ("2026-03-20, 2026-03-27", "2026-03-20, March", "54: “March” is not a day like 2026-03-02."),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "sentence"), WRONG, ids=[wrong.strip() for _, wrong, _ in WRONG])
def test_refused(right: str, wrong: str, sentence: str) -> None:
    """What cannot be told is refused with its line and a sentence, once."""
    assert right in STORY

    with pytest.raises(StoryError) as refused:
        read(STORY.replace(right, wrong, 1))

    lines = refused.value.sentence.splitlines()
    assert lines.count(f"a.yaml:{sentence}") == 1


def line(**keys: Any) -> str:
    more = "".join(f"    {name}: {value}\n" for name, value in keys.items())
    return f"{STORY}  - on: 2026-03-06\n{more}"


def test_a_case_that_was_refused_is_not_open() -> None:
    """A step that is to be refused opens nothing, so the case may be opened after it."""
    text = STORY.replace("    step: propose\n", "    step: propose\n    refused: No\n", 1)

    with pytest.raises(StoryError, match="the first step must open the case"):
        read(text)


def test_opened_twice() -> None:
    """A case is opened once."""
    with pytest.raises(StoryError, match="“plan” opens a case, and this one is open already"):
        read(line(case="audit", by="Manager A", step="plan"))


def event(act: str) -> str:
    return line(
        case="notice", only="dpa-2018", by="Manager A", step="record_appeal_event", data=f"{{act: {act}}}"
    )


@pytest.mark.parametrize("said", ["service", "variation 2", "refusal 1"])
def test_an_act(said: str) -> None:
    """What is appealed against is the service, or a variation or refusal by its number."""
    act = read(event(said)).turns[-1].act

    assert act is not None
    assert act.answers["act"].value == said


def test_no_act() -> None:
    """Another act is none."""
    with pytest.raises(StoryError, match="“decision” is no act: write service, variation, refusal"):
        read(event("decision"))
