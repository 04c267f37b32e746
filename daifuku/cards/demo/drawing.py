"""Invented name cards, drawn by the program: what a phone's camera would have brought."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

# Where Debian, Fedora and macOS keep their Japanese letters.
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-vf-fonts/NotoSansCJK-VF.ttc",
    "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf",
    "/System/Library/Fonts/ヒラギノ角ゴシック W3.ttc",
)
SIZE, DESK = (1820, 1100), (2100, 1400)
ACCENTS = ("#165e83", "#7a1f2b", "#2b6b3f", "#3b3b3b")


@cache
def _letters(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    path = next((path for path in FONTS if Path(path).exists()), None)
    return ImageFont.truetype(path, size) if path else ImageFont.load_default(size)


def draw_card(values: Mapping[str, str], number: int) -> bytes:
    """A JPEG of the card on a desk, a little askew."""
    random = Random(f"card {number}")  # noqa: S311 - where a card lies
    accent = ACCENTS[number % len(ACCENTS)]
    card = Image.new("RGB", SIZE, "#fdfdfa")
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, SIZE[0], 26), fill=accent)
    pen.text((110, 110), values["company"], font=_letters(78), fill=accent)
    post = " ".join(values.get(name, "") for name in ("department", "title")).strip()
    pen.text((110, 300), post, font=_letters(50), fill="#333333")
    pen.text(
        (110, 385), f"{values['family_name']}　{values['given_name']}", font=_letters(120), fill="#111111"
    )
    kana = f"{values['family_kana']} {values['given_kana']}"
    pen.text((116, 545), kana, font=_letters(38), fill="#555555")
    place = "".join(values.get(name, "") for name in ("prefecture", "city", "street"))
    lines = [
        f"〒{values['postal_code']}　{place}",
        f"TEL {values['phone']}" + (f"　携帯 {values['mobile']}" if values.get("mobile") else ""),
        f"E-mail {values['email']}",
        values["website"],
    ]
    for place_, line in enumerate(lines):
        pen.text((110, 700 + place_ * 84), line, font=_letters(46), fill="#222222")
    desk = Image.new("RGB", DESK, "#8a7358")
    turned = card.rotate(
        random.uniform(-2.5, 2.5), expand=True, fillcolor="#8a7358", resample=Image.Resampling.BICUBIC
    )
    desk.paste(turned, ((DESK[0] - turned.width) // 2, (DESK[1] - turned.height) // 2))
    target = io.BytesIO()
    desk.save(target, "JPEG", quality=82)
    return target.getvalue()
