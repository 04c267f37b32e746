"""The firm, the department and the title, told by the words that firms, departments and titles end with."""

from __future__ import annotations

import re

from daifuku.cards.reading.extracting.pieces import Piece, joined
from daifuku.cards.reading.results import Proposal
from daifuku.foundation.japanese import romaji_key
from daifuku.foundation.japanese.company import ALSO, FORMS
from daifuku.foundation.japanese.reading import begins_with_family_name

_FORM = re.compile(
    "|".join([*map(re.escape, sorted([*FORMS, *ALSO], key=len, reverse=True)), r"\([株有同社財医学福]\)"])
)
_ENGLISH = re.compile(
    r"\b(?:Co\.|Ltd\.?|Inc\.?|Corp\.?|Corporation|LLC|K\.K\.|Company|Limited|Group)(?:\W|\Z)", re.IGNORECASE
)
_TRADE = re.compile(
    r"(?:商事|物産|製作所|工業|電機|建設|運輸|食品|薬品|製薬|産業|システムズ?|テクノロジーズ?|ソリューションズ?|デザイン|印刷|事務所|不動産"
    r"|エンジニアリング|ホールディングス|サービス|精密|化学|機械|商店|酒造|農園|研究所|コンサルティング|メディカル|ロジスティクス|化成|鋼業"
    r"|木材|電子|通信|ファーム|フーズ|エステート|銀行|信用金庫|病院|医院|クリニック|大学|学園|協会|組合|市役所|区役所|町役場|保険|証券"
    r"|興業|工務店|組|堂|屋|本舗|旅館|ホテル|自動車|鉄工所|鉄工|製鋼|金属|紙業|繊維|石油|ガス|電力|鉄道|交通|海運|倉庫|出版|新聞社|社)\Z"
)
_BRANCH = r"(?:支店|支社|支部|支所|営業所|出張所|事業所|事務局|工場|研究所|センター|本社|本店|本部)"
_DEPARTMENT_END = re.compile(
    rf"(?:部門?|課|室|係|局|班|科|{_BRANCH}|グループ|チーム|ユニット|事業部|カンパニー|ディビジョン|推進|統括|Gr?|G)\Z"
)
_TITLES = re.findall(
    r"\S+",
    """
代表取締役社長 代表取締役会長 代表取締役専務 代表取締役 取締役会長 取締役社長 取締役 常務取締役
専務取締役 常務執行役員 専務執行役員 上席執行役員 執行役員 代表社員 業務執行社員 代表理事 専務理事
常務理事 理事長 理事 代表者 代表 名誉会長 副会長 会長 副社長 社長 社主 専務 常務 監査役 相談役 顧問
参与 参事 主幹 主査 主事 主任研究員 主席研究員 上級研究員 研究員 主任技師 技師長 技師 主任 主務
本部長代理 副本部長 本部長 事業部長 事業本部長 部長代理 副部長 担当部長 部長補佐 部長 次長 課長代理
課長補佐 副課長 担当課長 課長 係長 班長 室長代理 副室長 室長 局長 所長代理 副所長 所長 支店長代理
副支店長 支店長 支社長 支配人 店長 副店長 工場長 副工場長 センター長 館長 園長 院長 副院長 医局長
師長 事務長 学長 校長 教頭 教授 准教授 講師 助教 グループ長 グループリーダー チームリーダー
チームマネージャー サブリーダー リーダー シニアマネージャー ゼネラルマネージャー
ジェネラルマネージャー プロジェクトマネージャー アカウントマネージャー エリアマネージャー
アシスタントマネージャー プロダクトマネージャー マネージャー マネジャー シニアディレクター
アートディレクター ディレクター プロデューサー シニアエンジニア システムエンジニア
セールスエンジニア エンジニア チーフデザイナー デザイナー シニアコンサルタント コンサルタント
プランナー アドバイザー スペシャリスト アナリスト チーフ プログラマー オーナー パートナー
アシスタント アソシエイト エバンジェリスト スーパーバイザー 営業担当 担当 秘書 主席 主管 部員 社員
職長 工長 作業長 船長 編集長 副編集長 記者 監督 現場代理人 女将 組合長 頭取 CEO COO CTO CFO CIO 長
""",
)
_TITLE = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, _TITLES), key=len, reverse=True))})\Z")
_WHOLE_TITLE = re.compile("取締役|執行役員|理事|社長|会長|兼")
_LICENCE = re.compile(r"(?:士|技術者|技能者|博士|検定|級|認証取得|ISO\s?[0-9]+)(?:\(.*\))?\Z|ISO")
_SENTENCE = re.compile(
    r"[。、!！?？]|[をにへ][^\s]|です|ます|もに|ために|認証|優良法人|創業|創立|since", re.IGNORECASE
)


