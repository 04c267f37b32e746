"""見込み客の変換の関連付け: which fields fit, what becomes of values, versions, fields that were deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.conversion import unmapped
from daifuku.conversion.actions import Wanted, convert, take_back
from daifuku.conversion.actions.mapping import drop_broken, go_back, map_field
from daifuku.conversion.mapping import fitting
from daifuku.conversion.mapping.drafting import draft
from daifuku.conversion.mapping.rules import Rule, current, shipped
from daifuku.conversion.models.setup import setup
from daifuku.foundation.errors import ChangedSince, Forbidden, Invalid, NotFound, Stale
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice
from daifuku.records import actions, undoing
from daifuku.records.actions.choices import add_choice
from daifuku.records.actions.custom_fields import add_field, retire_field
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import (
    Choice,
    Date,
    DateTime,
    DecimalNumber,
    Integer,
    LongText,
    MultiChoice,
    Option,
    PersonLink,
    RecordLink,
    Refused,
    Text,
    YesNo,
)

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
KINDS = {
    "text": Text(60), "long": LongText(), "choice": Choice((Option("a", "甲"), Option("b", "乙"))),
    "multi": MultiChoice((Option("x", "甲"), Option("y", "丙"))), "number": Integer(), "decimal": DecimalNumber(2),
    "date": Date(), "datetime": DateTime(), "yes_no": YesNo(), "person": PersonLink(), "record": RecordLink("account"),
}  # fmt: skip
# from, to, value, what arrives; None where it is refused.
VALUES = (
    ("text", "long", "あ", "あ"),
    ("text", "choice", "乙", "b"),
    ("text", "choice", "丁", None),
    ("text", "number", "1,200", 1200),
    ("text", "number", "たくさん", None),
    ("text", "yes_no", "はい", True),
    ("choice", "text", "a", "甲"),
    ("choice", "multi", "a", ["x"]),
    ("choice", "multi", "b", None),
    ("multi", "text", ["x", "y"], "甲、丙"),
    ("multi", "choice", ["x"], "a"),
    ("multi", "choice", ["x", "y"], None),
    ("number", "text", 1200, "1200"),
    ("number", "yes_no", 1, True),
    ("yes_no", "number", True, 1),
    ("yes_no", "text", True, "はい"),
)
NEVER = (
    ("number", "date"), ("number", "choice"), ("multi", "number"), ("date", "number"), ("date", "choice"),
    ("person", "number"), ("text", "person"), ("yes_no", "date"), ("record", "person"), ("number", "record"),
)  # fmt: skip


def field(kind: str) -> Field:
    return Field(kind, kind, KINDS[kind])


@pytest.mark.parametrize(("source", "target", "value", "expected"), VALUES)
def test_what_becomes_of_a_value(source: str, target: str, value: Any, expected: Any) -> None:
    rule = Rule(source, "account", target)
    assert fitting.fit(field(source), field(target)).possible
    if expected is None:
        with pytest.raises(Refused):
            fitting.carried(rule, field(source), field(target), value)
    else:
        assert fitting.carried(rule, field(source), field(target), value) == expected


@pytest.mark.parametrize(("source", "target"), NEVER)
def test_what_does_not_fit_at_all(source: str, target: str) -> None:
    assert not fitting.fit(field(source), field(target)).possible


def test_what_is_too_long_is_cut_and_said() -> None:
    carried = fitting.carried(Rule("long", "deal", "text"), field("long"), field("text"), "あ" * 61)
    assert isinstance(carried, fitting.Cut)
    assert len(carried) == 60


def test_choices_are_translated_by_the_table() -> None:
    rule = Rule("choice", "account", "multi", values={"b": "y"})
    assert fitting.carried(rule, field("choice"), field("multi"), "b") == ["y"]


def test_words_become_choices_by_the_table_however_they_are_written() -> None:
    table = {"Ｗｅｂ広告": "a", "店頭": "b"}
    to_choice = Rule("text", "account", "choice", values=table)
    assert fitting.carried(to_choice, field("text"), field("choice"), "web広告") == "a"
    assert fitting.carried(to_choice, field("text"), field("choice"), "乙") == "b"
    with pytest.raises(Refused):
        fitting.carried(to_choice, field("text"), field("choice"), "新聞")
    to_many = Rule("long", "account", "multi", values={"店頭": "y"})
    assert fitting.carried(to_many, field("long"), field("multi"), "店頭") == ["y"]
    yes = Rule("text", "account", "yes_no", values={"承諾": "yes", "拒否": "no"})
    assert fitting.carried(yes, field("text"), field("yes_no"), "承諾") is True
    assert fitting.carried(yes, field("text"), field("yes_no"), "拒否") is False


def test_words_in_use_are_offered_and_kept(client: Any, cast: Cast, lead_of: Make) -> None:
    target = add_field("deal", "choice", "知ったきっかけ", by=cast.mizuno)
    option = add_choice("deal", target.key, "知人の紹介", by=cast.mizuno).key
    for interest in ("紹介", "紹介", "広告"):
        lead_of(interest=interest)
    client.force_login(cast.mizuno)
    here = "/settings/conversion/mapping/interest/"
    page = client.post(here, {"deal-target": target.key, "look": "1"}).content.decode()
    assert page.index('value="紹介"') < page.index('value="広告"')
    sent = {"deal-target": target.key, "deal-word": ["紹介", "広告", ""], "deal-becomes": [option, "", ""]}
    assert client.post(here, sent).status_code == 302
    assert current().of("interest")["deal"].values == {"紹介": option}
    done = convert(lead_of(interest="紹介"), Wanted(deal=True), by=cast.aoyama)
    assert done.deal.custom[target.key] == option
    many = {str(number): option for number in range(301)}
    with pytest.raises(Invalid):
        map_field("interest", {"deal": {"target": target.key, "values": many}}, by=cast.mizuno)


def test_every_kind_of_field_has_its_verdict() -> None:
    """No pair raises, whatever the firm's fields are."""
    fields = [*vocabulary.fields_of("lead").values()]
    for key in ("account", "contact", "deal"):
        for target in vocabulary.fields_of(key).values():
            for source in fields:
                assert fitting.fit(source, target).state in {"ok", "look", "table", "no"}


