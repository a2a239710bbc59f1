"""A rule says what a period’s words mean, and refuses words that mean nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from regulator.deadlines.calendar import packaged
from regulator.deadlines.count import count
from regulator.deadlines.rule import Form, Length, Rule, Unit

CALENDAR = packaged("england-and-wales")


def last_day(form: Form, length: str, trigger: date) -> date:
    return count(Rule.of(form, Length.parse(length)), trigger, CALENDAR).last_day


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("28 days", 28, Unit.DAYS),
        ("1 day", 1, Unit.DAYS),
        ("20 wd", 20, Unit.WORKING_DAYS),
        (" 20  Working Days ", 20, Unit.WORKING_DAYS),
        ("4 weeks", 4, Unit.WEEKS),
        ("24 hours", 24, Unit.HOURS),
        ("6months", 6, Unit.MONTHS),
    ],
)
def test_length_is_read_as_written(text, amount, unit):
    """A length is read from the words people use for it."""
    assert Length.parse(text) == Length(amount, unit)


@pytest.mark.parametrize(
    "text", ["", "28", "days", "28 moons", "-3 days", "1.5 days", "٣ days", "28 days off"]
)
def test_length_that_is_none(text):
    """Text that is no length is refused with the ways to write one."""
    with pytest.raises(ValueError, match="write it like 28 days, 20 working days"):
        Length.parse(text)


@pytest.mark.parametrize("text", ["0 days", "10001 days"])
def test_length_out_of_bounds(text):
    """Nothing, and more than ten thousand, is refused as a length."""
    with pytest.raises(ValueError, match="between 1 and 10,000 days"):
        Length.parse(text)


@pytest.mark.parametrize("words", ["28 days", "1 day", "20 working days", "1 week", "6 months", "24 hours"])
def test_length_reads_back(words):
    """A length written out can be read in again."""
    assert str(Length.parse(words)) == words


@pytest.mark.parametrize(
    ("form", "roll", "cutoff"),
    [(Form.B, False, None), (Form.C, True, time(17)), (Form.G, True, None), (Form.D, False, None)],
)
def test_what_a_form_implies(form, roll, cutoff):
    """Form C ends at 5pm on a working day and form G on a working day; the others say nothing of it."""
    rule = Rule.of(form, Length.parse("20 wd"))

    assert (rule.roll, rule.cutoff) == (roll, cutoff)


def test_what_a_rule_says_wins():
    """A rule that says otherwise keeps neither the roll nor the 5pm its form would imply."""
    rule = Rule.of(Form.C, Length.parse("28 days"), roll=False, cutoff=time(12))

    assert (rule.roll, rule.cutoff) == (False, time(12))
    assert Rule(Form.C, Length.parse("28 days")).cutoff is None


@pytest.mark.parametrize(
    ("form", "length", "roll", "cutoff", "sentence"),
    [
        (Form.D, "20 days", False, None, "Form D counts working days"),
        (Form.E, "6 months", False, None, "Form E counts working days"),
        (Form.H, "3 wd", False, None, "Form H runs by the clock"),
        (Form.H, "1 month", False, None, "Form H runs by the clock"),
        (Form.B, "24 hours", False, None, "only form H counts hours"),
        (Form.H, "24 hours", True, None, "does not roll"),
        (Form.H, "24 hours", False, time(17), "takes no cut-off time"),
        (Form.B, "28 days", False, time(17, tzinfo=UTC), "without a time zone"),
    ],
)
def test_rule_that_contradicts_itself(form, length, roll, cutoff, sentence):
    """A rule whose form, length and end do not go together is refused."""
    with pytest.raises(ValueError, match=sentence):
        Rule(form, Length.parse(length), roll=roll, cutoff=cutoff)


@pytest.mark.parametrize(("text", "form"), [("A'", Form.A_GIVEN), ("a’", Form.A_GIVEN), ("b", Form.B)])
def test_form_is_named_by_its_letter(text, form):
    """A form is named by its letter, with either apostrophe and in either case."""
    assert Form.parse(text) is form


def test_form_that_is_none():
    """A letter that names no form is refused with those that do."""
    with pytest.raises(ValueError, match="use A, A', B, C"):
        Form.parse("Z")


@pytest.mark.parametrize(
    ("trigger", "months", "end"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 9, 30), 4, date(2027, 1, 30)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_end_on_the_corresponding_date(trigger, months, end):
    """Months from the day after end on the date with the trigger’s number, or on the month’s last day."""
    assert last_day(Form.B, f"{months} months", trigger) == end


@pytest.mark.parametrize(
    ("trigger", "months", "end"),
    [
        (date(2026, 3, 2), 6, date(2026, 9, 1)),
        (date(2026, 3, 1), 1, date(2026, 3, 31)),
        (date(2026, 8, 28), 6, date(2027, 2, 27)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 30), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_beginning_with_the_day(trigger, months, end):
    """Months beginning with the day end the day before the corresponding date, or on the month’s last day."""
    assert last_day(Form.A, f"{months} months", trigger) == end


def test_weeks_are_seven_days_each():
    """Four weeks end on the same weekday from the day after, and the day before it where the day counts."""
    assert last_day(Form.B, "4 weeks", date(2026, 3, 3)) == date(2026, 3, 31)
    assert last_day(Form.A, "4 weeks", date(2026, 3, 3)) == date(2026, 3, 30)


def test_working_days_beginning_with_the_day():
    """A form that counts its day counts it as the first working day, if it is one."""
    assert last_day(Form.A, "5 wd", date(2026, 3, 2)) == date(2026, 3, 6)
    assert last_day(Form.A, "5 wd", date(2026, 2, 28)) == date(2026, 3, 6)


@pytest.mark.parametrize("form", list(Form))
def test_every_form_has_words(form):
    """Every form of words can be told with its length."""
    rule = Rule.of(
        form, Length.parse("1 week" if form is Form.H else "3 wd" if form in {Form.D, Form.E} else "3 days")
    )

    assert str(rule.length) in rule.words or "3rd working day" in rule.words


def test_a_moment_counts_by_its_london_day():
    """Half past midnight in a London summer is still the evening before in UTC, and counts as the London day."""
    moment = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    result = count(Rule.of(Form.B, Length.parse("28 days")), moment, CALENDAR)

    assert result.last_day == date(2026, 7, 29)


def test_a_moment_without_a_zone_is_refused():
    """A moment that does not say its time zone starts nothing."""
    with pytest.raises(ValueError, match="must say its time zone"):
        count(Rule.of(Form.B, Length.parse("28 days")), datetime(2026, 6, 30), CALENDAR)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("length", "cutoff"), [("28 days", None), ("10000 months", None), ("11 days", time(17))]
)
def test_past_the_last_year_is_refused(length, cutoff):
    """A period that would end after the year 9999 is refused, and one that ends on its last day is not."""
    rule = Rule(Form.B, Length.parse(length), cutoff=cutoff)

    if cutoff:
        assert count(rule, date(9999, 12, 20), CALENDAR).last_day == date.max
    else:
        with pytest.raises(ValueError, match="after the year 9999"):
            count(rule, date(9999, 12, 20), CALENDAR)