def company(pieces: list[Piece], host: str) -> Proposal | None:
    """The largest line with a legal form; without one what ends like a firm, or sounds like the mail address."""
    free = [piece for piece in pieces if not piece.used and len(piece.text.strip()) > 1]
    with_form = [piece for piece in free if _FORM.search(piece.text)]
    if with_form:
        largest = max(with_form, key=lambda each: each.size * (0.5 if _SENTENCE.search(each.text) else 1))
        alone = _FORM.sub("", largest.text).strip() == ""
        return _with_neighbour(largest, free) if alone else _taken(largest)
    english = [piece for piece in free if _ENGLISH.search(piece.text)]
    scored = [(_firmness(piece, host), piece) for piece in free]
    score, best = max(scored, key=lambda each: each[0], default=(0.0, None))
    if best is not None and score >= 1:
        return _taken(best, 0.8)
    return _taken(max(english, key=lambda each: each.size), 0.6) if english else None


def _firmness(piece: Piece, host: str) -> float:
    """Points for a line without a legal form."""
    text = piece.spaced
    if _SENTENCE.search(text) or _LICENCE.search(text) or _title_of(text) or not re.search(r"\w{2}", text):
        return 0.0
    points = 1.0 if _TRADE.search(text) and not _DEPARTMENT_END.search(text) else 0.0
    key = romaji_key(text)
    name = re.sub(r"[^a-z].*", "", host)
    if len(name) > 2 and (key.startswith(romaji_key(name)) or romaji_key(name).startswith(key[:6] or "-")):
        points += 1.2
    return points + (piece.size / 1000 if points else 0)


def _taken(piece: Piece, doubt: float = 1.0) -> Proposal:
    """The line, without a branch that stands apart behind the name; that is left for the department."""
    piece.used = True
    text = piece.spaced
    found = re.search(rf"\A(?P<firm>.*\S)\s+(?P<branch>\S*{_BRANCH})\Z", text)
    if found and _FORM.search(found["firm"]):
        return piece.proposal(_closed(found["firm"]), doubt=doubt)
    return piece.proposal(_closed(piece.text), doubt=doubt)