def test_the_shipped_mapping_fits(lead_of: Make) -> None:
    fields = vocabulary.fields_of("lead")
    for rule in shipped().rules:
        target = vocabulary.fields_of(rule.object)[rule.target]
        assert fitting.fit(fields[rule.source], target).possible, rule


def test_one_field_goes_to_several(cast: Cast, lead_of: Make) -> None:
    """業界 of seeds: to the contact and to the deal."""
    contact = add_field("contact", "text", "業界", by=cast.mizuno)
    deal = add_field("deal", "text", "業界", by=cast.mizuno)
    sides = {"contact": {"target": contact.key}, "deal": {"target": deal.key}}
    book = map_field("industry", {**sides, "account": {"target": "industry"}}, by=cast.mizuno)
    done = convert(lead_of(), Wanted(deal=True), by=cast.aoyama)
    assert done.contact.custom[contact.key] == done.deal.custom[deal.key] == "卸売業"
    assert done.account.industry == "wholesale"
    assert done.mapping == book.number == 2


def test_a_custom_field_without_a_way_is_told_as_lost(cast: Cast, lead_of: Make) -> None:
    own = add_field("lead", "integer", "年間の購入数", by=cast.mizuno)
    lead = lead_of()
    actions.edit(lead, {own.key: "120"}, by=cast.aoyama)
    lead.refresh_from_db()
    [lost] = draft(lead, current()).lost
    assert (lost.source.name, lost.text, lost.why) == ("年間の購入数", "120", "写す先が決まっていません。")
    map_field(own.key, {}, stays=True, by=cast.mizuno)
    assert draft(lead, current()).lost == []


