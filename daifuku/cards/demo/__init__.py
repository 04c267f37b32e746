"""シャチホコ商事 enters its cards: reps photograph them at fairs, 栄 types them, 熱田 stands in; some still wait."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random

from django.core.files.base import ContentFile

from daifuku.cards.actions import finishing, rechecking, taking
from daifuku.cards.actions.bringing import About, bring
from daifuku.cards.actions.settling import set_up
from daifuku.cards.demo.drawing import draw_card
from daifuku.cards.models import Card, Way
from daifuku.customers.demo.places import TOWNS
from daifuku.customers.demo.stage import Stage, Step
from daifuku.customers.demo.words import FAMILIES, FIRST, GIVEN, SECOND, TRADES

FAIRS = ("名古屋ものづくり展", "東海工具フェア", "商工会議所の交流会", "")
POSTS = (("購買部", "課長"), ("製造部", "部長"), ("", "代表取締役"), ("総務部", "主任"), ("資材課", "係長"))
BRINGERS = ("ryo", "katsumi", "katsugoro", "ryo", "yui", "katsumi")
NOTES = ("見積がほしいとのこと。", "年明けに工場を見せてもらえる。", "", "カタログを送る約束をしました。")
ENTERED, WAITING = 14, 8
# One person over the years: days ago, who got the card, at which firm, department, title, how it was entered.
CAREER = (
    (395, "ryo", "firm3.0", "購買部", "主任", "colleague"),
    (190, "katsumi", "firm3.0", "購買部", "課長", "same"),
    (34, "yui", "firm5.0", "資材部", "部長", "moved"),
)


def cards(random: Random) -> Iterator[Step]:
    yield Step(80, 9 * 60, _set_up, "page")
    for number in range(ENTERED):
        days = 75 - number * 5
        values = _invent(number)
        yield Step(days, 8 * 60 + 40 + number, partial(_bring, number, values), "phone")
        yield Step(days - 1, 9 * 60 + 20 + number, partial(_enter, number, values), "page")
        if number % 3 == 0:
            yield Step(days - 1, 16 * 60 + number, partial(_type_again, number, values), "page")
    for number in range(ENTERED, ENTERED + WAITING):
        days = 2 if number == ENTERED else 1 if number < ENTERED + 4 else 0
        yield Step(days, 8 * 60 + number, partial(_bring, number, _invent(number)), "phone")
    for number, (days, by, *_what) in enumerate(CAREER):
        yield Step(days, 17 * 60, partial(_bring_again, number, by), "phone")
        yield Step(days - 1, 17 * 60 + 10, partial(_enter_again, number), "page")
    yield Step(0, 8 * 60 + 40, _leave_one_half_done, "page")
    yield Step(0, 8 * 60 + 45, _put_one_aside, "page")


def _set_up(stage: Stage) -> None:
    set_up({"clerks": [stage.people["toshiko"], stage.people["katsumi"]]}, by=stage.people["makoto"])


def _invent(number: int) -> dict[str, str]:
    random = Random(f"card of {number}")  # noqa: S311 - invented people
    (family, family_kana), (given, given_kana) = random.choice(FAMILIES), random.choice(GIVEN)
    (written, _read), (written2, _read2) = random.choice(FIRST), random.choice(SECOND)
    word, town, (department, title) = (
        random.choice(TRADES)[0],
        random.choice(TOWNS),
        POSTS[number % len(POSTS)],
    )
    return {
        "company": f"株式会社{written}{written2}{word}", "department": department, "title": title,
        "family_name": family, "given_name": given, "family_kana": family_kana, "given_kana": given_kana,
        "postal_code": town.postal_code, "prefecture": town.prefecture, "city": town.city,
        "street": f"{town.town}{number % 4 + 1}-{number % 9 + 1}", "phone": town.phone(9100 + number),
        "mobile": f"020-{1400 + number}-{4000 + number}" if number % 2 else "",
        "email": f"kojin{number}@meishi{number}.example.jp", "website": f"https://meishi{number}.example.jp",
    }  # fmt: skip


def _bring(number: int, values: dict[str, str], stage: Stage) -> None:
    by = stage.people[BRINGERS[number % len(BRINGERS)]]
    owner = stage.people["ryo"] if by == stage.people["katsugoro"] else by
    about = About(FAIRS[number % len(FAIRS)], NOTES[number % len(NOTES)], stage.now.date(), owner)
    content = ContentFile(draw_card(values, number), f"IMG_{4100 + number}.jpg")
    way = Way.MAIL if number % 3 == 1 else Way.PHOTO
    stage.saved[f"card{number}"] = bring(content, by=by, about=about, way=way)[0]


def _enter(number: int, values: dict[str, str], stage: Stage) -> None:
    """栄 does it, while she was away 熱田; the second is somebody's colleague."""
    by = stage.people["katsumi" if number in {4, 5} else "toshiko"]
    card, how, target = stage.saved[f"card{number}"], "new", None
    if number % 5 == 3:
        how, target = "colleague", stage.saved["firm3.0"]
    Card.objects.filter(pk=card.pk).update(seconds=38 + number * 7 % 41)
    finishing.finish(card, values, how, by=by, target=target)
    Card.objects.filter(pk=card.pk).update(check_wanted=number % 3 == 0)


