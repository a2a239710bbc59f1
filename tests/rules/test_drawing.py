"""The workflow drawn: every stage and move once, nothing across words, and the same in a table."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise, product
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from regulator.regime.drawing import draw, outline
from regulator.regime.drawing_cli import draw_command
from regulator.regime.layout import lay_out
from regulator.regime.lettering import LINE, SIZE, fold, width
from regulator.regime.loader import shipped
from regulator.regime.workflow import workflow
from tests.rules.small_kind import KIND, STEPS, stage, step

SVG = "{http://www.w3.org/2000/svg}"
COMPLAINT = shipped()["2026-draft"].kinds["complaint"]
BUSY = replace(
    KIND,
    steps={
        s.name: s
        for s in [*STEPS, step("skip", "received looking", "told", "manager", "Skip a <whole> stage")]
    },
)


def texts(svg):
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


def area(words):
    wide = max(width(line) for line in words.lines)
    left = words.x if words.anchor == "start" else words.x - wide
    return left, words.y - SIZE * 0.75, left + wide, words.y + LINE * (len(words.lines) - 1) + 2


def room(box):
    return box.x, box.y, box.x + box.w, box.y + box.h


def meet(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def strokes(arrow):
    """Each straight piece of a line as an area of no width."""
    return [(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in pairwise(arrow.points)]


EVERY_PICTURE = pytest.mark.parametrize(
    ("kind", "audience"),
    [(COMPLAINT, "staff"), (COMPLAINT, "complainant"), (COMPLAINT, "body"), (KIND, "staff"), (BUSY, "staff")],
)


@EVERY_PICTURE
def test_no_line_crosses_a_word_or_a_box(kind, audience):
    """Every label can be read: no line runs through it, and none runs through a stage."""
    paper = lay_out(workflow(kind, audience))

    lines = [stroke for arrow in paper.arrows for stroke in strokes(arrow)]
    words = [area(arrow.words) for arrow in paper.arrows]
    assert [w for w in words for line in lines if meet(w, line)] == []
    assert [b.name for b in paper.boxes for line in lines if meet(room(b), line)] == []


@EVERY_PICTURE
def test_words_and_boxes_stand_apart(kind, audience):
    """No label touches another label or a stage, no stage another stage, and all of it is on the paper."""
    paper = lay_out(workflow(kind, audience))

    areas = [area(arrow.words) for arrow in paper.arrows] + [room(box) for box in paper.boxes]
    assert [pair for pair in combinations(areas, 2) if meet(*pair)] == []
    assert all(
        x >= 0 and y >= 0 and right <= paper.width and low <= paper.height for x, y, right, low in areas
    )


@EVERY_PICTURE
def test_every_arrow_leads_from_its_stage_to_the_next(kind, audience):
    """Each line begins at the edge of the stage it leaves and ends at the edge of the one it enters."""
    paper = lay_out(workflow(kind, audience))
    boxes = {box.name: box for box in paper.boxes}

    for arrow in paper.arrows:
        if arrow.move.source is not None:
            assert on_edge(arrow.points[0], boxes[arrow.move.source])
        assert on_edge(arrow.points[-1], boxes[arrow.move.to])


def on_edge(point, box):
    (x, y), (left, top, right, bottom) = point, room(box)
    return (x in {left, right} and top <= y <= bottom) or (y in {top, bottom} and left <= x <= right)


@given(st.randoms(use_true_random=False))
def test_whatever_the_kind_its_lines_are_told_apart(random):
    """In any kind, no line crosses words or stages, and two lines run together only towards the same stage."""
    paper = lay_out(workflow(any_kind(random)))

    lines = [stroke for arrow in paper.arrows for stroke in strokes(arrow)]
    solid = [area(arrow.words) for arrow in paper.arrows] + [room(box) for box in paper.boxes]
    assert not any(meet(thing, line) for thing in solid for line in lines)
    assert not any(meet(*pair) for pair in combinations(solid, 2))
    assert not any(a.move.to != b.move.to and run_together(a, b) for a, b in combinations(paper.arrows, 2))


def any_kind(random):
    stages = [stage(f"s{n}", f"Stage number {n}") for n in range(random.randint(3, 9))]
    ends = [stage(f"e{n}", f"End {n}", end=True) for n in range(random.randint(1, 4))]
    names = [s.name for s in stages + ends]
    steps = [step("open", "", "s0", "manager", opens=True)]
    steps += [step(f"go_on_{n}", a, b, "manager") for n, (a, b) in enumerate(pairwise(names[: len(stages)]))]
    for n in range(random.randint(3, 16)):
        to = random.choice(names)
        label = random.choice(
            ["Reopen", "Confirm the withdrawal", "Send the complaint back to be looked at again"]
        )
        steps.append(step(f"other_{n}", {*random.sample(names, 3)} - {to}, to, "manager", label))
    named = {s.name: s for s in stages + ends}
    return replace(KIND, stages=named, steps={s.name: s for s in steps}, clocks={}, pauses={})


def run_together(a, b):
    """Whether two lines share more than a point where they cross."""
    for one, other in product(strokes(a), strokes(b)):
        upright = one[0] == one[2] == other[0] == other[2] and one[1] < other[3] and other[1] < one[3]
        level = one[1] == one[3] == other[1] == other[3] and one[0] < other[2] and other[0] < one[2]
        if upright or level:
            return True
    return False


def test_a_thousand_pixels_are_enough():
    """The complaint is readable on a page a thousand pixels wide."""
    assert lay_out(workflow(COMPLAINT)).width <= 1000


def test_the_picture_shows_every_stage_and_every_step_that_moves_a_case():
    """Each stage is named, and each step is named wherever it leads from."""
    shown = " ".join(texts(draw(COMPLAINT)))

    for one in COMPLAINT.stages.values():
        assert one.label in shown
    for each in COMPLAINT.steps.values():
        if each.moves:
            assert shown.count(each.label) >= (len(each.from_) if each.to in COMPLAINT.stages else 1)


def test_the_picture_says_in_words_what_it_is():
    """An image with a title and a description, which a screen reader tells instead of the lines."""
    root = ET.fromstring(draw(KIND, ["received", "screening"]))

    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == "Small complaint: stages and steps"
    assert desc.text.endswith("This case stood at: Received, Screening. It stands at Screening.")


def test_the_picture_needs_no_style():
    """A page that forbids styles and scripts still shows it."""
    assert not re.search(r"style|<script|href|url\(", draw(COMPLAINT, ["received", "screening"]))


def test_words_from_the_edition_are_escaped():
    """A label is text, whatever signs it holds."""
    assert any(text and "<whole>" in text for text in texts(draw(BUSY)))


def test_a_cases_own_path_is_numbered_and_marked_not_by_colour_alone():
    """Each stage the case stood at carries the number of each time; the last says that the case is there."""
    plain, own = draw(KIND), draw(KIND, ["received", "screening", "declining", "screening"])

    assert "the case is here" in texts(own)
    assert {"1", "2, 4", "3"} <= set(texts(own))
    assert 'stroke-width="4"' in own
    assert 'stroke-width="4"' not in plain


def test_a_path_through_a_reversal_draws_no_arrow_that_is_not_there():
    """Going back by a reversal is told by the numbers; there is no such step to draw."""
    own = draw(KIND, ["received", "looking"])

    assert {"1", "2"} <= set(texts(own))
    assert 'stroke-width="4"' not in own


def test_steps_that_lead_back_are_told_below():
    """A step no arrow can show is named under the picture."""
    assert any("“Reverse”" in text for text in texts(draw(KIND)))


def test_an_outsider_is_shown_only_what_they_may_see():
    """The complainant sees one stage where two read the same, and the body nothing before it is told."""
    assert "Declining" not in texts(draw(COMPLAINT, ["received", "declining"], audience="complainant"))
    assert outline(COMPLAINT, audience="body")[0].stage == "Investigating"


def test_stages_that_read_the_same_are_one_on_an_outsiders_path():
    """Screening, declining and screening again are one stay to the complainant."""
    rows = outline(COMPLAINT, ["received", "screening", "declining", "screening"], audience="complainant")

    assert [(row.stage, row.visits, row.is_now) for row in rows[:2]] == [
        ("Received", (1,), False),
        ("Screening", (2,), True),
    ]


def test_the_table_tells_the_same_as_the_picture():
    """Every stage has a row with its ways out, who may take them and where they lead."""
    rows = {row.stage: row for row in outline(KIND, ["received", "screening", "looking"])}

    assert [(way.label, way.who, way.to) for way in rows["Screening"].ways_out] == [
        ("Accept the complaint", "an intake officer or a caseworker", "Looking into it"),
        ("Propose to decline", "an intake officer or a caseworker", "Declining"),
    ]
    assert (rows["Looking into it"].is_now, rows["Looking into it"].visits) == (True, (3,))
    assert rows["Closed"].is_end


def test_a_label_is_broken_between_words():
    """Lines are no wider than allowed unless a single word is."""
    assert fold("Send the complaint back", 100) == ("Send the", "complaint back")
    assert fold("Incomprehensibilities", 20) == ("Incomprehensibilities",)
    assert fold("", 20) == ()


# At the command line


def test_a_kind_is_drawn_to_a_file(tmp_path):
    """The picture is written where it was asked for, and the terminal says so."""
    file = tmp_path / "complaint.svg"

    ran = CliRunner().invoke(draw_command, ["complaint", "-o", str(file)])
    assert (ran.exit_code, ran.output) == (0, f"The workflow of the kind “complaint” is in {file}.\n")
    assert file.read_text() == draw(COMPLAINT)


def test_a_kind_is_drawn_to_the_terminal():
    """Without a file the picture itself is printed."""
    ran = CliRunner().invoke(draw_command, ["complaint", "--edition", "2026-draft"])

    assert (ran.exit_code, ran.output) == (0, draw(COMPLAINT))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["tea"],
            "The edition 2026-draft has no kind of case “tea”: it has audit, complaint, enforcement, inspection",
        ),
        (["complaint", "--edition", "1999"], "There is no edition “1999”: there is 2026-draft and dpa-2018."),
        (["complaint", "-o", "/nowhere/at/all.svg"], "/nowhere/at/all.svg cannot be written: No such file"),
    ],
)
def test_what_cannot_be_drawn_gets_one_sentence(words, sentence):
    """An unknown kind or edition, and a place that cannot be written, each get one sentence and exit 2."""
    ran = CliRunner().invoke(draw_command, words)

    assert ran.exit_code == 2
    assert ran.stderr.startswith(sentence)
    assert ran.stderr.count("\n") == 1
