"""Closing days 締め日 and the day on which what was closed is to be paid 支払期日.

Most Japanese firms do not pay by delivery but by month: 「20日締め翌月10日払い」 closes everything delivered
from the 21st to the 20th into one invoice, due on the 10th of the month after. A closing day beyond a month's
end is that month's last one.
A due day that is no business day moves as the customer's terms say; banks transfer on business days only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from daifuku.foundation.calendar import add_business_days, add_months, is_business_day, last_of_month

LAST = 31
ON_REST_DAYS = ("before", "after", "same")

_MONTHS = {"当": 0, "翌": 1, "翌々": 2, "翌翌": 2, "翌々々": 3}
_CLOSES = re.compile(r"(末日?|[0-9]{1,2}日)[〆締]")
_PAYS = re.compile(r"(当|翌々々|翌翌|翌々|翌)月?の?(末日?|[0-9]{1,2}日)")
_DAYS_AFTER = re.compile(r"(?:請求書?(?:発行)?|納品|受領)後?(?:から)?([0-9]{1,3})日(?:以内|後)")


@dataclass(frozen=True)
class Terms:
    """When a customer's deliveries are closed and paid.

    `closing_day` is 1 to 31 (31: the last of the month), None: every delivery has its own invoice. `pay_day`
    likewise, of the month that lies `pay_months` after the closing; None: `days` after the invoice.
    """

    closing_day: int | None = LAST
    pay_months: int = 1
    pay_day: int | None = LAST
    days: int = 30
    on_rest_day: str = "before"

    def due(self, closed_on: date) -> date:
        """The day on which an invoice closed on `closed_on` is to be paid."""
        if self.pay_day is None:
            return _on_business_day(closed_on + timedelta(days=self.days), self.on_rest_day)
        month = add_months(closed_on.replace(day=1), self.pay_months)
        return _on_business_day(_day_of(month, self.pay_day), self.on_rest_day)

    def closes(self, day: date) -> date:
        """The closing day that takes in what was delivered on `day`; of customers without one the day itself."""
        if self.closing_day is None:
            return day
        this_month = _day_of(day, self.closing_day)
        return (
            this_month if day <= this_month else _day_of(add_months(day.replace(day=1), 1), self.closing_day)
        )

    def period(self, closed_on: date) -> tuple[date, date]:
        """First and last day that the closing of `closed_on` takes in, both included."""
        if self.closing_day is None:
            return closed_on, closed_on
        before = _day_of(add_months(closed_on.replace(day=1), -1), self.closing_day)
        return before + timedelta(days=1), closed_on

    def closings(self, since: date, until: date) -> Iterator[date]:
        """Every closing day from `since` to `until`, both included."""
        day = self.closes(since)
        while day <= until:
            yield day
            day = self.closes(day + timedelta(days=1))


def read_terms(text: str) -> Terms | None:
    """「月末締め翌月末払い」「20日〆 翌々月10日」「請求書発行後30日以内」 as people write them.

    None where nothing is meant.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).replace("月末", "末").split())
    closes, pays = _CLOSES.search(plain), _PAYS.search(plain)
    if pays:
        closing_day = _number(closes[1]) if closes else LAST
        if closing_day is None or (pay_day := _number(pays[2])) is None:
            return None
        return Terms(closing_day, _MONTHS[pays[1]], pay_day)
    if after := _DAYS_AFTER.search(plain):
        return Terms(_number(closes[1]) if closes else None, 0, None, int(after[1]))
    return None


def _number(word: str) -> int | None:
    day = LAST if word.startswith("末") else int(word.removesuffix("日"))
    return day if 1 <= day <= LAST else None


def _day_of(month: date, day: int) -> date:
    last = last_of_month(month)
    return last if day >= last.day else month.replace(day=day)


def _on_business_day(day: date, how: str) -> date:
    if how == "same" or is_business_day(day):
        return day
    return add_business_days(day, -1 if how == "before" else 1)
