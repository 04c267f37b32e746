"""How people write the same thing differently, and what they get wrong."""

from __future__ import annotations

from random import Random

from daifuku.dedupe.invented.words import OLD_KANJI
from daifuku.foundation.japanese.romaji import romaji_key

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
HALF_KANA = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー",
        "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ",
        strict=True,
    )
)
VOICED = dict(
    zip(
        "ガギグゲゴザジズゼゾダヂヅデドバビブベボ",
        "カキクケコサシスセソタチツテトハヒフヘホ",
        strict=True,
    )
)
HALF_KANA |= {kana: HALF_KANA[plain] + "ﾞ" for kana, plain in VOICED.items()}
HALF_KANA |= {kana: HALF_KANA[plain] + "ﾟ" for kana, plain in zip("パピプペポ", "ハヒフヘホ", strict=True)}
KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハマミムメモヤユヨラリルレロワン"


def old_kanji(text: str) -> str:
    return "".join(OLD_KANJI.get(letter, letter) for letter in text)


def half_width(text: str) -> str:
    return "".join(HALF_KANA.get(letter, letter) for letter in text)


def full_width(text: str) -> str:
    return text.translate(FULL_WIDTH)


def hiragana(kana: str) -> str:
    return "".join(chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter for letter in kana)


def romaji(kana: str) -> str:
    """Hepburn enough for a name card."""
    key = romaji_key(kana)
    for written, said in (
        ("sy", "sh"),
        ("ty", "ch"),
        ("zy", "j"),
        ("si", "shi"),
        ("tu", "tsu"),
        ("zi", "ji"),
    ):
        key = key.replace(written, said)
    return key.replace("ti", "chi").replace("hu", "fu").capitalize()


def typo(random: Random, text: str) -> str:
    """A letter left out, doubled, exchanged with its neighbour, or another in its place."""
    if len(text) < 2:
        return text
    at = random.randrange(len(text) - 1)
    kind = random.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    other = str(random.randrange(10)) if text[at].isdigit() else random.choice(KANA)
    return text[:at] + other + text[at + 1 :]


def phone_written(random: Random, digits: str, area: int) -> str:
    """One of the ways in which a number is written; `area` is how many digits the area code has."""
    middle = len(digits) - 4
    a, b, c = digits[:area], digits[area:middle], digits[middle:]
    ways = (
        f"{a}-{b}-{c}", f"{a}-{b}-{c}", digits, f"({a}){b}-{c}", f"{a}({b}){c}", f"{a} {b} {c}",
        full_width(f"{a}-{b}-{c}"), f"+81-{a[1:]}-{b}-{c}", f"TEL {a}-{b}-{c}", f"{a}‐{b}‐{c}", f"{a}.{b}.{c}",
    )  # fmt: skip
    return random.choice(ways)


def one_of(random: Random, weighted: tuple[tuple[str, int], ...]) -> str:
    return random.choices([word for word, _weight in weighted], [weight for _word, weight in weighted])[0]


def often_first(random: Random, words: list[tuple[str, str]]) -> tuple[str, str]:
    """The first of the list far more often than the last, as family names are."""
    return words[int(len(words) * random.random() ** 1.8)]
