"""The forms about a person: particulars, looks, roles, team, absence, leaving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from daifuku.staff.models import Person, Role, Team
from daifuku.staff.views.forms import Quiet, SomeOf


def day_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def colleagues(but: Person | None = None) -> Any:
    return Person.objects.working().exclude(pk__in=[but.pk] if but else [])


class ProfileForm(Quiet):
    family_name = forms.CharField(label=_("姓"), max_length=40)
    given_name = forms.CharField(label=_("名"), max_length=40, required=False)
    family_kana = forms.CharField(label=_("セイ"), max_length=40, required=False)
    given_kana = forms.CharField(label=_("メイ"), max_length=40, required=False)
    title = forms.CharField(label=_("役職"), max_length=40, required=False)
    phone = forms.CharField(
        label=_("電話番号"), max_length=40, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )

    def __init__(self, *arguments: Any, person: Person, **options: Any) -> None:
        initial = {name: getattr(person, name) for name in self.base_fields}
        super().__init__(*arguments, initial=initial, **options)


class ParticularsForm(ProfileForm):
    """With the address that somebody else signs in by."""

    email = forms.CharField(
        label=_("メールアドレス"),
        help_text=_("ログインに使います。"),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )


class LooksForm(Quiet):
    language = forms.ChoiceField(label=_("表示言語"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("配色"), choices=Person.Theme.choices)
    roomy = forms.ChoiceField(
        label=_("行間"),
        choices=[("", _("標準（一画面に多く表示）")), ("1", _("広い（ゆったり表示）"))],
        required=False,
    )

    def __init__(self, *arguments: Any, person: Person, **options: Any) -> None:
        initial = {"language": person.language, "theme": person.theme, "roomy": "1" if person.roomy else ""}
        super().__init__(*arguments, initial=initial, **options)


class RolesForm(Quiet):
    roles = SomeOf(
        label=_("役割"), queryset=Role.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )


class MembershipForm(Quiet):
    team = forms.ModelChoiceField(
        label=_("チーム"), queryset=Team.objects.all(), empty_label=_("選んでください")
    )
    leads = forms.BooleanField(label=_("責任者にする"), required=False)


class AbsenceForm(Quiet):
    absent_from = forms.DateField(label=_("不在の最初の日"), required=False, widget=day_input())
    absent_until = forms.DateField(
        label=_("不在の最後の日"),
        required=False,
        widget=day_input(),
        help_text=_("決まっていないときは空のままにします。"),
    )
    substitute = forms.ModelChoiceField(
        label=_("代理"), queryset=Person.objects.none(), required=False, empty_label=_("なし"),
        help_text=_("不在の間、仕事を引き受ける人です。"),
    )  # fmt: skip

    def __init__(self, *arguments: Any, person: Person, **options: Any) -> None:
        initial = {name: getattr(person, name) for name in self.base_fields}
        super().__init__(*arguments, initial=initial, **options)
        choice = self.fields["substitute"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = colleagues(but=person)


class LeaveForm(Quiet):
    on = forms.DateField(label=_("退職日"), widget=day_input())
    successor = forms.ModelChoiceField(
        label=_("後任"), queryset=Person.objects.none(), required=False, empty_label=_("あとで決める"),
        help_text=_("担当していた記録は、後任への引き継ぎが済むまで本人の担当のまま残ります。"),
    )  # fmt: skip

    def __init__(self, *arguments: Any, person: Person, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choice = self.fields["successor"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = colleagues(but=person)
