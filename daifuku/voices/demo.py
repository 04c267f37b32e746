"""Voices that were picked out of talks on the way, some on the phone; most are taken on, about half are answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random

from daifuku.activities.models import Talk
from daifuku.customers.demo import customers
from daifuku.customers.demo.stage import Stage, Step, working_minute
from daifuku.records import actions
from daifuku.voices.actions import answer, pick

EVERY_FIRM, DAYS = 5, 120


@dataclass(frozen=True)
class Said:
    """`words` are what is picked out of `text`. `measure` is what is done about it, `told` what the customer hears."""

    method: str
    content: str
    subject: str
    text: str
    words: str
    topic: str
    product: str = ""
    severity: str = "middle"
    measure: str = ""
    told: str = ""
    dropped: bool = False


# How, about what, how grave, which topic, the subject, the product; what was said, with the voice in {braces}; what is
# done about it (!); what the customer is told (>), or why nothing is done (x).
TOLD = """
visit question middle wish | 手袋の感想 | 作業手袋 滑り止め 12双
試していただいた手袋の感想を聞いた。{小さい手の方には指先が余るので、SSサイズがほしい。}
! メーカーにSSサイズの在庫を確認し、最小の数で仕入れる。
> SSサイズを来月から取り寄せできるようになりました。10双から承ります。

phone complaint high quality | テープのはがれ | OPPテープ 48mm×100m 50巻
{冬場になるとテープの端がはがれてくる。先月も同じことがあった。}写真を送っていただく。
! のりを低温用に替えた見本を作り、倉庫で1週間試す。
> 低温でもはがれにくいテープに切り替えます。次の納品分からです。

phone delivery middle delivery | 納期の確認 |
納期の確認の電話。{前日にならないと届く時間が分からず、荷受けの人を待たせている}とのこと。
! 配送会社の時間帯指定を標準にできるか、費用を確認する。
> 午前・午後の指定ができるようになりました。ご注文のときにお知らせください。

visit order middle rival | 見積の説明 | ストレッチフィルム 15μ×500mm
見積を説明。金額は了承。{中部梱包さんは同じフィルムを1箱5,800円で出してきた}とのこと。
! 年間数量での価格を購買課と相談する。

visit other low wish | 定期訪問 |
定期訪問。{請求書を紙でなく、メールでほしい}と経理の方から言われた。
! 請求の方法を取引先ごとに選べるようにする。
> 来月分から、請求書をメールでお送りします。

online question high trouble | 使い方の説明 | 卓上封かん機
画面で使い方を説明。{現場には外国の方が多く、日本語の説明書が読めない}そうだ。
! ベトナム語とポルトガル語の簡単な手順書を1枚ずつ作る。

phone question middle price | 価格の相談 | 段ボール箱 80サイズ 50枚束
値上げが続いているので、{まとめて買えば安くなる方法はないか}と聞かれた。
> 年間の数量をお約束いただければ、3%お引きします。書面でご案内します。

visit question middle market | 工場見学 |
工場を見せていただいた。{来年から食品の輸出を始めるので、木製のパレットは使えなくなる}とのこと。
! 輸出用の樹脂パレットを扱うメーカー3社から見積を取る。

visit complaint high trouble | 台車の音 | 折りたたみ台車 150kg
台車のおわびに伺った。{夜間の搬入で台車の音が響き、近所から苦情が来ている}とのこと。
! 静音キャスターに替えた台車を1台お貸しする。
> 静音キャスターをご用意しました。お手持ちの台車にも付けられます。

mail question low other | カタログの依頼 |
{紙のカタログを部署ごとに10部ほしい}とのメール。
x 今年からカタログは電子版だけになりました。印刷用のデータをお送りします。
"""


def _read(block: str) -> Said:
    head, text, *rest = block.strip().splitlines()
    how, subject, product = (part.strip() for part in head.split("|"))
    method, content, severity, topic = how.split()
    done = {line[0]: line[1:].strip() for line in rest}
    return Said(
        method, content, subject, text.replace("{", "").replace("}", ""), text[text.index("{") + 1 : text.index("}")],
        topic, product, severity, done.get("!", ""), done.get(">") or done.get("x", ""), "x" in done,
    )  # fmt: skip


SAID = [_read(block) for block in TOLD.strip().split("\n\n")]


def voices(random: Random) -> Iterator[Step]:
    for turn, number in enumerate(range(2, customers.FIRMS, EVERY_FIRM)):
        said, days = SAID[turn % len(SAID)], random.randrange(1, DAYS)
        door = "phone" if random.random() < 0.6 else "page"
        yield Step(days, working_minute(random), partial(_hear, number, said), door)
        if said.measure and days > 3 and random.random() < 0.8:
            yield Step(
                days - random.randrange(1, 4), working_minute(random), partial(_measure, number, said), "page"
            )
        if said.told and days > 9 and random.random() < 0.7:
            yield Step(
                days - random.randrange(5, 9), working_minute(random), partial(_answer, number, said), "page"
            )


def _hear(number: int, said: Said, stage: Stage) -> None:
    head = stage.saved.get(f"firm{number}.0")
    if head is None:
        return
    people = stage.saved[f"firm{number}.people"]
    values = {
        "account": head, "contact": people[0] if people else None, "owner": head.owner, "method": said.method,
        "content": said.content, "subject": said.subject, "text": said.text,
        "started_at": stage.now - timedelta(minutes=25), "minutes": 15,
    }  # fmt: skip
    talk: Talk = actions.create("talk", values, by=head.owner)
    told = {"text": said.words, "topic": said.topic, "product": said.product, "severity": said.severity}
    stage.saved[f"voice{number}"] = pick(talk, told, by=head.owner)


def _measure(number: int, said: Said, stage: Stage) -> None:
    """Whoever heard it says who should do what about it."""
    if (voice := stage.saved.get(f"voice{number}")) is None:
        return
    due = (stage.now + timedelta(days=14)).date()
    values = {
        "solver": stage.people["midori"],
        "state": "doing",
        "countermeasure": said.measure,
        "due_on": due,
    }
    stage.saved[f"voice{number}"] = actions.edit(voice, values, by=voice.owner)


def _answer(number: int, said: Said, stage: Stage) -> None:
    if (voice := stage.saved.get(f"voice{number}")) is not None:
        answer(voice, {"answer": said.told}, by=voice.solver or voice.owner, dropped=said.dropped)
