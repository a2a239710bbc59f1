"""`regulator deadline` prints a date and how it was reached, or one sentence that says what is wrong."""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner, Result

from regulator.deadlines.cli import deadline_command


def deadline(*words: str) -> Result:
    """The command as the console runs it, among others of one program."""
    program = click.Group("regulator", commands=[deadline_command])
    return CliRunner().invoke(program, ["deadline", *words])


def asked(**changed: str | None) -> list[str]:
    given = {
        "form": "B",
        "length": "28 days",
        "from": "2026-04-01",
        "calendar": "england-and-wales",
    } | changed
    return [word for name, value in given.items() if value is not None for word in (f"--{name}", value)]


def test_it_prints_the_last_day_and_the_derivation():
    """The first line is the last day; the derivation follows in sentences."""
    result = deadline(*asked())

    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "Last day: Wednesday 29 April 2026"
    assert "The time allowed is 28 days, starting with the day after." in result.stdout


def test_it_prints_the_last_moment():
    """Where there is a cut-off the first line is the last moment, in London time."""
    result = deadline(*asked(cutoff="17:00"))

    assert result.stdout.splitlines()[0] == "Last moment: 5pm on 29 April 2026, London time"


def test_json_has_four_parts():
    """JSON has the last day, the last moment in UTC, the original last day and the derivation."""
    result = deadline(*asked(form="C", calendar="act-1971", **{"from": "2024-02-19"}), "--json")

    told = json.loads(result.stdout)
    assert list(told) == ["last_day", "last_moment", "original_last_day", "derivation"]
    assert told["last_day"] == told["original_last_day"] == "2024-03-18"
    assert told["last_moment"] == "2024-03-18T17:00:00Z"
    assert told["derivation"]["calendar"] == "act-1971"


def test_json_of_a_whole_day_has_no_moment():
    """Without a cut-off or hours there is no last moment."""
    assert json.loads(deadline(*asked(), "--json").stdout)["last_moment"] is None


@pytest.mark.parametrize(
    ("words", "last_day", "last_moment"),
    [
        (asked(**{"from": "2026-04-01T15:30"}), "2026-04-29", None),
        (asked(**{"from": "2026-06-30T23:30Z"}), "2026-07-29", None),
        ([*asked(pause="2026-04-10..2026-04-14"), "--pause", "2026-04-12..2026-04-16"], "2026-05-06", None),
        ([*asked(extend="7 days"), "--extend", "1 month"], "2026-06-06", None),
        ([*asked(length="30 days"), "--roll"], "2026-05-01", None),
        ([*asked(length="31 days"), "--roll"], "2026-05-05", None),
        (asked(cutoff="17:00"), "2026-04-29", "2026-04-29T16:00:00Z"),
        (
            asked(form="H", length="24 hours", **{"from": "2026-10-24T12:00"}),
            "2026-10-25",
            "2026-10-25T11:00:00Z",
        ),
        (asked(form="I", length="40 days", ignore="2026-04-03..2026-04-12"), "2026-05-20", None),
        (asked(form="I", length="40 days", ignore="prorogation:2026-04-03..2026-04-04"), "2026-05-12", None),
        (asked(form="D", length="20 wd", calendar="uk-any", **{"from": "2026-11-02"}), "2026-12-01", None),
    ],
)
def test_each_option_does_its_part(words, last_day, last_moment):
    """Each option moves the date, or the moment, as it says."""
    told = json.loads(deadline(*words, "--json").stdout)

    assert (told["last_day"], told["last_moment"]) == (last_day, last_moment)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "--form is missing; --help shows what it takes."),
        (asked(calendar=None), "--calendar is missing; --help shows what it takes."),
        (asked(form="Z"), "“Z” is not a form of words: use A, A', B, C, D, E, F, G, H, I."),
        (
            asked(length="soon"),
            "“soon” is not a length: write it like 28 days, 20 working days, 4 weeks, 24 hours or 6 months.",
        ),
        (asked(length="0 days"), "A length must be between 1 and 10,000 days."),
        (asked(**{"from": "1 April"}), "“1 April” is not a date: write it like 2026-04-01."),
        (asked(**{"from": "2026-02-30"}), "“2026-02-30” is not a date: there is no such day."),
        (
            asked(**{"from": "2026-04-01T25:00"}),
            "“2026-04-01T25:00” is not a moment: write it like 2026-04-01T15:30, in London time.",
        ),
        (
            asked(**{"from": "2026-03-29T01:30"}),
            "01:30 never came on 29 March 2026: the clocks went forward.",
        ),
        (
            asked(**{"from": "0001-01-01T00:00+14:00"}),
            "“0001-01-01T00:00+14:00” is too far away to count from.",
        ),
        (asked(**{"from": "9999-12-20"}), "That would end after the year 9999."),
        (
            asked(calendar="wales"),
            "“wales” is not a calendar: use england-and-wales, scotland, northern-ireland, uk-any, act-1971.",
        ),
        (asked(cutoff="5pm"), "“5pm” is not a time of day: write it like 17:00."),
        (asked(cutoff="24:00"), "“24:00” is not a time of day: write it like 17:00."),
        (
            asked(pause="2026-04-10"),
            "“2026-04-10” is not an interval: write its first and last day like 2026-04-01..2026-04-10.",
        ),
        (asked(pause="2026-04-10..soon"), "“soon” is not a date: write it like 2026-04-01."),
        (
            asked(pause="2026-04-10..2026-04-01"),
            "A pause cannot end on 1 April 2026, before it starts on 10 April 2026.",
        ),
        (
            asked(ignore="2026-04-03..2026-04-12"),
            "Form B does not ignore Parliament’s absence: only form I does.",
        ),
        (
            asked(form="I", ignore="holiday:2026-04-03..2026-04-12"),
            "“holiday” is not how Parliament can be away: use dissolution, prorogation, recess.",
        ),
        (asked(extend="24 hours"), "A period of days cannot be extended by hours."),
        (asked(form="D"), "Form D counts working days: give the length as, say, 20 working days."),
        (asked(form="H"), "Form H runs by the clock: give the time of day it started, not only the day."),
        (
            asked(form="D", length="20 wd", **{"from": "2036-01-01"}),
            "The England and Wales calendar covers 2010 to 2035, so it cannot count in 2036.",
        ),
        ([*asked(), "--surprise"], "No such option '--surprise'."),
        ([*asked(), "tomorrow"], "Got unexpected extra argument (tomorrow)."),
    ],
)
def test_bad_input_gets_one_sentence(words, sentence):
    """What cannot be counted is answered with one sentence on stderr, nothing on stdout, and exit 2."""
    result = deadline(*words)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{sentence}\n")
