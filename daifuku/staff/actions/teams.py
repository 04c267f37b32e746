"""Teams: made, renamed, put below another one, filled with people, dissolved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event, Subject
from daifuku.staff.actions import cleaning, rights
from daifuku.staff.actions.changes import check_version, fresh, put
from daifuku.staff.models import Membership, Person, Team


def create_team(name: str, *, parent: Team | None = None, by: Person) -> Team:
    rights.need(by)
    values = cleaning.clean_all({"name": name}, {"name": cleaning.text(60, required=True)})
    with ledger.writing():
        _name_is_free(values["name"], parent)
        team = Team.objects.create(parent=parent, **values)
        _line(team, by=by, changes={"name": [None, team.name], "parent": [None, team.parent_id]})
    return team


def edit_team(
    team: Team,
    changes: Mapping[str, Any],
    *,
    by: Person,
    version: int | None = None,
    undoes: Event | None = None,
) -> Event | None:
    """Renames the team or puts it below another one (`parent`: a team or None for the top)."""
    rights.need(by)
    values = cleaning.clean_all(
        changes, {"name": cleaning.text(60, required=True), "parent": lambda parent: parent}
    )
    with ledger.writing():
        list(Team.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
        stored = fresh(team)
        check_version(stored, version)
        done = put(stored, values)
        if not done and undoes is None:
            return None
        if "parent" in done:
            _no_loop(stored)
        _name_is_free(stored.name, stored.parent, but=stored)
        stored.version += 1
        stored.save()
        team.name, team.parent, team.version = stored.name, stored.parent, stored.version
        return _line(stored, by=by, changes=done, undoes=undoes)


def dissolve_team(team: Team, *, by: Person) -> None:
    """Removes a team that has neither people nor teams nor records any more."""
    rights.need(by)
    with ledger.writing():
        if team.memberships.exists() or team.children.exists():
            raise Conflict(
                _("人や下位のチームが残っているため、削除できません。先に移してください。"), code="in_use"
            )
        _line(team, by=by, changes={"name": [team.name, None]})
        try:
            team.delete()
        except ProtectedError as error:
            raise Conflict(
                _("このチームの記録が残っているため、削除できません。先に移してください。"), code="in_use"
            ) from error


def put_into_team(team: Team, person: Person, *, leads: bool = False, by: Person) -> Event | None:
    """Makes the person a member, or a member a leader or back; his view changes at once."""
    rights.need(by)
    with ledger.writing():
        held = Membership.objects.select_for_update().filter(team=team, person=person).first()
        if held and held.leads == leads:
            return None
        Membership.objects.update_or_create(team=team, person=person, defaults={"leads": leads})
        return _line(team, person, by=by, changes={"member": [_word(held), "leader" if leads else "member"]})


def take_out_of_team(team: Team, person: Person, *, by: Person) -> Event | None:
    rights.need(by)
    with ledger.writing():
        held = Membership.objects.select_for_update().filter(team=team, person=person).first()
        if held is None:
            return None
        before = _word(held)
        held.delete()
        return _line(team, person, by=by, changes={"member": [before, None]})


def undo_edit(event: Event, by: Person) -> Undone:
    """A new team is dissolved, a name or place put back, a member taken out or in again."""
    team = _team_of(event)
    changes = event.changes
    if "member" in changes:
        _undo_member(event, team, by)
        return Undone(1)
    if team is None or (changes.get("name") or [""])[0] is None:
        raise Conflict(_("この操作は元に戻せません。"), code="cannot_undo")
    now = {"name": team.name, "parent": team.parent_id}
    back = {name: old for name, (old, new) in changes.items() if now[name] == new}
    if not back:
        raise ChangedSince
    if "parent" in back:
        back["parent"] = Team.objects.filter(pk__in=[back["parent"]]).first() if back["parent"] else None
    edit_team(team, back, by=by, undoes=event)
    return Undone(1)


def _undo_member(event: Event, team: Team | None, by: Person) -> None:
    old, new = event.changes["member"]
    subject = event.subjects.filter(object="person").first()
    person = Person.objects.filter(pk=subject.record_id).first() if subject else None
    if team is None or person is None:
        raise ChangedSince
    rights.need(by)
    with ledger.writing():
        held = Membership.objects.select_for_update().filter(team=team, person=person).first()
        if _word(held) != new:
            raise ChangedSince
        if old is None:
            Membership.objects.filter(team=team, person=person).delete()
        else:
            Membership.objects.update_or_create(team=team, person=person, defaults={"leads": old == "leader"})
        _line(team, person, by=by, changes={"member": [new, old]}, undoes=event)


def _word(held: Membership | None) -> str | None:
    return None if held is None else "leader" if held.leads else "member"


def _team_of(event: Event) -> Team | None:
    subject = event.subjects.filter(object="team", role=Subject.MAIN).first()
    return Team.objects.filter(pk=subject.record_id).first() if subject else None


def _name_is_free(name: str, parent: Team | None, but: Team | None = None) -> None:
    if Team.objects.filter(name=name, parent=parent).exclude(pk__in=[but.pk] if but else []).exists():
        raise Invalid([FieldProblem("name", _("同じ名前のチームが同じ階層にあります。"))])


def _no_loop(team: Team) -> None:
    parents = dict(Team.objects.values_list("pk", "parent"))
    above, seen = team.parent_id, set()
    while above is not None and above not in seen:
        if above == team.pk:
            raise Invalid(
                [FieldProblem("parent", _("自分自身や、下位のチームの下には移せません。"), code="loop")]
            )
        seen.add(above)
        above = parents.get(above)


def _line(
    team: Team,
    person: Person | None = None,
    *,
    by: Person,
    changes: dict[str, list[Any]],
    undoes: Event | None = None,
) -> Event:
    about = [ledger.About("team", team.pk)]
    if person:
        about.append(ledger.About("person", person.pk, "related"))
    data = {"changes": changes, "name": team.name}
    return ledger.record("team.edited", by=by, about=about, data=data, undoes=undoes)
