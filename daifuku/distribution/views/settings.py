"""How leads are distributed, as the administrator settles it: switch and limits, who takes part, rules, a trial."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.distribution import trial
from daifuku.distribution.actions import (
    add_rule,
    edit_rule,
    edit_setup,
    keep_taker,
    order_rules,
    remove_rule,
)
from daifuku.distribution.actions.cleaning import HOURS, NUMBERS, TAKERS_NUMBERS
from daifuku.distribution.house import House
from daifuku.distribution.models import Rule, Setup, Taker
from daifuku.distribution.models.rule import Target
from daifuku.distribution.models.setup import Strategy, setup
from daifuku.foundation.errors import NotFound
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.conditions import parse_leniently
from daifuku.records.forms import condition_form
from daifuku.records.views import telling
from daifuku.staff.models import Person, Team
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, accepted, told_in

SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (gettext_lazy("振り分け方"), ("strategy", "opens", "closes", "queue_team")),
    (gettext_lazy("入力率"), ("low_percent", "back_percent", "back_days", "grace_days")),
    (gettext_lazy("放っておかれたとき"), ("alarm_hours", "return_hours", "warn_hours")),
)
HELP = {
    "queue_team": gettext_lazy("受け取れる人がいないリードは、このチームの順番待ちに入ります。"),
    "low_percent": gettext_lazy(
        "入力率がこれを下回ると、新しいリードを渡しません。判定なしの人には渡します。"
    ),
    "back_percent": gettext_lazy("これ以上の日が続くと、順番の最後に戻ります。"),
    "return_hours": gettext_lazy("営業時間で数えます。担当者が休みの時間は入れません。"),
    "alarm_hours": gettext_lazy("営業時間で数えます。"),
    "closes": gettext_lazy("時間外に来たリードは、次の営業日の始まりに振り分けます。"),
}


class SetupForm(Quiet):
    version = forms.IntegerField(widget=forms.HiddenInput)
    on = forms.BooleanField(
        label=Setup._meta.get_field("on").verbose_name, required=False,
        help_text=gettext_lazy("オンにしたあとに登録されたリードから振り分けます。"),
    )  # fmt: skip
    by_rate = forms.BooleanField(
        label=Setup._meta.get_field("by_rate").verbose_name, required=False,
        help_text=gettext_lazy("外れた人には、理由と、戻るために入力するものが表示されます。"),
    )  # fmt: skip
    givers = forms.MultipleChoiceField(
        label=gettext_lazy("代わりに登録する人（社長・営業事務など）"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("この人が登録したリードは、本人を担当にせず振り分けます。"),
    )  # fmt: skip

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in (*NUMBERS, *HOURS):
            label = Setup._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            kind = {"type": "time"} if name in HOURS else {"inputmode": "numeric"}
            widget = forms.TextInput({**kind, "autocomplete": "off"})
            self.fields[name] = forms.CharField(
                label=label, required=False, widget=widget, help_text=HELP.get(name, "")
            )
        self.fields["strategy"] = forms.ChoiceField(label=gettext_lazy("決め方"), choices=Strategy.choices)
        teams = [("", _("指定しない")), *((str(team.pk), str(team)) for team in Team.objects.all())]
        self.fields["queue_team"] = forms.ChoiceField(
            label=gettext_lazy("だれにも渡せないとき"),
            required=False,
            choices=teams,
            help_text=HELP["queue_team"],
        )
        people = [(str(each.pk), str(each)) for each in Person.objects.working()]
        self.fields["givers"].choices = people  # type: ignore[attr-defined]

    def sections(self) -> list[tuple[Any, list[Any]]]:
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    by, rules = with_power(request, "settings"), setup()
    form = SetupForm(request.POST or None, initial=_initial(rules))

    def save(values: dict[str, Any]) -> None:
        changes = dict(values)
        edit_setup(changes, by=by, version=changes.pop("version"))

    if request.method == "POST" and accepted(form, save):
        telling.done(request, _("設定を保存しました。"), telling.written())
        return redirect("distribution:settings")
    context = {"form": form, "setup": rules, "takers": list(Taker.objects.select_related("person"))}
    context["rules"] = [_shown(rule) for rule in Rule.objects.select_related("team")]
    return render(request, "distribution/settings.html", context, status=422 if form.errors else 200)


def _initial(rules: Setup) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(rules, name) for name in (*NUMBERS, "on", "by_rate", "strategy")}
    found |= {name: f"{getattr(rules, name):%H:%M}" for name in HOURS}
    found |= {"queue_team": rules.queue_team_id or "", "givers": [str(each) for each in rules.givers]}
    return found | {"version": rules.version}


def _shown(rule: Rule) -> tuple[Rule, str]:
    return rule, parse_leniently(rule.condition, "lead", House()).sentence()


class TakerForm(Quiet):
    person = forms.ChoiceField(label=gettext_lazy("社員"))
    active = forms.BooleanField(label=gettext_lazy("振り分けに加わる"), required=False)
    weight = forms.CharField(
        label=gettext_lazy("重み"), required=False,
        help_text=gettext_lazy("2なら、1の人の2倍の回数で順番が来ます。"),
    )  # fmt: skip
    most_open = forms.CharField(
        label=gettext_lazy("対応中の上限"), required=False, help_text=gettext_lazy("0は上限なしです。")
    )
    most_a_day = forms.CharField(
        label=gettext_lazy("1日の上限"), required=False, help_text=gettext_lazy("0は上限なしです。")
    )
    grace_from = forms.CharField(
        label=gettext_lazy("入力率を見ない期間の始まり"), required=False,
        widget=forms.TextInput({"type": "date"}),
        help_text=gettext_lazy("この日から数えた日数のあいだは、入力率で外れません。ふつうは入社した日です。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def taker_page(request: HttpRequest) -> HttpResponse:
    """`?person=` is the uid of one who takes part; without it somebody is added."""
    by = with_power(request, "settings")
    taker = _taker(request.GET.get("person", ""))
    initial: dict[str, Any] = {"active": True, "weight": 1, "most_open": 0, "most_a_day": 0}
    if taker is not None:
        initial = {name: getattr(taker, name) for name in ("active", *TAKERS_NUMBERS)}
        initial |= {"person": str(taker.person.uid), "grace_from": taker.grace_from.isoformat()}
    form = TakerForm(request.POST or None, initial=initial)
    people = {str(each.uid): each for each in ([taker.person] if taker else Person.objects.working())}
    form.fields["person"].choices = [(uid, str(each)) for uid, each in people.items()]  # type: ignore[attr-defined]

    def keep(values: dict[str, Any]) -> None:
        changes = {name: value for name, value in values.items() if value != ""}
        keep_taker(people[changes.pop("person")], changes, by=by)

    if request.method == "POST" and accepted(form, keep):
        words = {"name": people[form.cleaned_data["person"]]}
        telling.done(request, _("%(name)sさんの設定を保存しました。") % words, telling.written())
        return redirect("distribution:settings")
    context = {"form": form, "taker": taker}
    return render(request, "distribution/taker.html", context, status=422 if form.errors else 200)


def _taker(word: str) -> Taker | None:
    if not word:
        return None
    uid = as_uid(word)
    found = Taker.objects.select_related("person").filter(person__uid=uid).first() if uid else None
    if found is None:
        raise NotFound
    return found


class RuleForm(Quiet):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=gettext_lazy("ルールの名前"), required=False)
    active = forms.BooleanField(label=gettext_lazy("このルールを使う"), required=False)
    target = forms.ChoiceField(label=gettext_lazy("行き先"), choices=Target.choices)
    strategy = forms.ChoiceField(label=gettext_lazy("決め方"), choices=Strategy.choices)
    team = forms.ChoiceField(label=gettext_lazy("チーム"), required=False)
    people = forms.MultipleChoiceField(
        label=gettext_lazy("受け取る人"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("選ばなければ、振り分けに加わる全員です。"),
    )  # fmt: skip

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        teams = [("", _("指定しない")), *((str(team.pk), str(team)) for team in Team.objects.all())]
        self.fields["team"].choices = teams  # type: ignore[attr-defined]
        takers = Taker.objects.select_related("person")
        self.fields["people"].choices = [(str(t.person_id), str(t.person)) for t in takers]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def rule_page(request: HttpRequest, uid: uuid.UUID | None = None) -> HttpResponse:
    by = with_power(request, "settings")
    rule = _rule(uid) if uid else None
    initial: dict[str, Any] = {"active": True, "target": Target.PEOPLE, "strategy": Strategy.TURN}
    if rule is not None:
        initial = {name: getattr(rule, name) for name in ("name", "active", "target", "strategy", "version")}
        initial |= {"team": rule.team_id or "", "people": [str(each) for each in rule.people]}
    form = RuleForm(request.POST or None, initial=initial)
    written = rule.condition if rule else {}
    if request.method == "POST":
        written = condition_form.read(request.POST)
    tried = None
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "condition": written}
        version = values.pop("version")
        if request.POST.get("do") == "try":
            tried = _tried(values, rule)
        else:
            with told_in(form):
                saved = edit_rule(rule, values, by=by, version=version) if rule else add_rule(values, by=by)
                telling.done(request, _("「%(name)s」を保存しました。") % {"name": saved}, telling.written())
                return redirect("distribution:settings")
    condition = parse_leniently(written, "lead", House())
    context = {
        "form": form, "rule": rule, "editor": condition_form.editor(condition, House()), "trial": tried,
        "of_type": registry.get("lead"),
    }  # fmt: skip
    return render(request, "distribution/rule.html", context, status=422 if form.errors else 200)


def _tried(values: dict[str, Any], rule: Rule | None) -> trial.Trial | None:
    """As if this rule were used now, in its place."""
    last = Rule.objects.order_by("-position").first()
    position = rule.position if rule else (last.position + 1 if last else 0)
    drawn = Rule(
        pk=rule.pk if rule else None, name=values["name"] or _("このルール"), position=position,
        condition=values["condition"], target=values["target"], strategy=values["strategy"],
        people=[int(each) for each in values["people"]], team_id=int(values["team"]) if values["team"] else None,
    )  # fmt: skip
    return trial.run(setup(), timezone.now(), also=drawn)


@require_POST
def remove_rule_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    by = with_power(request, "settings")
    rule = _rule(uid)
    remove_rule(rule, by=by)
    telling.done(request, _("「%(name)s」を消しました。") % {"name": rule}, telling.written())
    return redirect("distribution:settings")


@require_POST
def move_rule_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One place up."""
    by = with_power(request, "settings")
    rule = _rule(uid)
    uids = [str(each.uid) for each in Rule.objects.order_by("position", "pk")]
    place = uids.index(str(rule.uid))
    uids.insert(max(0, place - 1), uids.pop(place))
    order_rules(uids, by=by)
    telling.done(request, _("順番を変えました。"), telling.written())
    return redirect("distribution:settings")


@require_safe
def trial_page(request: HttpRequest) -> HttpResponse:
    """Last month's leads by the settings as they are, whether switched on or not."""
    with_power(request, "settings")
    return render(request, "distribution/trial.html", {"trial": trial.run(setup(), timezone.now())})


def _rule(uid: uuid.UUID) -> Rule:
    found = Rule.objects.filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found
