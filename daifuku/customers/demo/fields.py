"""Fields that シャチホコ商事 has added to those of the program."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from daifuku.customers.demo.stage import YEARS, Stage, Step
from daifuku.records.models import CatalogueVersion, Choice, CustomField


def custom_fields(random: Random) -> Iterator[Step]:
    yield Step(YEARS + 2, 10 * 60, _add)


def _add(stage: Stage) -> None:
    CustomField.objects.create(
        object="account", key="delivery", type="choice", label="配送便", label_en="Delivery run",
        help="毎日の配送コース", position=1,
    )  # fmt: skip
    for position, (key, label) in enumerate((("morning", "午前便"), ("noon", "昼便"), ("parcel", "宅配便"))):
        Choice.objects.create(object="account", field="delivery", key=key, label=label, position=position)
    CustomField.objects.create(
        object="account",
        key="credit_limit",
        type="money",
        label="与信限度額",
        label_en="Credit limit",
        position=2,
    )
    CustomField.objects.create(
        object="contact", key="hobby", type="text", label="趣味・話題", label_en="Interests", position=1
    )
    CatalogueVersion.bump()
