"""`seeds/000`, played by its people: the rules are read, every talk is entered once, and who enters nothing gives in.

Each sits before his own screen: the reps with their phones at 390 px, the clerk, the heads, the president at their
desks. The hours and days go by as the story wants it; nothing is waited for. Its sequel, when the best salesman leaves,
is `test_hand_over.py`; what `seeds/002` tells of minutes is `test_write_minutes_once.py`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from daifuku.activities.actions import finish
from daifuku.activities.models import Plan, Talk
from daifuku.customers.models import Lead
from daifuku.daily.actions import close_day
from daifuku.distribution.actions import edit_setup, keep_taker
from daifuku.distribution.models import Taker
from daifuku.duties.models import Duty, State
from daifuku.records import actions
from tests.stories.trading_company import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REMARK = "同じ箱で納めている先に、こちらから電話を入れよう。"


def test_everybody_reads_the_rules_before_they_count(house: House) -> None:
    """「ルールはわしととしこくんで考えてある」: 亮 reads them on his phone, 誠 sees who has not, and asks once more."""
    from playwright.sync_api import expect

    house.at(0, "08:50")
    ryo = house.enter("ryo", "/")
    ryo.get_by_role("link", name="読んで確認する").click()
    book = ryo.locator("main")
    for words in ("名刺を交換したら", "電話の記録", "訪問の記録", "納期", "入力漏れは、1件につき500円"):
        expect(book).to_contain_text(words)
    house.well(ryo, "the rule book")
    ryo.get_by_role("button", name="読みました").click()
    expect(book).to_contain_text("に読んで確認しました。")

    makoto = house.enter("makoto", "/settings/rules/readers/")
    confirmed = makoto.locator("section", has_text="確認した人（2人）")
    expect(confirmed).to_contain_text("本山 亮")
    house.well(makoto, "who has read it")
    makoto.get_by_role("button", name="もう一度知らせる").click()
    house.at(0, "09:00")
    katsumi = house.enter("katsumi", "/notices/")
    expect(katsumi.locator(".notice-list")).to_contain_text("まだ確認していません。読んで確認してください。")
    house.well(katsumi, "notices")
    ryo.goto(f"{house.url}/")
    expect(ryo.get_by_role("link", name="読んで確認する")).to_have_count(0)


def test_a_card_is_entered_asked_for_what_it_lacks_and_called(house: House) -> None:
    """としこ enters the president's card; 亮 gets it, is asked for what is missing, and records the first call."""
    from playwright.sync_api import expect

    house.at(0, "09:30")
    by = house.people["makoto"]
    edit_setup({"on": True, "givers": [house.people["toshiko"].pk]}, by=by)
    keep_taker(house.people["ryo"], {}, by=by)
    toshiko = house.enter("toshiko", "/leads/new/")
    expect(toshiko.locator(".form-hints")).to_contain_text("きっかけ")
    house.well(toshiko, "a new lead")
    toshiko.locator("[name=family_name]").fill("三河")
    toshiko.get_by_label("会社名", exact=True).fill("株式会社みそのや")
    toshiko.get_by_label("きっかけ").select_option(label="名刺交換")
    toshiko.get_by_label("メール", exact=True).fill("mikawa@misonoya.example.jp")
    toshiko.get_by_role("button", name="保存", exact=True).click()
    expect(toshiko.get_by_role("heading", level=1)).to_contain_text("三河")
    expect(toshiko.locator(".rule-lacking")).to_contain_text("代表者")
    house.well(toshiko, "a new lead is saved")
    lead = Lead.plain.get()
    house.at(0, "09:31")
    lead.refresh_from_db()
    assert lead.owner == house.people["ryo"]

    ryo = house.enter("ryo", "/notices/")
    expect(ryo.locator(".notice-list")).to_contain_text("三河」があなたの担当になりました")
    ryo.goto(f"{house.url}/duties/")
    duty = ryo.locator(".duty", has_text="三河")
    expect(duty).to_contain_text("など")
    house.well(ryo, "what is missing of the card")
    duty.get_by_role("link", name="入力する").click()
    for name, value in (
        ("代表電話", "052-000-0111"), ("担当者電話", "090-1234-5678"), ("代表者", "岡崎 一郎"),
        ("Webサイト", "https://misonoya.example.jp/"), ("都道府県", "愛知県"), ("市区町村", "岡崎市"),
    ):  # fmt: skip
        ryo.get_by_label(name, exact=True).fill(value)
    expect(ryo.locator(".form-hints")).to_contain_text("名刺から作った見込み客の入力")
    house.well(ryo, "the lead on the phone")
    ryo.get_by_role("button", name="保存", exact=True).click()
    ryo.wait_for_url(f"{house.url}{lead.get_absolute_url()}*")
    ryo.goto(f"{house.url}/duties/")
    expect(ryo.locator(".duty", has_text="三河")).to_have_count(0)

    phone = house.handset("ryo")
    phone.page.get_by_role("link", name="記録する").tap()
    phone.page.get_by_label("名前・カナで探す").fill("みその")
    phone.page.get_by_role("button", name="三河").tap()
    phone.page.locator("#methods").get_by_role("button", name="電話").tap()
    phone.page.locator("#contents").get_by_role("button", name="商品の問い合わせ").tap()
    phone.page.locator("#text").fill("ご挨拶。味噌だれの見本をお送りする。")
    phone.page.get_by_role("button", name="保存").tap()
    phone.is_sent()
    talk = Talk.plain.get()
    assert (talk.lead, talk.owner) == (lead, house.people["ryo"])


