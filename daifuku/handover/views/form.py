"""The form of a hand-over: what was typed stays, whatever is wrong with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.duties.whose import people_seen
from daifuku.foundation.errors import DomainError
from daifuku.handover import movers
from daifuku.handover.sharing_out import CUSTOMERS
from daifuku.records.catalogue import registry
from daifuku.records.models import View
from daifuku.records.saved_views import visible_to as views_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer
from daifuku.staff.views.forms import Quiet

SUCCESSORS = 4
DATE = {"type": "date", "autocomplete": "off"}
REST, FIRST = "", "to1"


class HandoverForm(Quiet):
    """Of each successor who it is and, where somebody wants so, the view whose customers are his."""

    giver = forms.ChoiceField(label=gettext_lazy("だれから"), required=False)
    starts_on = forms.CharField(
        label=gettext_lazy("引き継ぐ日"), required=False, widget=forms.TextInput(DATE),
        help_text=gettext_lazy("空欄なら今日。先の日なら、その日に自動で引き継ぎます"),
    )  # fmt: skip
    returns_on = forms.CharField(
        label=gettext_lazy("元に戻す日"), required=False, widget=forms.TextInput(DATE),
        help_text=gettext_lazy("休暇などの間だけのときに入力します。その日に自動で戻ります"),
    )  # fmt: skip
    both_days = forms.CharField(
        label=gettext_lazy("前任にも見える日数"), required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=gettext_lazy("0から365。引き継いだあとも、この間は前任がお客様を見られます"),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        required=False,
        help_text=gettext_lazy("例: 12月末で退職、名古屋支店へ異動"),
    )

    def __init__(self, viewer: Viewer, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.viewer, seen = viewer, people_seen(viewer)
        everybody = list(Person.objects.all())
        self.people = {str(each.uid): each for each in everybody}
        self.views = {view.key: view for view in View.objects.filter(views_of(viewer), object="account")}
        givers = [each for each in everybody if seen is None or each.pk in seen]
        working = [(key, str(each)) for key, each in self.people.items() if each.is_active]
        self._choices("giver", [(str(each.uid), str(each)) for each in givers])
        for number in range(1, SUCCESSORS + 1):
            label = _("後任 %(n)s") % {"n": number} if number > 1 else _("だれへ（後任）")
            self.fields[f"to{number}"] = forms.ChoiceField(label=label, required=False)
            self._choices(f"to{number}", working)
            gets = _("渡す取引先") if number > 1 else _("最初の後任に渡す取引先")
            self.fields[f"view{number}"] = forms.ChoiceField(label=gets, required=False)
            views = [(key, view.name) for key, view in self.views.items()]
            self._choices(f"view{number}", views, _("残りを均等に"))

    def _choices(self, name: str, choices: list[tuple[str, str]], nothing: str = "") -> None:
        self.fields[name].choices = [(REST, nothing), *choices]  # type: ignore[attr-defined]

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """Each successor with what he gets."""
        return [(self[f"to{number}"], self[f"view{number}"]) for number in range(1, SUCCESSORS + 1)]

    @property
    def details(self) -> list[BoundField]:
        return [self[name] for name in ("starts_on", "returns_on", "both_days", "reason")]

    @property
    def several(self) -> bool:
        """Whether more than one successor was chosen, or one of them is wrong: then all of them are shown."""
        return any(
            self[f"to{number}"].value() or self[f"to{number}"].errors for number in range(2, 5)
        ) or bool(self["view1"].value())

    def values(self) -> dict[str, Any]:
        """As `arrange` takes them."""
        sent = self.data
        successors = []
        for number in range(1, SUCCESSORS + 1):
            person = self.people.get(sent.get(f"to{number}", ""))
            view = self.views.get(sent.get(f"view{number}", ""))
            if person is not None:
                successors.append({"person": person, "condition": view.condition if view else None})
        days = {name: sent.get(name, "") for name in ("starts_on", "returns_on", "both_days", "reason")}
        return {
            **days, "giver": self.people.get(sent.get("giver", "")), "successors": successors,
            "kinds": kinds_of(sent), "excluded": self._customers("excluded"), "chosen": self._customers("chosen"),
        }  # fmt: skip

    def _customers(self, name: str) -> dict[str, list[int]]:
        """Keys by kind, of what was sent as "accounts:<uid>"; what one may not see is not there."""
        wanted: dict[str, list[str]] = {}
        sent: Any = self.data
        for word in sent.getlist(name):
            slug, _colon, uid = word.partition(":")
            wanted.setdefault(slug, []).append(uid)
        found = {}
        for kind in CUSTOMERS:
            uids = [uid for uid in wanted.get(registry.get(kind).slug, ()) if _is_uid(uid)]
            rows: Any = registry.get(kind).model.objects.visible_to(self.viewer).filter(uid__in=uids)
            if uids and (keys := list(rows.values_list("pk", flat=True))):
                found[kind] = keys
        return found

    def tell(self, error: DomainError) -> None:
        """Beside the field that it is about; what is about no field, on top."""
        if error.status not in {403, 409, 422}:
            raise error
        for problem in error.problems:
            name = FIRST if problem.field == "successors" else problem.field
            self.add_error(name if name in self.fields else None, str(problem.message))
        if not error.problems:
            self.add_error(None, str(error.message))


def kinds_of(sent: Any) -> list[str]:
    return sent.getlist("kinds") if sent is not None else [mover.key for mover in movers.every()]


def _is_uid(text: str) -> bool:
    return (
        len(text) == 36 and all(each in "0123456789abcdef-" for each in text.lower()) and text.count("-") == 4
    )
