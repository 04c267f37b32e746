"""A rule in the words that people read: in the rule book, above the form, in the list of the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from daifuku.duties.models.policy import policy
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.conditions import parse_leniently
from daifuku.records.formulas.rolling import House
from daifuku.rules.models import Missing, Moment, Rule, Until, Who

CALL, VISIT = "call_minutes", "visit_minutes"


def sentence_of(rule: Rule, fields: Mapping[str, Field] | None = None) -> str:
    """All of it: when, for which records, what, until when, by whom."""
    known = fields if fields is not None else vocabulary.fields_of(rule.object)
    sentences = [_("%(when)s、%(what)s。") % {"when": when(rule, known), "what": what(rule, known)}]
    sentences += [sentence for sentence in (until(rule), substitute(rule)) if sentence]
    return "".join(sentences).strip()


def in_short(rule: Rule, known: Mapping[str, Field]) -> str:
    """Where it is sure that it applies: what and until when, on a small screen."""
    sentences = [_("%(what)s。") % {"what": what(rule, known)}, until(rule), substitute(rule)]
    return "".join(filter(None, sentences))


def when(rule: Rule, known: Mapping[str, Field]) -> str:
    name = registry.get(rule.object).name
    words = (
        _("%(object)sを登録するとき")
        if rule.moment == Moment.CREATED
        else _("%(object)sを登録・変更するとき")
    )
    asked = [*_stage(rule, known), *_condition(rule)]
    sentence = words % {"object": name}
    return sentence + _("（%(condition)s）") % {"condition": _("、").join(asked)} if asked else sentence


def _stage(rule: Rule, known: Mapping[str, Field]) -> list[str]:
    field = known.get(rule.stage_field) if rule.stage_field else None
    if field is None:
        return []
    return [
        _("%(field)sが「%(stage)s」から先")
        % {"field": field.name, "stage": field.type.display(rule.stage_from)}
    ]


def _condition(rule: Rule) -> list[str]:
    if not rule.condition:
        return []
    return [parse_leniently(rule.condition, rule.object, House()).sentence()]


def what(rule: Rule, known: Mapping[str, Field]) -> str:
    filled, empty = names(rule.required, known), names(rule.emptied, known)
    if filled and empty:
        return _("%(filled)sを入力し、%(empty)sは空欄にします") % {"filled": filled, "empty": empty}
    if filled:
        return _("%(fields)sを入力します") % {"fields": filled}
    return _("%(fields)sは空欄にします") % {"fields": empty}


def names(keys: Iterable[str], known: Mapping[str, Field]) -> str:
    return _("、").join(known[key].name for key in keys if key in known)


def until(rule: Rule) -> str:
    """The deadline and who keeps it; of a rule that refuses that it does."""
    if rule.binds:
        return _("足りないと保存できません。") + _bound(rule)
    if rule.missing == Missing.REFUSE or not rule.required:
        return _("そうでないと保存できません。") if rule.emptied else _("足りないと保存できません。")
    given = {"who": who(rule), "number": rule.amount}
    sentences = {
        Until.GATE: _("足りないものは、%(who)sがすぐに入力します。"),
        Until.MINUTES: _("足りないものは、%(who)sが%(number)s分のうちに入力します。"),
        Until.VISIT: _(
            "足りないものは、%(who)sが次の訪問予定の開始までに（長くても%(number)s分のうちに）入力します。"
        ),
        Until.DAY: _("足りないものは、%(who)sがその日のうちに入力します。"),
        Until.WORKDAYS: ngettext(
            "足りないものは、%(who)sが%(number)s営業日のうちに入力します。",
            "足りないものは、%(who)sが%(number)s営業日のうちに入力します。",
            rule.amount,
        ),
    }
    return sentences[Until(rule.until)] % given


def _bound(rule: Rule) -> str:
    number = span(amount_of(rule))
    if rule.binds == CALL:
        return _("電話が終わってから%(span)sのうちに記録します。") % {"span": number}
    return _("訪問が終わってから、次の訪問予定の開始か%(span)sのうち、早いほうまでに記録します。") % {
        "span": number
    }


def amount_of(rule: Rule) -> int:
    """Of a rule that belongs to the duties the number stands there."""
    return int(getattr(policy(), rule.binds)) if rule.binds else rule.amount


def span(minutes: int) -> str:
    hours, left = divmod(minutes, 60)
    if hours and not left:
        return _("%(hours)s時間") % {"hours": hours}
    return _("%(minutes)s分") % {"minutes": minutes}


def who(rule: Rule) -> str:
    if rule.who == Who.PERSON and rule.person is not None:
        return str(rule.person)
    return pgettext("by", "登録した人") if rule.who == Who.CREATOR else _("担当の社員")


def substitute(rule: Rule) -> str:
    if rule.substitute is None or rule.missing == Missing.REFUSE:
        return ""
    return _("不在のときは%(person)sが代わります。") % {"person": rule.substitute}