def test_a_day_is_entered_once_and_read_by_everybody(house: House) -> None:
    """亮's Tuesday: a call, a visit without signal, a visit forgotten; the evening, the morning after, and としこ."""
    aoba = house.firm(
        "株式会社青葉商事", "アオバショウジ", "ryo", closing_day="20", payment_terms="翌月末払い"
    )
    maruya = house.firm("丸屋食品", "マルヤショクヒン", "ryo")
    actions.create("contact", {"family_name": "田中", "account": aoba, "role": "decides", "phone": "052-000-0112",
                               "email": "tanaka@aoba.example.jp"}, by=house.people["ryo"])  # fmt: skip
    house.plan("ryo", aoba, 1, "10:00", "見本のお届け")
    house.plan("ryo", maruya, 1, "14:00", "見積の説明")
    house.plan("kishio", maruya, 1, "16:00", "工場のご案内")
    he_records_on_the_road(house)
    the_gap_shows_in_the_evening(house)
    his_head_reads_it(house)
    the_president_finds_the_complaint_first(house)
    whoever_was_not_there_reads_the_sheet(house, aoba)


def he_records_on_the_road(house: House) -> None:
    house.at(1, "09:30")
    phone = house.handset("ryo")
    house.well(phone.page, "the phone in the morning")
    phone.record("電話", "納期確認")
    phone.is_sent()
    # In the customer's cellar, without signal: what the plan knows is filled in.
    house.at(1, "11:05")
    phone.page.reload()
    phone.page.locator("#waiting li, #today li").first.wait_for()
    phone.offline()
    phone.page.locator("#waiting, #today").get_by_role("link", name="記録", exact=True).first.tap()
    phone.page.locator("#contents").get_by_role("button", name="クレーム").tap()
    phone.page.locator("#text").fill("瓶が割れて届いた。お詫びし、明日代わりをお届けする。")
    phone.page.get_by_role("button", name="タスク").tap()
    phone.page.get_by_label("件名").fill("代わりの瓶を手配")
    phone.page.get_by_role("button", name="明日").tap()
    house.well(phone.page, "a complaint without signal")
    phone.page.get_by_role("button", name="保存").tap()
    phone.page.get_by_text("未送信の記録が1件あります。").wait_for()
    assert Talk.plain.count() == 1
    house.at(1, "11:50")
    phone.online()
    phone.is_sent()
    told = Talk.plain.get(content="complaint")
    assert told.entered_at is not None
    assert told.created_at - told.entered_at > timedelta(minutes=40)


def the_gap_shows_in_the_evening(house: House) -> None:
    from playwright.sync_api import expect

    house.at(1, "18:20")
    ryo = house.enter("ryo", "/daily/")
    expect(ryo.locator(".daily-page")).to_contain_text("瓶が割れて届いた")
    gaps = ryo.locator(".daily-gaps")
    expect(gaps).to_contain_text("まだ入力されていないものが1件あります。")
    expect(gaps).to_contain_text("見積の説明")
    house.well(ryo, "the gap of the evening")
    gaps.get_by_role("link", name="結果を記録").click()
    ryo.get_by_label("対応内容").select_option(label="商品の問い合わせ")
    ryo.locator("[name=text]").fill("金額は了承。社内で稟議にかけるとのこと。")
    ryo.get_by_role("button", name="結果を保存").click()
    ryo.goto(f"{house.url}/daily/")
    expect(ryo.locator(".daily-gaps")).to_contain_text("入力漏れはありません。")
    ryo.get_by_label("所感", exact=True).fill("箱の仕切りを厚くできないか、相談したい。")
    ryo.get_by_role("button", name="今日を締める").click()
    expect(ryo.locator("main").get_by_text("締めた", exact=True)).to_be_visible()
    # What was entered in the cellar was in time, though it came later; the forgotten visit was late.
    states = dict(Duty.objects.filter(owner=house.people["ryo"], kind="plan").values_list("label", "state"))
    found = sorted(
        Duty.objects.filter(owner=house.people["ryo"], kind="plan").values_list("state", flat=True)
    )
    assert found == [State.LATE, State.ON_TIME], states


