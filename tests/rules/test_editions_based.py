"""An edition based on another: what it says again is laid over the other’s rows, and each mistake has its sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from regulator.regime.loader import EDITIONS, load, shipped
from tests.rules.edition_copy import Copy

DPA, DRAFT = "dpa-2018", "2026-draft"
BOTH = shipped()


@pytest.fixture
def edition(tmp_path: Path) -> Copy:
    """The edition that is based on another, with that other beside it."""
    for name in (DPA, DRAFT):
        shutil.copytree(EDITIONS / name, tmp_path / name)
    return Copy(tmp_path / DPA)


def add(edition: Copy, file: str, text: str) -> int:
    """Write more into a file of the edition; the line on which that begins."""
    path = edition.path / file
    before = path.read_text() if path.exists() else ""
    path.write_text(before + text)
    return before.count("\n") + 1


def test_both_editions_hold():
    """Nothing is wrong with either edition, and the second has only the kind that it names."""
    assert sorted(BOTH) == [DRAFT, DPA]
    assert list(BOTH[DPA].kinds) == ["enforcement"]


def test_what_is_not_said_again_is_the_others():
    """A step, a letter, a role or a standard that the edition says nothing of is that of its base, word for word."""
    ours, theirs = BOTH[DPA], BOTH[DRAFT]
    for step in ("sign", "hold"):
        same, first = (edition.kinds["enforcement"].steps[step] for edition in (ours, theirs))
        assert (same.who, same.needs, same.says, same.label) == (
            first.who,
            first.needs,
            first.says,
            first.label,
        )
        assert str(same.where) == f"2026-draft/{first.where}"
    assert ours.roles.keys() == theirs.roles.keys()
    assert ours.letters["warning"].text == theirs.letters["warning"].text


def test_a_row_that_is_said_again_keeps_what_it_does_not_say():
    """A step whose needs alone are said again keeps its form, its questions and its words."""
    ours, theirs = (BOTH[name].kinds["enforcement"].steps["propose"] for name in (DPA, DRAFT))

    assert ours.needs == ("preconditions_answered", "each_step_has_its_date")
    assert theirs.needs == ("body_may_be_given_it", *ours.needs)
    assert (ours.form, ours.says, ours.effect) == (theirs.form, theirs.says, theirs.effect)
    assert [field.name for field in ours.fields] == [field.name for field in theirs.fields]


def test_what_is_gone_is_not_there():
    """A step, a clock, an answer or a key that is said to be gone is not in the edition, and still in its base."""
    ours, theirs = (BOTH[name].kinds["enforcement"] for name in (DPA, DRAFT))

    assert "certify_step" in theirs.steps
    assert "certify_step" not in ours.steps
    assert "decide_after_intent" not in ours.clocks
    assert ours.clocks["compliance"].ends_on == ("vary",)
    assert [choice.code for choice in BOTH[DPA].choices("suspensions")] == ["by_court"]
    assert ours.steps["decide_more_time"].needs == ("more_time_asked", "within_extension_limit")


def test_a_fault_is_told_where_its_row_was_written(edition):
    """A mistake in the base is told with the base’s file and line, one in the edition with its own."""
    base = Copy(edition.path.parent / DRAFT)
    base.write("enforcement.yaml", "      needs: final_cleared, steps", "      needs: final_clear, steps")
    edition.write(
        "enforcement.yaml", "needs: enforcement_notice, appeal", "needs: enforcement_notices, appeal"
    )
    theirs = base.line("enforcement.yaml", "      needs: final_clear,")
    ours = edition.line("enforcement.yaml", "      needs: enforcement_notices")

    no_need = "there is no need called"
    assert edition.problems() == [
        f"2026-draft/enforcement.yaml:{theirs}: the step “sign”: {no_need} “final_clear”; is “final_cleared” meant?",
        f"enforcement.yaml:{ours}: the step “apply_for_change”: {no_need} “enforcement_notices”; is “enforcement_notice” meant?",
    ]


def test_a_proof_names_the_row_that_breaks_it(edition):
    """What a changed row breaks is told at that row, with the path of steps through both editions."""
    edition.write(
        "enforcement.yaml",
        '      says: {staff: "{by} went on',
        '      needs: gone\n      says: {staff: "{by} went on',
    )
    line = edition.line("enforcement.yaml", "    dispense_with_intent:")

    assert edition.problems() == [
        f"enforcement.yaml:{line}: the step “dispense_with_intent” must need “urgent_or_information_or_audit_notice”."
    ]


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        (
            "needs.yaml",
            "  no_owners: gone\n",
            "2026-draft: there is no row to take away called “no_owners”; is “no_owner” meant?",
        ),
        ("needs.yaml", "  restricted: To some\n  restricted: To few\n", "“restricted” is written twice."),
        (
            "fields.yaml",
            "  signatures: {label: I sign it}\n",
            "the field “signatures”: “kind” is missing, and 2026-draft has no such row to change.",
        ),
        (
            "roles.yaml",
            "roles:\n  clerk: {label: Clerk, sides: body}\n",
            "the role “clerk”: there is no key called “sides”; is “side” meant?",
        ),
    ],
)
def test_a_row_that_cannot_be_laid_over_another(edition, file, text, sentence):
    """A row to take away or to change that the base does not have, or one written twice, is named on its line."""
    line = add(edition, file, text)

    assert sentence in [
        problem.split(": ", 1)[1] for problem in edition.problems() if int(problem.split(":")[1]) >= line
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "based_on: 2026-draft",
            "based_on: 2026-drafts",
            "there is no edition beside this one called “2026-drafts”; is “2026-draft” meant?",
        ),
        (
            "based_on: 2026-draft",
            "based_on: dpa-2018",
            "the edition is based on itself (dpa-2018 > dpa-2018).",
        ),
        (
            "kinds: enforcement ",
            "kinds: enforcements ",
            "there is no kind called “enforcements”; is “enforcement” meant?",
        ),
        (
            "in_service: enforcement",
            "in_service: complaint",
            "there is no kind called “complaint”.",
        ),
    ],
)
def test_a_base_or_a_kind_that_is_not_there(edition, old, new, sentence):
    """An edition based on one that is not there, or on itself, or with a kind it does not have, is refused."""
    edition.write("edition.yaml", old, new)
    line = edition.line("edition.yaml", new.split("\n", maxsplit=1)[0])

    assert f"edition.yaml:{line}: {sentence}" in edition.problems()


def test_editions_based_on_each_other(edition):
    """Two editions that are based on each other are refused, with the way round."""
    base = Copy(edition.path.parent / DRAFT)
    line = add(base, "edition.yaml", "based_on: dpa-2018\n")

    assert (
        f"2026-draft/edition.yaml:{line}: the edition is based on itself (dpa-2018 > 2026-draft > dpa-2018)."
        in (edition.problems())
    )


def test_the_digest_covers_the_bytes_of_both(edition):
    """A change of one word in the base changes the fingerprint of the edition based on it, and the other way round."""
    base = Copy(edition.path.parent / DRAFT)
    before = edition.load().digest, base.load().digest
    assert before == (BOTH[DPA].digest, BOTH[DRAFT].digest)

    base.write("complaint.yaml", "label: Accept the complaint", "label: Accept this complaint")
    changed = edition.load().digest
    edition.write("letters.yaml", "subject: A step of a notice is done", "subject: A step is done")

    assert len({before[0], changed, edition.load().digest}) == 3


def test_an_edition_based_on_one_that_is_based_on_a_third(edition):
    """A third edition may change what the second took from the first."""
    third = edition.path.parent / "dpa-2026"
    third.mkdir()
    (third / "edition.yaml").write_text(
        "name: dpa-2026\ntitle: A third\nin_force_from: 2026-02-05\nbased_on: dpa-2018\nkinds: enforcement\n"
    )
    (third / "enforcement.yaml").write_text("clocks:\n  change: {time: {length: 21 days}}\n")

    change = load(third).kinds["enforcement"].clocks["change"]
    assert (str(change.rule.length), change.label) == ("21 days", "Answer a request to cancel or vary")
    assert "certify_step" not in load(third).kinds["enforcement"].steps


def test_a_file_of_no_kind_that_is_named(edition):
    """A file whose name is misspelt would change nothing, and is told."""
    add(edition, "enforcment.yaml", "clocks:\n  change: gone\n")

    assert edition.problems() == [
        "enforcment.yaml:1: there is no kind that edition.yaml names called “enforcment”; is “enforcement” meant?"
    ]
