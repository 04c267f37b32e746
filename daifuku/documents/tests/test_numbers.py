"""Numbers of papers: in order, none twice, none missing, whoever issues at the same moment and whoever is refused."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection

from daifuku.documents import kinds, numbering
from daifuku.documents.actions import edit_issuer
from daifuku.documents.kinds import PaperKind
from daifuku.documents.models import Issuer, Series
from daifuku.foundation.errors import Invalid
from daifuku.ledger import writing as ledger
from daifuku.staff.models import Company

DAY = date(2026, 11, 27)
KIND = PaperKind("trial", "試しの書類", "T{YYYY}-{NNNN}", "account")


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    monkeypatch.setitem(kinds._kinds, "trial", KIND)


def take(day: date = DAY) -> str:
    with ledger.writing():
        return numbering.take("trial", day).text


@pytest.mark.django_db
def test_they_count_up_and_begin_anew_each_year() -> None:
    assert [take(), take(), take(date(2027, 1, 1)), take()] == [
        "T2026-0001", "T2026-0002", "T2027-0001", "T2026-0003",
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_fiscal_year_may_be_theirs() -> None:
    Company.objects.update_or_create(pk=1, defaults={"name": "シャチホコ商事", "fiscal_start_month": 4})
    Issuer.objects.create(years="fiscal")
    assert [take(date(2027, 3, 31)), take(date(2027, 4, 1))] == ["T2026-0001", "T2027-0001"]


@pytest.mark.django_db
def test_whoever_is_refused_gives_his_number_back() -> None:
    class Refused(Exception):
        pass

    with pytest.raises(Refused), ledger.writing():
        numbering.take("trial", DAY)
        raise Refused
    assert take() == "T2026-0001"


@pytest.mark.django_db
def test_looking_ahead_takes_nothing() -> None:
    assert numbering.peek("trial", DAY).text == numbering.peek("trial", DAY).text == take() == "T2026-0001"


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_the_same_moment_get_sixteen_numbers() -> None:
    """On SQLite in memory threads share one connection, so there they stand in line; a file has its own connections."""
    writers, each, got, wrong = 16, 4, [], []
    gate = threading.Barrier(writers)
    shared = connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"])
    line = threading.Lock()

    def issue() -> None:
        try:
            gate.wait(30)
            for turn in range(each):
                try:
                    with line if shared else threading.Lock(), ledger.writing():
                        number = numbering.take("trial", DAY)
                        if turn == 1:
                            raise ZeroDivisionError  # refused after all
                        got.append(number.text)
                except ZeroDivisionError:
                    pass
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=issue) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not wrong
    assert sorted(got) == [f"T2026-{place:04d}" for place in range(1, writers * (each - 1) + 1)]
    assert Series.objects.get(kind="trial").last == len(got)


SHAPES = (
    ("Q{YYYY}-{NNNN}", ""),
    ("見{YY}{MM}-{NNN}", ""),
    ("Q{NNNN}", "年"),
    ("Q{YYYY}", "連番の場所を1つ"),
    ("Q{YYYY}-{NNN}-{NN}", "連番の場所を1つ"),
    ("Q{YYYY}-{NNNN}{x}", "使えるのは"),
    ("<b>{YYYY}{NN}</b>", "使えるのは"),
    ("あ" * 40 + "{YYYY}{NNNN}", "文字に収まる"),
    ("Q{{YYYY}}{NN}", "使えるのは"),
)


@pytest.mark.django_db
@pytest.mark.parametrize(("template", "words"), SHAPES)
def test_the_shape_of_numbers_is_looked_at(cast, template: str, words: str) -> None:
    if not words:
        edit_issuer({"templates": {"trial": template}}, by=cast.mizuno)
        return
    with pytest.raises(Invalid) as refusal:
        edit_issuer({"templates": {"trial": template}}, by=cast.mizuno)
    assert words in refusal.value.message


def test_a_number_longer_than_its_place_is_printed_whole() -> None:
    assert numbering.shown("Q{YY}-{NN}", 2026, 12345, 3) == "Q26-12345"
