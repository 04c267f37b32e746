"""The teams as a tree, and one team: its name, its place, its people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.staff import actions
from daifuku.staff.history import lines_about
from daifuku.staff.models import Membership, Person, Team
from daifuku.staff.views.finding import one_of, with_power
from daifuku.staff.views.forms import Quiet, told_in
from daifuku.staff.views.person_forms import colleagues


@dataclass(frozen=True)
class Branch:
    """A team where it stands in the tree; the head comes before its members."""

    team: Team
    depth: int
    members: list[Membership]

    @property
    def indent(self) -> int:
        return min(self.depth, 6)


class TeamForm(Quiet):
    name = forms.CharField(label=_lazy("名前"), max_length=60)
    parent = forms.ModelChoiceField(
        label=_lazy("上位のチーム"),
        queryset=Team.objects.all(),
        required=False,
        empty_label=_lazy("なし（一番上）"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class MemberForm(Quiet):
    person = forms.ModelChoiceField(
        label=_lazy("人"), queryset=Person.objects.none(), empty_label=_lazy("選んでください")
    )
    leads = forms.BooleanField(label=_lazy("責任者にする"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choice = self.fields["person"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = colleagues()


@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: HttpRequest) -> HttpResponse:
    by = with_power(request)
    form = TeamForm(request.POST or None, initial={"parent": request.GET.get("parent")})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            name, parent = form.cleaned_data["name"], form.cleaned_data["parent"]
            team = actions.create_team(name, parent=parent, by=by)
            messages.success(request, _("チームを作成しました。続けて人を加えてください。"))
            return redirect("staff:team", team.pk)
    context = {"tree": tree(), "form": form}
    return render(request, "staff/teams.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, pk: int) -> HttpResponse:
    by, team = with_power(request), one_of(Team.objects, pk)
    form = TeamForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        changes = dict(form.cleaned_data)
        version = changes.pop("version")
        with told_in(form):
            actions.edit_team(team, changes, by=by, version=version)
            messages.success(request, _("保存しました。"))
            return redirect("staff:team", team.pk)
    return _page(request, one_of(Team.objects, pk), form=form)


@require_POST
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    by, team = with_power(request), one_of(Team.objects, pk)
    form = MemberForm(request.POST)
    if not form.is_valid():
        return _page(request, team, member=form)
    actions.put_into_team(team, form.cleaned_data["person"], leads=form.cleaned_data["leads"], by=by)
    messages.success(request, _("チームに加えました。"))
    return redirect("staff:team", team.pk)


@require_POST
def remove_member(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    by, team = with_power(request), one_of(Team.objects, pk)
    actions.take_out_of_team(team, one_of(Person.objects, person), by=by)
    messages.success(request, _("チームから外しました。"))
    return redirect("staff:team", team.pk)


@require_POST
def lead(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Makes a member the leader, or a leader a member."""
    by, team = with_power(request), one_of(Team.objects, pk)
    held = one_of(team.memberships.select_related("person"), _membership(team, person))
    actions.put_into_team(team, held.person, leads=not held.leads, by=by)
    messages.success(request, _("責任者を変更しました。"))
    return redirect("staff:team", team.pk)


@require_POST
def dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    by, team = with_power(request), one_of(Team.objects, pk)
    actions.dissolve_team(team, by=by)
    messages.success(request, _("チームを削除しました。"))
    return redirect("staff:teams")


def tree() -> list[Branch]:
    """All teams, each below its own head; three queries, whatever their number."""
    members: dict[int, list[Membership]] = {}
    people = Membership.objects.select_related("person").order_by(
        "-leads", "person__family_kana", "person_id"
    )
    for membership in people:
        members.setdefault(membership.team_id, []).append(membership)
    below: dict[int | None, list[Team]] = {}
    for found in Team.objects.all():
        below.setdefault(found.parent_id, []).append(found)
    branches: list[Branch] = []

    def grow(parent: int | None, depth: int) -> None:
        for found in below.get(parent, []):
            branches.append(Branch(found, depth, members.get(found.pk, [])))
            grow(found.pk, depth + 1)

    grow(None, 0)
    return branches


def _membership(team: Team, person: int) -> int | str:
    return team.memberships.filter(person=person).values_list("pk", flat=True).first() or ""


def _page(request: HttpRequest, team: Team, **forms_told: forms.Form | None) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    told = {name: form for name, form in forms_told.items() if form is not None}
    initial = {"name": team.name, "parent": team.parent_id, "version": team.version}
    context = {
        "team": team,
        "form": TeamForm(initial=initial),
        "member": MemberForm(),
        "members": team.memberships.select_related("person").order_by("-leads", "person__family_kana"),
        "children": team.children.all(),
        "history": lines_about("team", team.pk, viewer, team.name),
    }
    return render(request, "staff/team.html", context | told, status=422 if told else 200)
