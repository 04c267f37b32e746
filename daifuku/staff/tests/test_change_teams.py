"""Teams as a tree: made, renamed, moved without circles, filled, dissolved."""

from __future__ import annotations

import pytest

from daifuku.foundation.errors import Conflict, Forbidden, Invalid, Stale
from daifuku.ledger.models import Event
from daifuku.records.undoing import undo
from daifuku.staff.actions import create_team, dissolve_team, edit_team, put_into_team, take_out_of_team
from daifuku.staff.models import Membership, Person, Team
from daifuku.staff.testing import Cast
from daifuku.staff.viewer import Viewer

pytestmark = pytest.mark.django_db


def test_a_team_is_made_below_another_one(cast: Cast) -> None:
    team = create_team("営業二課", parent=cast.sales, by=cast.mizuno)
    assert (team.parent, team.version) == (cast.sales, 1)
    line = Event.objects.get()
    assert (line.kind, line.changes["name"]) == ("team.edited", [None, "営業二課"])


def test_a_team_is_renamed_and_moved_and_both_undone(cast: Cast) -> None:
    line = edit_team(cast.section, {"name": "法人課", "parent": cast.other}, by=cast.mizuno, version=1)
    assert line
    moved = Team.objects.get(pk=cast.section.pk)
    assert (moved.name, moved.parent, moved.version) == ("法人課", cast.other, 2)
    undo(line, by=cast.mizuno)
    back = Team.objects.get(pk=cast.section.pk)
    assert (back.name, back.parent) == ("営業一課", cast.sales)


def test_no_team_stands_below_itself(cast: Cast) -> None:
    for parent in (cast.sales, cast.section):
        with pytest.raises(Invalid) as refusal:
            edit_team(cast.sales, {"parent": parent}, by=cast.mizuno)
        assert refusal.value.problems[0].code == "loop"
    assert Team.objects.get(pk=cast.sales.pk).parent is None


def test_moving_a_team_moves_what_its_superior_sees(cast: Cast) -> None:
    edit_team(cast.other, {"parent": cast.sales}, by=cast.mizuno)
    assert cast.other.pk in Viewer(cast.osaki).tree_ids


def test_members_come_lead_and_go(cast: Cast) -> None:
    came = put_into_team(cast.other, cast.baba, by=cast.mizuno)
    leads = put_into_team(cast.other, cast.baba, leads=True, by=cast.mizuno)
    assert came and leads
    assert leads.changes == {"member": ["member", "leader"]}
    assert put_into_team(cast.other, cast.baba, leads=True, by=cast.mizuno) is None
    assert cast.other.pk in Viewer(cast.baba).team_ids
    went = take_out_of_team(cast.other, cast.baba, by=cast.mizuno)
    assert went
    assert take_out_of_team(cast.other, cast.baba, by=cast.mizuno) is None
    undo(went, by=cast.mizuno)
    assert Membership.objects.get(team=cast.other, person=cast.baba).leads


def test_a_team_in_use_stays(cast: Cast) -> None:
    for team in (cast.sales, cast.section):
        with pytest.raises(Conflict):
            dissolve_team(team, by=cast.mizuno)
    dissolve_team(create_team("空", by=cast.mizuno), by=cast.mizuno)
    assert Team.objects.count() == 3


def test_a_team_with_records_stays(cast: Cast) -> None:
    from daifuku.records.actions import create

    team = create_team("倉庫", by=cast.mizuno)
    create("account", {"name": "青木商店", "team": team}, by=cast.mizuno)
    with pytest.raises(Conflict):
        dissolve_team(team, by=cast.mizuno)
    assert Team.objects.filter(pk=team.pk).exists()


@pytest.mark.parametrize("name", ["", " ", "あ" * 61, "営業部"])
def test_a_bad_or_doubled_name_is_told(cast: Cast, name: str) -> None:
    with pytest.raises(Invalid):
        create_team(name, by=cast.mizuno)


def test_two_at_once_are_told(cast: Cast) -> None:
    edit_team(cast.other, {"name": "大阪支店"}, by=cast.mizuno, version=1)
    with pytest.raises(Stale):
        edit_team(cast.other, {"name": "京都支店"}, by=cast.mizuno, version=1)


def test_it_takes_the_power(cast: Cast) -> None:
    for person in (cast.osaki, cast.eguchi, cast.senda):
        for deed in (
            lambda by: create_team("x", by=by),
            lambda by: edit_team(cast.other, {"name": "x"}, by=by),
            lambda by: put_into_team(cast.other, cast.baba, by=by),
            lambda by: take_out_of_team(cast.section, cast.baba, by=by),
            lambda by: dissolve_team(cast.other, by=by),
        ):
            with pytest.raises(Forbidden):
                deed(Person.objects.get(pk=person.pk))
    assert not Event.objects.exists()