def _closed(text: str) -> str:
    """Blanks between Japanese letters are spacing only."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text.strip())


def _with_neighbour(form: Piece, free: list[Piece]) -> Proposal:
    """株式会社 stands smaller before, above or behind the name."""
    others = [piece for piece in free if piece is not form]
    near = min(others, key=lambda other: _apart(form, other) / (1 + other.size / form.size), default=None)
    if near is None:
        return _taken(form, 0.3)
    first = (form.box.top, -form.box.right) <= (near.box.top, -near.box.right) if form.down else (
        form.box.left <= near.box.left if abs(form.box.top - near.box.top) < 0.05 else form.box.top < near.box.top
    )  # fmt: skip
    pair = [form, near] if first else [near, form]
    form.used = near.used = True
    both = joined(pair)
    return both.proposal(_closed(both.text), doubt=0.85)


def _apart(piece: Piece, other: Piece) -> float:
    across = max(other.box.left - piece.box.right, piece.box.left - other.box.right, 0.0)
    down = max(other.box.top - piece.box.bottom, piece.box.top - other.box.bottom, 0.0)
    return float((across**2 + down**2) ** 0.5)


def places(pieces: list[Piece]) -> tuple[Proposal | None, Proposal | None]:
    """(department, title), each from one line or several, in the order in which they stand."""
    departments: list[tuple[str, Proposal]] = []
    titles: list[tuple[str, Proposal]] = []
    for piece in pieces:
        if piece.used:
            if branch := _branch_of(piece):
                departments.append(branch)
            continue
        text = piece.text if _title_of(piece.text) == piece.text else piece.spaced
        if _SENTENCE.search(text) or len(text) > 40 or re.search(r"[0-9]{4}|@", text):
            continue
        at = 0
        found: list[tuple[str, str, int]] = []
        for word in text.split():
            found += [(kind, part, at) for kind, part in _sorted(word)]
            at += len(word)
        if not any(kind for kind, _part, _at in found):
            continue
        if any(not kind for kind, _part, _at in found):
            found = _meant(found)
        for kind, part, start in found:
            if kind:
                proposal = piece.proposal(part, start, start + len(part))
                (departments if kind == "department" else titles).append((part, proposal))
        # A name may stand behind its title: only a line that is all places is used up.
        piece.used = all(kind for kind, _part, _at in found)
    return _together(departments), _together(titles)


def _branch_of(piece: Piece) -> tuple[str, Proposal] | None:
    """株式会社山田商事 名古屋支店: the branch in the firm's line."""
    text = piece.spaced
    found = re.search(rf"\s(\S*{_BRANCH})\Z", text)
    if not found or not _FORM.search(text[: found.start()]):
        return None
    start = len(piece.text.rstrip()) - len(found[1])
    return found[1], piece.proposal(found[1], start, None, 0.9)


def _sorted(word: str) -> list[tuple[str, str]]:
    """What a word is: 営業部部長 is a department and a title, 取締役営業本部長 one title, 山田 neither."""
    if _LICENCE.search(word) or _is_family_name(word):
        return [("", word)]
    title = _title_of(word)
    if not title:
        return [("department" if len(word) > 1 and _DEPARTMENT_END.search(word) else "", word)]
    rest = word[: -len(title)]
    if rest and _DEPARTMENT_END.search(rest) and not _WHOLE_TITLE.search(rest):
        return [("department", rest), ("title", title)]
    return [("title", word)]


def _is_family_name(word: str) -> bool:
    """服部 and 阿部 are people, 本部 is none."""
    return len(word) == 2 and word[1] == "部" and word != "本部" and begins_with_family_name(word)


def _title_of(word: str) -> str:
    """The title that a word ends with; 長 alone ends many names (長 is one letter: 営業長 is none)."""
    found = _TITLE.search(word)
    if not found:
        return ""
    if found[0] == "長" and not re.search(
        r"(?:[部課室係局班科所店社場院館園校隊団組]|グループ|チーム|ユニット)長\Z", word
    ):
        return ""
    return found[0]


def _meant(found: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """A word before a department belongs to it (東日本 営業部), unless it is what remains for a name."""
    out = []
    for place, (kind, part, at) in enumerate(found):
        follows = found[place + 1][0] if place + 1 < len(found) else ""
        out.append(("department" if not kind and follows == "department" else kind, part, at))
    return out


def _together(found: list[tuple[str, Proposal]]) -> Proposal | None:
    if not found:
        return None
    value = " ".join(dict.fromkeys(part for part, _proposal in found))
    confidence = min(proposal.confidence for _part, proposal in found)
    return Proposal(value, found[0][1].box, confidence)


def is_licence(text: str) -> bool:
    return bool(_LICENCE.search(text) or _SENTENCE.search(text))
