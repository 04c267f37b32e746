"""Days in both calendars, business days, fiscal years and spans with a name."""

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.foundation import calendar
from daifuku.foundation.unreadable import Unreadable

TODAY = date(2026, 11, 24)
DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026/11/24", DAY),
        ("2026-11-24", DAY),
        ("2026.11.24", DAY),
        ("20261124", DAY),
        ("2026年11月24日", DAY),
        ("2026年 11月 24日（火）", DAY),
        ("２０２６／１１／２４", DAY),
        ("2026−11−24", DAY),
        ("2026/11/24 0:00:00", DAY),
        ("2026-11-24T00:00:00", DAY),
        ("令和8年11月24日", DAY),
        ("令和 8 年 11 月 24 日", DAY),
        ("R8.11.24", DAY),
        ("r08/11/24", DAY),
        ("R081124", DAY),
        ("令和八年十一月二十四日", DAY),
        ("二〇二六年一一月二四日", DAY),
        ("㋿8年11月24日", DAY),
        ("令8.11.24", DAY),
        ("11/24", DAY),
        ("11月24日(火)", DAY),
        ("今日", DAY),
        ("明日", date(2026, 11, 25)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("平成31.4.30", date(2019, 4, 30)),
        ("H31.4.30", date(2019, 4, 30)),
        ("平成32年4月1日", date(2020, 4, 1)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("S60.12.1", date(1985, 12, 1)),
        ("昭和100年1月1日", date(2025, 1, 1)),
        ("大正元年12月31日", date(1912, 12, 31)),
        ("明治45年7月29日", date(1912, 7, 29)),
        ("2/28", date(2026, 2, 28)),
        ("2024/2/29", date(2024, 2, 29)),
    ],
)
def test_a_day_is_read(text, day):
    assert calendar.parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("", "date"), ("あした来る", "date"), ("2026/13/1", "no_such_day"), ("2026/2/29", "no_such_day")),
        *(
            ("20261324", "no_such_day"),
            ("2/29", "no_such_day"),
            ("令和0年1月1日", "no_such_day"),
            ("X8.11.24", "date"),
        ),
        *(
            ("26/11/24", "date"),
            ("2026/11", "date"),
            ("0000/1/1", "no_such_day"),
            ("2026/11/24 13:30", "date"),
        ),
        *(("2026/11/24/1", "date"), ("<b>2026/11/24</b>", "date"), ("45000", "date"), ("9" * 5000, "date")),
    ],
)
def test_what_is_no_day_is_refused(text, code):
    with pytest.raises(Unreadable) as caught:
        calendar.parse_date(text, TODAY)
    assert caught.value.code == code


def test_without_today_no_year_is_guessed():
    with pytest.raises(Unreadable):
        calendar.parse_date("11/24")


@given(st.dates(date(1868, 1, 25), date(2999, 12, 31)))
def test_the_japanese_way_to_write_a_day_reads_back(day):
    assert calendar.parse_date(calendar.wareki(day)) == day
    assert calendar.parse_date(calendar.wareki_short(day)) == day


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_western_ways_read_back(day):
    for form in ("%Y/%m/%d", "%Y-%m-%d", "%Y年%m月%d日", "%Y%m%d"):
        assert calendar.parse_date(day.strftime(form)) == day


@given(st.text())
def test_any_text_is_a_day_or_refused(text):
    with suppress(Unreadable):
        assert isinstance(calendar.parse_date(text, TODAY), date)


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 11, 24), "令和8年11月24日", "R8.11.24"),
        (date(2019, 5, 1), "令和元年5月1日", "R1.5.1"),
        (date(2019, 4, 30), "平成31年4月30日", "H31.4.30"),
        (date(1989, 1, 8), "平成元年1月8日", "H1.1.8"),
        (date(1989, 1, 7), "昭和64年1月7日", "S64.1.7"),
        (date(1926, 12, 24), "大正15年12月24日", "T15.12.24"),
        (date(1800, 1, 2), "1800年1月2日", "1800.1.2"),
    ],
)
def test_eras_turn_on_their_day(day, long, short):
    assert (calendar.wareki(day), calendar.wareki_short(day)) == (long, short)


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (46350, date(2026, 11, 24)),
        (46350.0, date(2026, 11, 24)),
        (46350.5, datetime(2026, 11, 24, 12, 0)),
        (2_958_465, date(9999, 12, 31)),
    ],
)
def test_excel_counts_days(number, day):
    assert calendar.from_excel(number) == day


@pytest.mark.parametrize("number", [0, -1, 60, 2_958_466, float("inf"), float("nan")])
def test_what_excel_does_not_count_is_refused(number):
    with pytest.raises(ValueError):
        calendar.from_excel(number)