def his_head_reads_it(house: House) -> None:
    from playwright.sync_api import expect

    house.at(1, "18:40")
    midori = house.enter("midori", "/daily/all/")
    house.well(midori, "reports of all")
    midori.locator(".daily-waiting").get_by_role("link", name="本山 亮").click()
    expect(midori.locator("main")).to_contain_text("箱の仕切りを厚く")
    comments = midori.locator("#comments")
    comments.locator("textarea").fill("工場に聞いてみます。")
    comments.get_by_role("button", name="コメントする").click()
    expect(comments.locator(".said-text")).to_contain_text("工場に聞いてみます。")
    house.work()
    midori.goto(f"{house.url}/daily/all/")
    expect(midori.locator(".daily-waiting")).to_have_count(0)
    ryo = house.enter("ryo", "/notices/")
    expect(ryo.locator(".notice-list")).to_contain_text("大曽根 みどり")


def the_president_finds_the_complaint_first(house: House) -> None:
    from playwright.sync_api import expect

    house.at(2, "07:40")
    boss = house.enter("katsugoro", "/daily/morning/")
    first = boss.locator(".morning section[data-part]").first
    expect(first).to_contain_text("クレーム")
    expect(first).to_contain_text("株式会社青葉商事")
    missing = boss.locator("section[data-part=troubles]")
    expect(missing).to_contain_text("名城 岸雄")
    expect(missing).to_contain_text("工場のご案内")
    kishio = boss.locator(".morning-people tr", has_text="名城 岸雄")
    expect(kishio).to_contain_text("未提出")
    house.well(boss, "the morning")
    first.get_by_role("link", name="を全員に共有").click()
    boss.get_by_label("ひと言").fill(REMARK)
    house.well(boss, "what the president shares")
    boss.get_by_role("button", name="全員に共有する").click()
    expect(boss.get_by_text(REMARK).first).to_be_visible()


def whoever_was_not_there_reads_the_sheet(house: House, aoba: Any) -> None:
    from playwright.sync_api import expect

    house.at(2, "08:30")
    toshiko = house.enter("toshiko", "/")
    expect(toshiko.get_by_text(REMARK).first).to_be_visible()
    house.well(toshiko, "the clerk's home")
    toshiko.locator(".daily-told").get_by_role("link").first.click()
    toshiko.goto(house.url + aoba.get_absolute_url())
    toshiko.get_by_role("link", name="お客様シート").click()
    sheet = toshiko.locator("main")
    for words in ("翌月末払い", "田中", "代わりの瓶を手配", "瓶が割れて届いた"):
        expect(sheet).to_contain_text(words)
    house.well(toshiko, "the sheet")


def test_who_enters_nothing_gets_no_new_customers_until_he_gives_in(house: House) -> None:
    """「忙しいの一点張り」: 岸雄 enters nothing for a week, is passed over, gives in, and gets customers again."""
    by = house.people["makoto"]
    edit_setup({"on": True, "givers": [house.people["toshiko"].pk], "grace_days": 0}, by=by)
    for word in ("kishio", "ryo"):
        keep_taker(house.people[word], {"grace_from": house.monday - timedelta(days=30)}, by=by)
    firm = house.firm("名古屋青果", "ナゴヤセイカ", "kishio")
    assert {enquiry(house, 0, number) for number in range(2)} == {"kishio", "ryo"}
    for number in range(5):
        house.at(number, "08:30")
        house.plan("kishio", firm, number, "10:00", f"{number + 1}日目の訪問")
        house.plan("kishio", firm, number, "15:00", f"{number + 1}日目の商談")
        house.at(number, "17:50")
        close_day(house.day(number), {}, by=house.people["ryo"])
    house.at(5, "06:05")
    house.at(5, "09:05")
    assert {enquiry(house, 5, number) for number in range(3)} == {"ryo"}
    he_reads_why_and_says_why(house)
    the_president_sees_what_it_does(house)
    he_gives_in(house)
    days = he_enters_everything(house, firm)
    assert days >= 5, "one good day is not enough"
    assert "kishio" in {enquiry(house, 5 + days, number) for number in range(2)}
    he_gets_them_again(house)