def test_without_a_deal_its_values_are_lost(cast: Cast, lead_of: Make) -> None:
    lost = draft(lead_of(), current(), ("account", "contact")).lost
    assert {each.source.key for each in lost} == {"interest", "source"}


def test_defaults_words_and_writing_behind(cast: Cast, lead_of: Make) -> None:
    map_field("rating", {"account": {"target": "rank", "default": "c"}}, by=cast.mizuno)
    words = {"target": "note", "how": "words", "words": "展示会での話: {値}"}
    map_field("interest", {"account": words, "deal": {"target": "product"}}, by=cast.mizuno)
    map_field("note", {"contact": {"target": "note", "how": "append"}}, by=cast.mizuno)
    contact = actions.create("contact", {"family_name": "山田", "note": "前からの知り合い"}, by=cast.aoyama)
    done = convert(lead_of(), Wanted(contact=contact, deal=False), by=cast.aoyama)
    assert done.account.note == "展示会での話: ミソミソヨーグルト"
    contact.refresh_from_db()
    assert contact.note == "前からの知り合い\n展示会で会った"
    take_back(done, by=cast.aoyama)
    contact.refresh_from_db()
    assert contact.note == "前からの知り合い"


def test_a_mapping_to_a_field_that_was_deleted_carries_nothing_and_breaks_nothing(
    cast: Cast, lead_of: Make
) -> None:
    own = add_field("contact", "text", "業界", by=cast.mizuno)
    map_field("industry", {"contact": {"target": own.key}}, by=cast.mizuno)
    retire_field(own, by=cast.mizuno)
    assert [rule.target for rule in current().broken] == [own.key]
    lead = lead_of()
    [lost] = [each for each in draft(lead, current()).lost if each.source.key == "industry"]
    assert lost.why == "写す先が決まっていません。"
    assert convert(lead, by=cast.aoyama).contact is not None
    with pytest.raises(Invalid, match="削除された可能性"):
        map_field("industry", {"contact": {"target": own.key}}, by=cast.mizuno)
    assert drop_broken(by=cast.mizuno).broken == []


def test_what_does_not_fit_is_refused_with_a_sentence(cast: Cast) -> None:
    with pytest.raises(Invalid, match="種類が違うため写せません"):
        map_field("employees", {"deal": {"target": "close_on"}}, by=cast.mizuno)
    with pytest.raises(Invalid, match="文字の項目にだけ"):
        map_field("employees", {"account": {"target": "employees", "how": "append"}}, by=cast.mizuno)
    with pytest.raises(NotFound):
        map_field("unheard_of", {}, by=cast.mizuno)
    with pytest.raises(Forbidden):
        map_field("title", {}, by=cast.aoyama)


def test_every_change_is_a_version_and_old_ones_come_back(cast: Cast) -> None:
    map_field("title", {}, by=cast.mizuno)
    assert current().number == 2
    with pytest.raises(Stale):
        map_field("title", {"contact": {"target": "title"}}, by=cast.mizuno, number=1)
    line = Event.objects.filter(kind="conversion.mapping_changed").latest("pk")
    undoing.undo(line, by=cast.mizuno)
    assert current().number == 3
    assert current().rules == shipped().rules
    go_back(2, by=cast.mizuno)
    assert current().of("title") == {}
    with pytest.raises(ChangedSince):
        undoing.undo(
            Event.objects.filter(kind="conversion.mapping_changed").order_by("pk")[1], by=cast.mizuno
        )


def test_every_morning_what_leads_nowhere_is_told_once(cast: Cast, lead_of: Make) -> None:
    own = add_field("lead", "integer", "年間の購入数", by=cast.mizuno)
    actions.edit(lead_of(), {own.key: "120"}, by=cast.aoyama)
    assert unmapped.look() == {own.key: 1}
    unmapped.look()
    [notice] = Notice.objects.filter(person=cast.mizuno, kind="conversion.unmapped")
    assert "年間の購入数" in str(notice.values)
    assert setup().unmapped == {own.key: 1}
