"""Reading a documented case: what is wrong with a file is said line by line, before anything is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from regulator.regime.loader import shipped
from regulator.replay.reading import StoryError, story_in
from regulator.replay.story import Member, Story, What

CASES = sorted((Path(__file__).resolve().parents[2] / "regulator" / "cases").glob("*.yaml"))
TODAY = date(2026, 11, 23)
EDITIONS = shipped()
STORY = """\
case: 7
title: A story
body: metropolitan
sources:
  - "[P] a page"
people:
  Somebody: complainant
  Caseworker A: caseworker
  Manager A: manager, reviewer
steps:
  - on: 2026-03-02
    by: Somebody
    step: submit
    assumed: the day is not known
    data:
      technology: lfr
      allegations: ["One, with a comma", Two]
      happened_on: 2026-02-27
      shares_identity: no
    expect:
      stage: received
      due: {screen: 2026-03-30}
      overdue: []
      may: {Caseworker A: "accept, propose_decline"}
  - on: 2026-03-03T15:30
    by: Caseworker A
    step: accept
    data:
      remit_answers:
        - {test: body, answer: passes}
could_not_express:
  - Nothing that matters
"""


def read(text: str = STORY) -> Story:
    return story_in(text.encode(), "a.yaml", EDITIONS, TODAY)


def test_story() -> None:
    """A file becomes the people, the dated steps with typed answers, and what is expected after each."""
    story = read()

    opening, accept = story.turns
    assert story.people["Manager A"] == Member(("manager", "reviewer"))
    assert [(one.edition.name, one.kind.name) for one in story.cases.values()] == [
        ("2026-draft", "complaint")
    ]
    assert opening.when == date(2026, 3, 2)
    assert accept.when == datetime(2026, 3, 3, 15, 30, tzinfo=UTC)
    assert opening.act is not None
    assert opening.act.assumed == "the day is not known"
    assert {name: answer.value for name, answer in opening.act.answers.items()} == {
        "technology": "lfr",
        "allegations": ["One, with a comma", "Two"],
        "happened_on": date(2026, 2, 27),
        "shares_identity": False,
    }
    assert [(one.what, one.about, one.value) for one in opening.expected] == [
        (What.stage, "", "received"),
        (What.due, "screen", [date(2026, 3, 30)]),
        (What.overdue, "", frozenset()),
        (What.may, "Caseworker A", "accept"),
        (What.may, "Caseworker A", "propose_decline"),
    ]
    assert story.unsaid == ("Nothing that matters",)


def test_digest() -> None:
    """Two files are the same story only if every byte is the same."""
    assert read().digest == read().digest
    assert read().digest != read(STORY + "\n").digest


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_documented(file: Path) -> None:
    """Each documented case can be read, names its sources and says what the edition could not express."""
    story = story_in(file.read_bytes(), file.name, EDITIONS, TODAY)

    assert story.sources
    assert story.unsaid
    assert any(turn.act and turn.act.assumed for turn in story.turns)


def test_which_cases() -> None:
    """Every documented case is told, of every kind."""
    stories = [story_in(file.read_bytes(), file.name, EDITIONS, TODAY) for file in CASES]

    assert {story.number for story in stories} == {1, 3, 5, 8, 10, 12, 15, 18, 21}
    kinds = {case.kind.name for story in stories for case in story.cases.values()}
    assert kinds == set(EDITIONS["2026-draft"].kinds)


WRONG = [
    ("step: accept", "step: acept", "a.yaml:27: there is no step of a complaint called “acept”; is “accept” meant?"),
    ("by: Caseworker A", "by: Caseworker B", "a.yaml:26: there is no person called “Caseworker B”; is “Caseworker A” meant?"),
    ("    by: Caseworker A\n", "", "a.yaml:25: who does it is missing."),
    ("    step: accept\n", "", "a.yaml:25: what they do is missing."),
    ("on: 2026-03-03T15:30", "on: 3 March", "a.yaml:25: “3 March” is neither a day like 2026-03-02 nor a London moment like 2026-03-02T15:30."),
    ("on: 2026-03-03T15:30", "on: 2027-01-04", "a.yaml:25: 4 January 2027 has not come yet, so this cannot have happened then."),
    ("on: 2026-03-03T15:30", "on: 2026-03-29T01:30", "a.yaml:25: 01:30 never came on 29 March 2026: the clocks went forward."),
    ("  - on: 2026-03-03T15:30\n    by", "  - by", "a.yaml:25: a step: “on” is missing."),
    ("technology: lfr", "technology: radar", "a.yaml:16: there is no answer to “technology” called “radar”."),
    ("technology: lfr", "tecnology: lfr", "a.yaml:16: there is no question of “submit” called “tecnology”; is “technology” meant?"),
    ("happened_on: 2026-02-27", "happened_on: February", "a.yaml:18: “February” is not a day like 2026-03-02."),
    ("shares_identity: no", "shares_identity: perhaps", "a.yaml:19: “perhaps” is neither yes nor no."),
    ("stage: received", "stage: recieved", "a.yaml:21: there is no stage called “recieved”; is “received” meant?"),
    ("due: {screen", "due: {scren", "a.yaml:22: there is no clock called “scren”; is “screen” meant?"),
    ("may: {Caseworker A", "may: {Caseworker Z", "a.yaml:24: there is no person or role called “Caseworker Z”; is “Caseworker A” meant?"),
    ("      stage: received", "      stages: received", "a.yaml:21: there is no expectation called “stages”; is “stage” meant?"),
    ("test: body", "tst: body", "a.yaml:30: a row of “remit_answers”: there is no key called “tst”; is “test” meant?"),
    ("test: body", "test: bodies", "a.yaml:30: there is no answer to “remit_answers” called “bodies”; is “body” meant?"),
    ("Somebody: complainant", "Somebody: system", "a.yaml:7: there is no role that may act in a case called “system”."),
    ("[P] a page", "a page", "a.yaml:5: a source begins with its mark: [S], [P], [2]."),
    ("case: 7", "case: seven", "a.yaml:1: “seven” is not the number of a case."),
    ("body: metropolitan\n", "", "a.yaml:1: a documented case: “body” is missing."),
    ("title: A story", "title: A story\nedition: 1999", "a.yaml:3: there is no edition called “1999”."),
    ("title: A story", "title: A story\nkind: inquest", "a.yaml:3: there is no kind of case called “inquest”."),
    ("step: submit", "step: acknowledge", "a.yaml:11: the first step must open the case."),
    ("step: accept", "step: submit", "a.yaml:25: “submit” opens a case, and this one is open already."),
    ("case: 7", "case: [7", "a.yaml:2: this cannot be read as YAML: did not find expected ',' or ']'."),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "sentence"), WRONG, ids=[wrong for _, wrong, _ in WRONG])
def test_refused(right: str, wrong: str, sentence: str) -> None:
    """What cannot be told is refused with the file, the line and a sentence."""
    assert right in STORY

    with pytest.raises(StoryError) as refused:
        read(STORY.replace(right, wrong, 1))

    assert sentence in refused.value.sentence.splitlines()


def test_everything_at_once() -> None:
    """A file with several faults is told all of them, in the order of its lines."""
    text = STORY.replace("lfr", "radar").replace("step: accept", "step: acept")

    with pytest.raises(StoryError) as refused:
        read(text)

    assert [line.split(":")[1] for line in refused.value.sentence.splitlines()] == ["16", "27"]


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n- list\n", "case: 7\nsteps: []\n", "{"])
def test_no_story(text: str) -> None:
    """A file that holds no story is refused in sentences, whatever else it holds."""
    with pytest.raises(StoryError, match=r"a\.yaml:\d+: "):
        read(text)


def test_questions_left_out() -> None:
    """What a case itself knows is left out of its answers, and files stand beside them."""
    text = STORY.replace("      technology: lfr", "      technology: lfr\n      files: a.pdf")

    with pytest.raises(StoryError, match="files stand beside the answers"):
        read(text)


def test_not_in_service() -> None:
    """A story is told only of a kind of case that is in service."""
    edition = EDITIONS["2026-draft"]
    waiting = replace(edition.kinds["complaint"], in_service=False)
    editions = {edition.name: replace(edition, kinds={"complaint": waiting})}

    with pytest.raises(StoryError, match="“complaint” is not in service under the edition 2026-draft"):
        story_in(STORY.encode(), "a.yaml", editions, TODAY)
