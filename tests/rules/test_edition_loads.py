"""Reading an edition: what is refused, with file and line, and what a reader can rely on when it is not."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from click.testing import CliRunner

from regulator.errors import Missing
from regulator.regime.cli import edition_group
from regulator.regime.loader import Registry, load, shipped
from regulator.regime.model import Kind
from tests.rules.edition_copy import SHIPPED, Copy, copy_to

EDITION = shipped()["2026-draft"]


@pytest.fixture
def edition(tmp_path: Path) -> Copy:
    return copy_to(tmp_path)


def names(kind: Kind) -> Registry:
    """An application that has everything a kind uses."""
    steps = kind.steps.values()
    return Registry(
        needs=frozenset({"record_stands"} | {need for step in steps for need in step.needs}),
        effects=frozenset(step.effect for step in steps if step.effect),
        forms=frozenset(step.form for step in steps if step.form),
    )


@pytest.mark.parametrize(
    "mistake",
    [
        (
            "complaint.yaml",
            "      needs: remit_answered, authority_settled\n",
            "      need: remit_answered, authority_settled\n",
            "      need:",
            "the step “accept”: there is no key called “need”; is “needs” meant?",
        ),
        (
            "complaint.yaml",
            "    decline:\n",
            "    accept:\n",
            "    accept:\n      from: declining",
            "“accept” is written twice.",
        ),
        (
            "complaint.yaml",
            "    return_to_screening:\n",
            "    hold:\n",
            "x",
            "the step “hold” is named twice.",
        ),
        (
            "complaint.yaml",
            "      who: intake_officer, system\n",
            "      who: []\n",
            "      who: []",
            "the step “acknowledge”: “who” names nobody.",
        ),
        (
            "complaint.yaml",
            "      who: intake_officer, system\n",
            "",
            "    acknowledge:\n      from",
            "the step “acknowledge”: “who” is missing.",
        ),
        (
            "complaint.yaml",
            "      label: Accept the complaint\n",
            "      label:\n",
            "      label:\n",
            "the step “accept”: “label” is empty.",
        ),
        (
            "complaint.yaml",
            "length: 6 months, form: B",
            "length: half a year, form: B",
            "    time: {length: half",
            (
                "“investigate”: “half a year” is not a length: write it like 28 days, 20 working days, 4 weeks, 24 hours "
                "or 6 months."
            ),
        ),
        (
            "complaint.yaml",
            "length: 20 wd, form: D",
            "length: 20 days, form: D",
            "    time: {length: 20 days",
            "the clock “screen”: Form D counts working days: give the length as, say, 20 working days.",
        ),
        (
            "complaint.yaml",
            "length: 6 months, form: B, calendar: england-and-wales",
            "length: 6 months, form: B, calendar: england-and-wale",
            "    time: {length: 6",
            "the clock “investigate”: there is no calendar called “england-and-wale”; is “england-and-wales” meant?",
        ),
        (
            "complaint.yaml",
            "    owed: regulator > complainant\n    starts: accept, send_back",
            "    owed: regulator\n    starts: accept, send_back",
            "    owed: regulator\n",
            "the clock “investigate”: write who owes it and to whom, such as regulator > complainant.",
        ),
        (
            "common.yaml",
            "at_most: 3 months",
            "at_most: 20 wd",
            "  hold: {label",
            "“hold”: A pause may last days, weeks or months, not 20 working days.",
        ),
        (
            "fields.yaml",
            "personal: yes, seen_by: body}\n  party:",
            "personal: perhaps, seen_by: body}\n  party:",
            "  message_to_body:",
            "“perhaps” is neither yes nor no.",
        ),
        (
            "edition.yaml",
            "in_force_from: 2026-11-23",
            "in_force_from: the autumn",
            "in_force_from:",
            "“the autumn” is not a day: write it like 2026-11-23.",
        ),
        (
            "edition.yaml",
            "in_service: complaint, ",
            "in_service: complaints, ",
            "in_service:",
            "there is no kind called “complaints”; is “complaint” meant?",
        ),
        (
            "roles.yaml",
            "side: outside, whose: own_case}\n  representative",
            "side: outside, whose: own_case\n  representative",
            "  representative",
            "this cannot be read as YAML: did not find expected ',' or '}'.",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(edition, mistake):
    """Whatever is wrong with a file is said with the file, the line and a sentence."""
    file, old, new, at, sentence = mistake
    edition.write(file, old, new)
    said = edition.problems()

    assert sentence in [problem.split(": ", 1)[1] for problem in said]
    if at != "x":
        assert f"{file}:{edition.line(file, at)}: {sentence}" in said


def test_everything_wrong_is_said_at_once(edition):
    """Somebody who made three mistakes in two files learns of all three, in the order of the files."""
    edition.write(
        "complaint.yaml",
        "      needs: remit_answered, authority_settled\n",
        "      needs: remit, authority_settled\n",
    )
    edition.write("complaint.yaml", "length: 6 months", "length: 6")
    edition.write("common.yaml", "      needs: no_owner\n", "      nedes: no_owner\n")

    assert [problem.partition(":")[0] for problem in edition.problems()] == [
        "common.yaml",
        "complaint.yaml",
        "complaint.yaml",
    ]


@pytest.mark.parametrize("file", ["common.yaml", "roles.yaml", "letters.yaml", "needs.yaml"])
def test_a_file_that_is_not_there(edition, file):
    """An edition without one of its files says which is missing."""
    (edition.path / file).unlink()

    assert f"edition.yaml:1: the edition has no {file}." in edition.problems()


def test_a_folder_that_is_no_edition(tmp_path):
    """A folder without an edition in it is said to be none."""
    with pytest.raises(Missing, match=r"is not an edition: it has no edition\.yaml"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        ("needs", "the application has no need “remit_answered”"),
        ("effects", "the application has no effect “accept”"),
        ("forms", "the application has no form “remit_test”"),
    ],
)
def test_a_kind_in_service_uses_only_what_the_application_has(edition, kept, sentence):
    """A kind in service that names a need, an effect or a form the application lacks is refused, line by line."""
    edition.serve("complaint")
    whole = names(EDITION.kinds["complaint"])
    lacking = Registry(
        **{**vars(whole), kept: getattr(whole, kept) - {"remit_answered", "accept", "remit_test"}}
    )

    assert any(sentence in problem for problem in edition.problems(lacking))
    assert edition.problems(whole) == []


def test_a_kind_not_in_service_lists_what_it_awaits(tmp_path):
    """A kind that is not yet in service loads, and lists the names it awaits from the application."""
    copy = copy_to(tmp_path, "audit")
    copy.serve("complaint")
    audit = copy.load(names(EDITION.kinds["complaint"])).kinds["audit"]

    assert not audit.in_service
    assert audit.awaits == ("need “every_recommendation_verified”",)


def test_the_digest_changes_with_every_word(edition):
    """Two editions have the same digest only if every byte of every file is the same."""
    before = load(SHIPPED).digest
    copied = edition.load().digest
    edition.write("complaint.yaml", "label: Accept the complaint", "label: Accept this complaint")

    assert before == copied == EDITION.digest
    assert edition.load().digest != before


def test_an_edition_cannot_be_changed():
    """Once read, an edition stays as it is."""
    with pytest.raises(FrozenInstanceError):
        EDITION.title = "Another"


def test_words_that_stand_for_several():
    """Staff, any, open and from..to are spread to what they stand for, and what counts as a step is kept out with it."""
    note = EDITION.kinds["complaint"].steps["add_note"]
    reopen = EDITION.kinds["complaint"].steps["reopen"]

    assert len(note.who) == 9
    assert len(note.from_) == 13
    assert reopen.from_ == ("closed", "not_accepted", "withdrawn", "merged")


def test_what_counts_as_a_step_is_ruled_out_with_it(tmp_path):
    """Whoever may not have proposed may not have amended the proposal either, though the row names proposing alone."""
    enforcement = copy_to(tmp_path, "enforcement").load().kinds["enforcement"]

    assert enforcement.steps["sign"].not_by == ("propose", "amend_proposal", "reopen")


def check(path: Path, registry: Registry | None = None) -> tuple[int, str]:
    """What `regulator edition check` answers: its exit code and what it prints."""
    given = (lambda: registry) if registry else None
    result = CliRunner().invoke(edition_group, ["check", str(path)], obj=given)
    return result.exit_code, result.output


def test_check_proves_the_shipped_edition():
    """The command says of each kind that all nine are proved."""
    code, said = check(SHIPPED)

    assert code == 0
    assert "2026-draft: complaint proved (9 of 9): 13 stages, 74 steps, 11 clocks; in service" in said


def test_check_says_what_a_kind_awaits(tmp_path):
    """Told what the application has, the command lists what a kind not in service awaits."""
    copy = copy_to(tmp_path, "audit")
    copy.serve("complaint")
    code, said = check(copy.path, names(EDITION.kinds["complaint"]))

    assert code == 0
    assert "audit proved (9 of 9)" in said
    assert "not in service\n  awaits needs: every_recommendation_verified\n" in said
    assert max(map(len, said.splitlines())) <= 100


def test_check_says_line_by_line_what_is_wrong(edition):
    """The command prints a line for each thing wrong, and exits 1."""
    edition.write(
        "complaint.yaml",
        "      needs: remit_answered, authority_settled\n",
        "      needs: remit_answer, authority_settled\n",
    )
    line = edition.line("complaint.yaml", "      needs: remit_answer, authority_settled\n")

    assert check(edition.path) == (
        1,
        f"complaint.yaml:{line}: the step “accept”: there is no need called “remit_answer”; is “remit_answered” meant?\n",
    )


def test_check_of_something_else(tmp_path):
    """The command says in one sentence that a folder is no edition, and exits 2."""
    assert check(tmp_path) == (2, f"{tmp_path} is not an edition: it has no edition.yaml.\n")