def enquiry(house: House, day: int, number: int) -> str:
    """Somebody telephones the firm; seconds later it is with one of the reps."""
    house.at(day, f"09:{10 + number * 5:02}")
    values = {"family_name": f"問合{day}の{number}", "company": f"新規{day}の{number}店", "source": "phone"}
    lead = actions.create("lead", values, by=house.people["toshiko"])
    house.at(day, f"09:{11 + number * 5:02}")
    lead.refresh_from_db()
    if lead.owner == house.people["ryo"]:
        call = {"lead": lead, "method": "phone", "content": "question", "text": "ご挨拶の電話。"}
        actions.create("talk", call, by=lead.owner)
    return next(word for word, person in house.people.items() if person == lead.owner)


def he_reads_why_and_says_why(house: House) -> None:
    from playwright.sync_api import expect

    kishio = house.enter("kishio", "/notices/")
    expect(kishio.locator(".notice-list")).to_contain_text("新しい見込み客の割り当てを止めました")
    kishio.goto(f"{house.url}/distribution/why/")
    main = kishio.locator("main")
    expect(main).to_contain_text("新しい見込み客の割り当てを止めています")
    expect(main).to_contain_text("% < 80%")
    for number in range(3):
        expect(main).to_contain_text(f"問合5の{number}")
    house.well(kishio, "why he gets none")
    kishio.get_by_role("link", name="やり残しを入力する").click()
    expect(kishio.locator("#why")).to_contain_text("先週の入力率は")
    house.well(kishio, "what he left")
    kishio.get_by_label("時間がない").check()
    kishio.get_by_label("くわしく（任意）").fill("忙しい")
    kishio.get_by_role("button", name="答える").click()
    expect(kishio.locator("#why")).to_have_count(0)


def the_president_sees_what_it_does(house: House) -> None:
    from playwright.sync_api import expect

    boss = house.enter("katsugoro", "/duties/whys/")
    expect(boss.locator("main")).to_contain_text("忙しい")
    house.well(boss, "why people do not enter")
    boss.goto(f"{house.url}/distribution/effect/")
    expect(boss.locator(".leads-effect")).to_contain_text("名城 岸雄")
    house.well(boss, "the effect")
    boss.goto(f"{house.url}/duties/rate/")
    expect(boss.locator(".rates").first).to_contain_text("名城 岸雄")
    house.well(boss, "the input rate")


def he_gives_in(house: House) -> None:
    """The first one by his thumb, the others the same way."""
    from playwright.sync_api import expect

    kishio = house.enter("kishio", "/duties/")
    expect(kishio.locator(".duty", has_text="の結果")).to_have_count(10)
    kishio.get_by_role("link", name="結果を記録").first.click()
    kishio.get_by_label("対応内容").select_option(label="その他")
    kishio.locator("[name=text]").fill("まとめて入力。")
    kishio.get_by_role("button", name="結果を保存").click()
    kishio.wait_for_url("**/talks/**")
    for plan in Plan.plain.filter(owner=house.people["kishio"], state="planned"):
        written(house, plan)
    kishio.goto(f"{house.url}/duties/")
    expect(kishio.locator(".duty", has_text="の結果")).to_have_count(0)


def written(house: House, plan: Plan) -> None:
    finish(plan, {"method": "visit", "content": "other", "text": "まとめて入力。"}, by=house.people["kishio"])


def he_enters_everything(house: House, firm: Any) -> int:
    """Every visit at once, every day closed, until he is in the ring again; how many working days it took."""
    kishio, days = house.people["kishio"], 0
    while Taker.objects.get(person=kishio).out_since is not None:
        assert days < 25
        house.at(5 + days, "09:45")
        plans = [house.plan("kishio", firm, 5 + days, clock, "訪問") for clock in ("10:00", "15:00")]
        for plan, clock in zip(plans, ("11:10", "16:10"), strict=True):
            house.clock.at(house.day(5 + days), clock)
            written(house, plan)
        house.clock.at(house.day(5 + days), "17:50")
        close_day(house.day(5 + days), {}, by=kishio)
        days += 1
        house.at(5 + days, "09:05")
    return days


def he_gets_them_again(house: House) -> None:
    from playwright.sync_api import expect

    kishio = house.enter("kishio", "/distribution/why/")
    expect(kishio.locator("main")).to_contain_text("順番に加わっています")
    house.well(kishio, "he is in the ring again")
    kishio.goto(f"{house.url}/notices/")
    expect(kishio.locator(".notice-list")).to_contain_text("新しい見込み客の割り当てを再開しました")