def test_holidays_with_their_substitutes_and_the_turn_of_the_year_are_off():
    off = [date(2026, 5, 6), date(2026, 9, 22), date(2026, 11, 3), date(2026, 12, 29), date(2027, 1, 3)]
    assert all(calendar.is_holiday(day) for day in off)
    assert not calendar.is_holiday(date(2026, 11, 24))
    assert calendar.holiday_name(date(2026, 11, 23)) == "勤労感謝の日"
    assert calendar.holiday_name(date(2026, 12, 31)) == "年末年始"


def test_business_days_pass_over_weekends_and_holidays():
    assert not calendar.is_business_day(date(2026, 11, 22))
    assert calendar.add_business_days(date(2026, 11, 20), 1) == date(2026, 11, 24)
    assert calendar.add_business_days(date(2026, 11, 24), -1) == date(2026, 11, 20)
    assert calendar.add_business_days(date(2026, 12, 28), 1) == date(2027, 1, 4)
    assert calendar.add_business_days(date(2026, 11, 21), 0) == date(2026, 11, 24)
    assert calendar.add_business_days(date(2026, 11, 24), 0) == date(2026, 11, 24)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 40))
def test_so_many_business_days_on_and_back_lead_home(day, number):
    begun = calendar.add_business_days(day, 0)
    assert calendar.add_business_days(calendar.add_business_days(begun, number), -number) == begun


def test_the_fiscal_year_begins_in_april_or_when_the_firm_says():
    assert calendar.fiscal_year(date(2026, 3, 31)) == 2025
    assert calendar.fiscal_year(date(2026, 4, 1)) == 2026
    assert calendar.fiscal_year(date(2026, 1, 1), 1) == 2026
    assert calendar.fiscal_year(date(2026, 9, 30), 10) == 2025


def test_months_are_added_to_the_last_day_at_most():
    assert calendar.add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert calendar.add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert calendar.add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)
    assert calendar.last_of_month(date(2026, 12, 5)) == date(2026, 12, 31)


def days(first, last):
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("today", days("2026-11-24", "2026-11-24")),
        ("yesterday", days("2026-11-23", "2026-11-23")),
        ("tomorrow", days("2026-11-25", "2026-11-25")),
        ("this_week", days("2026-11-23", "2026-11-29")),
        ("last_week", days("2026-11-16", "2026-11-22")),
        ("next_week", days("2026-11-30", "2026-12-06")),
        ("this_month", days("2026-11-01", "2026-11-30")),
        ("last_month", days("2026-10-01", "2026-10-31")),
        ("next_month", days("2026-12-01", "2026-12-31")),
        ("this_quarter", days("2026-10-01", "2026-12-31")),
        ("last_quarter", days("2026-07-01", "2026-09-30")),
        ("this_half", days("2026-10-01", "2027-03-31")),
        ("last_half", days("2026-04-01", "2026-09-30")),
        ("this_year", days("2026-01-01", "2026-12-31")),
        ("last_year", days("2025-01-01", "2025-12-31")),
        ("this_fiscal_year", days("2026-04-01", "2027-03-31")),
        ("last_fiscal_year", days("2025-04-01", "2026-03-31")),
        ("last_7_days", days("2026-11-18", "2026-11-24")),
        ("next_1_days", days("2026-11-24", "2026-11-24")),
        ("next_30_days", days("2026-11-24", "2026-12-23")),
    ],
)
def test_a_span_has_a_name(name, span):
    assert calendar.period(name, TODAY) == span


def test_quarters_follow_the_firm():
    assert calendar.period("this_quarter", TODAY, 11) == days("2026-11-01", "2027-01-31")
    assert calendar.period("this_half", TODAY, 1) == days("2026-07-01", "2026-12-31")
    assert calendar.period("this_fiscal_year", TODAY, 12) == days("2025-12-01", "2026-11-30")


@pytest.mark.parametrize("name", ["", "someday", "last_0_days", "last_999999_days", "last_-1_days"])
def test_a_span_without_a_known_name_is_refused(name):
    with pytest.raises(ValueError):
        calendar.period(name, TODAY)


@given(
    st.sampled_from(sorted(calendar.PERIODS)),
    st.dates(date(1900, 1, 1), date(2999, 1, 1)),
    st.integers(1, 12),
)
def test_this_span_holds_today_and_its_neighbours_touch_it(name, today, start):
    first, last = calendar.period(name, today, start)
    assert first <= last
    if name.startswith("this_"):
        assert first <= today <= last
        before = calendar.PERIODS.get(name.replace("this_", "last_"))
        assert before is None or (first - before(today, start)[1]).days == 1
