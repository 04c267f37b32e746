"""シャチホコ商事 itself: its teams as a tree, a person of every role. The stations of Nagoya lend their names."""

from __future__ import annotations

from dataclasses import dataclass

from daifuku.customers.demo.stage import Stage
from daifuku.staff.actions import (
    accept_invitation,
    create_team,
    edit_company,
    edit_person,
    found_company,
    invite,
    put_into_team,
)
from daifuku.staff.models import Person, Role, Team

COMPANY = "シャチホコ商事株式会社"
PASSWORD = "misonikomi-udon"  # noqa: S105 - of invented people, printed at every start


@dataclass(frozen=True)
class Member:
    """One of the demo's people; `leads` the team or only belongs to it."""

    word: str
    role: str
    family: str
    given: str
    kana: tuple[str, str]
    team: str
    title: str = ""
    leads: bool = False

    @property
    def email(self) -> str:
        return f"{self.word}@example.jp"


TEAMS = (
    ("sales", "営業部", ""), ("sales1", "営業一課", "sales"), ("sales2", "営業二課", "sales"),
    ("tokyo", "東京営業所", "sales"), ("office", "管理部", ""), ("purchase", "購買課", "office"),
    ("account", "経理課", "office"), ("market", "販促室", ""),
)  # fmt: skip
FIRST = Member("katsugoro", "president", "鶴舞", "勝五郎", ("ツルマイ", "カツゴロウ"), "", "代表取締役社長")
MEMBERS = (
    Member("kishio", "manager", "名城", "岸雄", ("メイジョウ", "キシオ"), "sales", "営業部長", leads=True),
    Member("midori", "manager", "大曽根", "みどり", ("オオゾネ", "ミドリ"), "sales1", "営業一課長", leads=True),
    Member("takuya", "manager", "今池", "拓也", ("イマイケ", "タクヤ"), "sales2", "営業二課長", leads=True),
    Member("katsumi", "rep", "熱田", "かつみ", ("アツタ", "カツミ"), "sales1", "主任"),
    Member("ryo", "rep", "本山", "亮", ("モトヤマ", "リョウ"), "sales1"),
    Member("chinatsu", "rep", "八事", "千夏", ("ヤゴト", "チナツ"), "sales2"),
    Member("ken", "rep", "藤が丘", "健", ("フジガオカ", "ケン"), "sales2"),
    Member("daisuke", "rep", "鳴海", "大輔", ("ナルミ", "ダイスケ"), "tokyo", "所長", leads=True),
    Member("yui", "rep", "有松", "結衣", ("アリマツ", "ユイ"), "tokyo"),
    Member("toshiko", "clerk", "栄", "としこ", ("サカエ", "トシコ"), "office", "営業事務"),
    Member("osamu", "purchaser", "伏見", "修", ("フシミ", "オサム"), "purchase", "購買担当"),
    Member("keiko", "accountant", "金山", "恵子", ("カナヤマ", "ケイコ"), "account", "経理担当"),
    Member("sakura", "marketer", "池下", "さくら", ("イケシタ", "サクラ"), "market", "販促担当"),
    Member("makoto", "administrator", "星ヶ丘", "誠", ("ホシガオカ", "マコト"), "office", "情報システム担当"),
    Member("nozomi", "reader", "原", "望", ("ハラ", "ノゾミ"), "", "相談役"),
)  # fmt: skip
REPS = ("katsumi", "ryo", "chinatsu", "ken", "daisuke", "yui")


def build(stage: Stage) -> None:
    """Founds the firm and lets everybody accept the invitation."""
    head = found_company(
        company_name=COMPANY,
        email=FIRST.email,
        family_name=FIRST.family,
        given_name=FIRST.given,
        password=PASSWORD,
    )
    edit_company(
        {
            "kana": "シャチホコショウジ", "postal_code": "460-0008", "address": "愛知県名古屋市中区栄0-0-0",
            "phone": "052-000-0001", "invoice_number": "T9999999999999",
        },
        by=head,
    )  # fmt: skip
    _introduce(stage, FIRST, head, head)
    for word, name, above in TEAMS:
        stage.teams[word] = create_team(name, parent=stage.teams.get(above), by=head)
    roles = {role.key: role for role in Role.objects.all()}
    for member in MEMBERS:
        person = _join(member, roles[member.role], stage.teams.get(member.team), head)
        _introduce(stage, member, person, head)
    for number, word in enumerate(REPS, start=1):
        stage.people[f"rep{number}"] = stage.people[word]


def _join(member: Member, role: Role, team: Team | None, head: Person) -> Person:
    invited = invite(member.email, roles=[role], team=team, by=head)
    details = {
        "family_name": member.family, "given_name": member.given,
        "family_kana": member.kana[0], "given_kana": member.kana[1],
    }  # fmt: skip
    secret = invited.link.rstrip("/").rsplit("/", 1)[1]
    person = accept_invitation(secret, details, password=PASSWORD)
    if team and member.leads:
        put_into_team(team, person, leads=True, by=head)
    return person


def _introduce(stage: Stage, member: Member, person: Person, head: Person) -> None:
    """Everybody is fetched anew at the end, so that his roles and teams are known."""
    kana = {"family_kana": member.kana[0], "given_kana": member.kana[1]}
    edit_person(person, {"title": member.title, **kana}, by=head)
    stage.people[member.word] = Person.objects.get(pk=person.pk)
