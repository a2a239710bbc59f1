"""What holds of every deadline, whatever its rule, its trigger and what happens to it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from regulator.deadlines.calendar import CalendarName, packaged
from regulator.deadlines.changes import Absence, Away, Extension, Pause
from regulator.deadlines.count import Result, count, recount
from regulator.deadlines.derivation import Derivation
from regulator.deadlines.rule import Form, Length, Rule, Unit

FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)
UNITS = {
    Form.D: [Unit.WORKING_DAYS],
    Form.E: [Unit.WORKING_DAYS],
    Form.H: [Unit.HOURS, Unit.DAYS, Unit.WEEKS],
}
COUNTED = [Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS, Unit.MONTHS]

days = st.dates(FIRST, LAST)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
spans = st.builds(lambda start, more: (start, start + timedelta(more)), days, st.integers(0, 60))
pauses = st.lists(spans.map(lambda span: Pause(*span, "waiting")), max_size=4)
absences = st.lists(
    st.builds(lambda span, away: Absence(*span, away), spans, st.sampled_from(Away)), max_size=3
)
calendars = st.sampled_from(CalendarName).map(packaged)


@st.composite
def rules(draw):
    form = draw(st.sampled_from(Form))
    length = Length(draw(st.integers(1, 30)), draw(st.sampled_from(UNITS.get(form, COUNTED))))
    if form is Form.H:
        return Rule.of(form, length, source="a standard")
    return Rule.of(
        form, length, roll=draw(st.booleans()), cutoff=draw(st.none() | st.times()), source="a standard"
    )


@st.composite
def extensions(draw, rule):
    units = UNITS[Form.H] if rule.form is Form.H else COUNTED
    lengths = st.builds(Length, st.integers(1, 12), st.sampled_from(units))
    further = st.builds(Extension, lengths, st.none() | days, st.just("asked"), st.just("a standard"))
    until = st.builds(lambda day: Extension(until=day), days)
    return draw(st.lists(further if rule.form is Form.H else further | until, max_size=2))


@st.composite
def histories(draw):
    """A rule, two triggers in order, and all that may happen to it."""
    rule = draw(rules())
    near = st.integers(0, 40).map(timedelta)
    start = draw(moments if rule.form is Form.H else days | moments)
    later = start + draw(near | st.timedeltas(timedelta(0), timedelta(2)))
    return (
        rule,
        start,
        later,
        draw(calendars),
        {
            "pauses": draw(pauses),
            "extensions": draw(extensions(rule)),
            "ignored": draw(absences) if rule.form is Form.I else [],
        },
    )


def end(result: Result) -> tuple[date, datetime]:
    return result.last_day, result.late_from


@given(histories(), pauses)
def test_a_pause_never_makes_a_date_earlier(history, added):
    """One more pause never makes a last day or moment earlier."""
    rule, start, _, calendar, changes = history
    before = count(rule, start, calendar, **changes)

    after = count(rule, start, calendar, **{**changes, "pauses": [*changes["pauses"], *added]})

    assert end(after) >= end(before)
    assert after.original_last_day == before.original_last_day


@given(histories())
def test_a_later_trigger_never_gives_an_earlier_date(history):
    """Whatever happens to both, what starts later never ends earlier."""
    rule, start, later, calendar, changes = history

    assert end(count(rule, later, calendar, **changes)) >= end(count(rule, start, calendar, **changes))


@given(histories())
def test_recounting_gives_the_date(history):
    """A derivation, written and read again, counts to the very same result."""
    rule, start, _, calendar, changes = history
    result = count(rule, start, calendar, **changes)

    derivation = Derivation.from_json(result.derivation.to_json())

    assert derivation == result.derivation
    assert recount(derivation, calendar) == result


@given(histories())
def test_the_last_day_is_one_that_counts(history):
    """No last day counted in days is a paused one; one that rolls, or counts working days, is a working day."""
    rule, start, _, calendar, changes = history
    result = count(rule, start, calendar, **changes)

    if rule.form is not Form.H:
        assert not any(each.start <= result.last_day <= each.end for each in changes["pauses"])
    if rule.roll or (rule.length.unit is Unit.WORKING_DAYS and not changes["extensions"]):
        assert calendar.is_working(result.last_day)


@given(histories())
def test_every_sentence_is_whole(history):
    """Every derivation is told in sentences that begin with a capital and end with a full stop."""
    rule, start, _, calendar, changes = history

    told = count(rule, start, calendar, **changes).derivation.sentences()

    assert all(sentence[0].upper() == sentence[0] and sentence.endswith(".") for sentence in told)
    assert not any("None" in sentence or "  " in sentence for sentence in told)


@given(rules(), days, calendars)
def test_an_extension_never_shortens(rule, start, calendar):
    """Further time, even an hour or a date long gone, never makes a date earlier."""
    trigger = datetime(start.year, start.month, start.day, 12, tzinfo=UTC)
    extension = Extension(Length.parse("1 hour")) if rule.form is Form.H else Extension(until=FIRST)

    assert end(count(rule, trigger, calendar, extensions=[extension])) >= end(count(rule, trigger, calendar))
