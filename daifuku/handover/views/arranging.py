"""The page on which a hand-over is arranged: from whom, to whom, from which day; what moves is shown first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daifuku.duties.actions.snoozing import day_from
from daifuku.duties.whose import people_seen
from daifuku.foundation.errors import DomainError
from daifuku.handover import movers
from daifuku.handover.actions import arrange
from daifuku.handover.actions.arranging import cleaned
from daifuku.handover.sharing_out import share_out
from daifuku.records.models import View
from daifuku.records.saved_views import visible_to as views_of
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.absence import is_absent
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer
from daifuku.staff.views.forms import Quiet

SUCCESSORS, NAMED = 4, 10
DATE = {"type": "date", "autocomplete": "off"}


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
        label=gettext_lazy("前任にも見える日数"),
        required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    reason = forms.CharField(label=gettext_lazy("理由"), required=False)

    def __init__(self, viewer: Viewer, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        seen = people_seen(viewer)
        people = [each for each in Person.objects.all() if seen is None or each.pk in seen]
        self.people = {str(each.uid): each for each in Person.objects.all()}
        self.views = {view.key: view for view in View.objects.filter(views_of(viewer), object="account")}
        self.fields["giver"].choices = [("", ""), *((str(each.uid), str(each)) for each in people)]  # type: ignore[attr-defined]
        working = [(key, str(each)) for key, each in self.people.items() if each.is_active]
        for number in range(1, SUCCESSORS + 1):
            self.fields[f"to{number}"] = forms.ChoiceField(
                label=_("後任 %(n)s") % {"n": number}, required=False, choices=[("", ""), *working]
            )
            self.fields[f"view{number}"] = forms.ChoiceField(
                label=_("後任 %(n)sに渡す取引先") % {"n": number}, required=False,
                choices=[("", _("残りを均等に")), *((key, view.name) for key, view in self.views.items())],
            )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """As `arrange` takes them. Raises Invalid for what is no day."""
        sent = self.data
        successors = []
        for number in range(1, SUCCESSORS + 1):
            person, view = (
                self.people.get(sent.get(f"to{number}", "")),
                self.views.get(sent.get(f"view{number}", "")),
            )
            if person is not None:
                successors.append({"person": person, "condition": view.condition if view else None})
        both = sent.get("both_days", "").strip()
        return {
            "giver": self.people.get(sent.get("giver", "")), "successors": successors,
            "starts_on": day_from(sent["starts_on"]) if sent.get("starts_on") else None,
            "returns_on": day_from(sent["returns_on"]) if sent.get("returns_on") else None,
            "reason": sent.get("reason", ""), "kinds": _kinds(sent),
            "both_days": int(both) if both.isdecimal() and len(both) < 5 else 30,
        }  # fmt: skip


@dataclass(frozen=True)
class Moving:
    """Of one kind of thing: how many each successor gets, and some of them by name."""

    label: Any
    total: int
    shares: list[tuple[Person, int, list[tuple[str, str]]]]


@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """The first press shows what will move, the second arranges it."""
    viewer, today = viewer_at(request), timezone.localdate()
    sent = request.POST if request.method == "POST" else None
    start = {"giver": request.GET.get("giver", str(viewer.person.uid)), "both_days": "30"}
    form = HandoverForm(viewer, sent, initial=start)
    page: dict[str, Any] = {"form": form, "movers": movers.every(), "kinds": _kinds(sent)}
    if sent is not None:
        form.is_valid()
        try:
            values = form.values()
            if sent.get("do") == "arrange":
                handover = arrange(values, by=viewer.person, today=today)
                words = {"giver": handover.giver}
                telling.done(request, _("%(giver)sさんの引き継ぎを登録しました。") % words, telling.written())
                return redirect(handover)
            page |= preview(values, viewer, today)
        except DomainError as error:
            _tell(form, error)
    status = 422 if form.errors else 200
    return render(request, "handover/new.html", page, status=status)


def preview(values: dict[str, Any], viewer: Viewer, today: date) -> dict[str, Any]:
    """Everything that would move now, and who of the successors is away that day. Raises Invalid, Forbidden."""
    given = cleaned(values, by=viewer.person, today=today)
    shares = share_out(given["giver"], given["plan"], viewer.person, today)
    people = {each.pk: each for each in Person.objects.filter(pk__in=_successors(given))}
    moving = []
    for mover in movers.every():
        parts = [
            (people[key], len(keys), list(mover.names(keys[:NAMED], viewer)))
            for key, keys in shares.moving.get(mover.key, {}).items()
        ]
        if parts:
            moving.append(Moving(mover.label, sum(count for _person, count, _names in parts), parts))
    away = [person for person in people.values() if is_absent(person, given["starts_on"])]
    return {"moving": moving, "away": away, "shown": True}


def _successors(given: dict[str, Any]) -> list[int]:
    return [each["person"] for each in given["plan"]["successors"]]


def _kinds(sent: Any) -> list[str]:
    return sent.getlist("kinds") if sent is not None else [mover.key for mover in movers.every()]


def _tell(form: HandoverForm, error: DomainError) -> None:
    if error.status not in {403, 409, 422}:
        raise error
    for problem in error.problems:
        name = "to1" if problem.field == "successors" else problem.field
        form.add_error(name if name in form.fields else None, str(problem.message))
    if not error.problems:
        form.add_error(None, str(error.message))