def _type_again(number: int, values: dict[str, str], stage: Stage) -> None:
    by = stage.people["toshiko" if number in {4, 5} else "katsumi"]
    typed = {**values, "street": values["street"] + "-2"} if number == 6 else values
    card = stage.saved[f"card{number}"]
    rechecking.type_again(card, typed, by=by, seconds=44 + number)
    if number == 6:
        rechecking.judge(card, ["street"], by=by)


def _on_his_card(number: int, stage: Stage) -> dict[str, str]:
    _days, _by, firm, department, title, _how = CAREER[number]
    values = _invent(900)
    mail = {"email": f"tokoname@meishi{number // 2}.example.jp", "website": ""}
    name = {"family_name": "常滑", "given_name": "恵一", "family_kana": "トコナメ", "given_kana": "ケイイチ"}
    return {
        **values, **name, **mail, "company": stage.saved[firm].name, "department": department, "title": title,
    }  # fmt: skip


def _bring_again(number: int, by: str, stage: Stage) -> None:
    person = stage.people[by]
    about = About(FAIRS[number], "", stage.now.date(), person)
    content = ContentFile(draw_card(_on_his_card(number, stage), 900 + number), f"IMG_{3100 + number}.jpg")
    stage.saved[f"career{number}"] = bring(content, by=person, about=about, way=Way.PHOTO)[0]


def _enter_again(number: int, stage: Stage) -> None:
    """主任, then 課長, then 部長 of another firm: the clerk says that it is he."""
    card, how = stage.saved[f"career{number}"], CAREER[number][-1]
    target = stage.saved.get("career") or stage.saved["firm3.0"]
    Card.objects.filter(pk=card.pk).update(seconds=41 + number)
    done = finishing.finish(
        card, _on_his_card(number, stage), str(how), by=stage.people["toshiko"], target=target
    )
    stage.saved["career"] = done.record
    Card.objects.filter(pk=card.pk).update(check_wanted=False)


def _leave_one_half_done(stage: Stage) -> None:
    card = stage.saved[f"card{ENTERED + 1}"]
    values = _invent(ENTERED + 1)
    begun = {name: values[name] for name in ("company", "family_name", "given_name", "phone")}
    taking.take(card, by=stage.people["toshiko"])
    taking.keep_draft(card, begun, by=stage.people["toshiko"], seconds=31)


def _put_one_aside(stage: Stage) -> None:
    taking.put_aside(
        stage.saved[f"card{ENTERED + 2}"],
        "ぼけていて読めない。撮り直しを頼みました。",
        by=stage.people["toshiko"],
    )
