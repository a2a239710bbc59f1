"""The ninth thing that must always hold of an edition: every name resolves, and nothing internal is said outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.edition_copy import Copy, copy_to

MISSPELT = """
  complaint | to: not_accepted                | not_accepted    | not_acepted    | the step “decline”        | stage
  complaint | from: received..review_decided  | review_decided  | review_decide  | the step “ask_to_withdraw” | stage
  complaint | who: intake_officer, system     | intake_officer  | intake_offcer  | the step “acknowledge”    | role
  complaint | not_by: propose_decline         | propose_decline | propose_declin | the step “decline”        | step
  complaint | leaves: review_window           | review_window   | review_windo   | the step “reopen”         | clock
  complaint | needs: remit_answered           | remit_answered  | remit_answerd  | the step “accept”         | need
  complaint | {complainant: declined}         | declined        | decline        | the step “decline”        | letter
  complaint | fields: withdrawal_form,        | withdrawal_form | withdrawl_form | the step “ask_to_withdraw” | field
  complaint | on_last_day: acknowledge        | acknowledge     | aknowledge     | the clock “acknowledge”   | step
  complaint | ends_on: close, admit           | close           | closed         | the clock “review_window” | step
  complaint | opened_by: ask_complainant      | ask_complainant | ask_complaint  | the pause “question”      | step
  common    | opened_by: hold                 | hold            | holds          | the pause “hold”          | step
  roles     | Caseworker, side: regulator     | regulator       | regulater      | the role “caseworker”     | side
  roles     | own_item}                       | own_item        | own_items      | the role “contributor”    | relation
"""


@pytest.fixture
def edition(tmp_path: Path) -> Copy:
    return copy_to(tmp_path)


def said(edition: Copy) -> list[str]:
    """What is wrong with the edition, without the lines."""
    return [problem.split(": ", 1)[1] for problem in edition.problems()]


@pytest.mark.parametrize(
    "row", [[cell.strip(" ") for cell in row.split("|")] for row in MISSPELT.strip().splitlines()], ids=str
)
def test_9_a_misspelt_name(edition, row):
    """9. A name that is not there is named with its line, and with the name that was probably meant."""
    file, text, right, wrong, owner, what = row
    line = edition.line(f"{file}.yaml", text)
    edition.write(f"{file}.yaml", text, text.replace(right, wrong))

    sentence = f"{owner}: there is no {what} called “{wrong}”; is “{right}” meant?"
    assert f"{file}.yaml:{line}: {sentence}" in edition.problems()


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "fields.yaml",
            "choices: decline_reasons,",
            "choices: decline_reason,",
            (
                "the step “propose_decline”: the field “decline_reason”: there is no set of reason codes called "
                "“decline_reason”; is “decline_reasons” meant?"
            ),
        ),
        (
            "complaint.yaml",
            "{complainant: declined}",
            "{complainant: account_request}",
            "the step “decline”: the letter “account_request” is written to the body, not to the complainant.",
        ),
        (
            "complaint.yaml",
            "by {tell_review.last_day}.\n    body",
            "by {tell_reviews.last_day}.\n    body",
            "the stage “review_decided”: “{tell_reviews.last_day}” cannot stand here: no clock has such a day.",
        ),
        (
            "letters.yaml",
            "what we will look at:",
            "what {we} will look at:",
            "the letter “accepted”: “{we}” cannot stand here: no step asks for it.",
        ),
        (
            "letters.yaml",
            "      This does not mean that",
            "      {note}\n\n      This does not mean that",
            "the letter “declined”: “{note}” cannot stand here: the answer is not for the complainant.",
        ),
        (
            "complaint.yaml",
            "complainant: We accepted your complaint\n",
            'complainant: "{by} accepted your complaint"\n',
            "the step “accept”: “{by}” cannot stand here: it would name who works on the case.",
        ),
        (
            "complaint.yaml",
            '{staff: "{by} ended the representation"',
            '{staff: "{by} ended it: {reason}"',
            (
                "the step “end_representation”: “{reason}” cannot stand here: its words can be erased, and the timeline "
                "cannot."
            ),
        ),
        (
            "complaint.yaml",
            "complainant: We told you who can look into a part of your complaint}",
            'complainant: "We passed it on under {gateway}"}',
            "the step “refer_part”: “{gateway}” cannot stand here: the answer is not for the complainant.",
        ),
        (
            "complaint.yaml",
            "them: You asked for more time}",
            "them: You asked, complainant: They asked}",
            "the step “ask_more_time”: whoever is told as “them” is told once; take the other sentences out.",
        ),
        (
            "complaint.yaml",
            'says: {staff: "{by} proposed to decline the complaint"}',
            "says: {complainant: We may decline}",
            "the step “propose_decline”: says has no sentence for staff.",
        ),
    ],
)
def test_9_a_word_that_cannot_stand_where_it_does(edition, file, old, new, sentence):
    """9. A sentence or a letter uses only what is known there, what its readers may know, and nothing erasable."""
    edition.write(file, old, new)

    assert sentence in said(edition)


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (
            "{staff: Put in a message, body: Send a message, complainant: Send us a message}",
            ("the step “message_regulator”: there is no side that may take it called “body”."),
        ),
        (
            "{staff: Put in a message}",
            "the step “message_regulator”: its label has no words for complainant.",
        ),
        (
            "{complainant: Send us a message}",
            "the step “message_regulator”: its label has no words for staff.",
        ),
    ],
)
def test_9_a_label_for_each_side_that_may_take_the_step(edition, new, sentence):
    """9. A step that sides call by names of their own has one for each side that may take it, and for no other."""
    old = "{staff: Put in a message from the complainant, complainant: Send us a message}"
    edition.write("complaint.yaml", old, new)

    assert sentence in said(edition)


def test_each_side_reads_its_own_label(edition):
    """Staff read the label of staff, which stands in the tables of rules as well, and a complainant their own."""
    step = edition.load().kinds["complaint"].steps["message_regulator"]

    assert step.label == step.read_by("staff").label == "Put in a message from the complainant"
    assert step.read_by("complainant").label == "Send us a message"
