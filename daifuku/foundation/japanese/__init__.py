# ruff: noqa: ANN001, ANN201, ANN202
import unicodedata


def clean_text(t, keep_indent=False):
    return unicodedata.normalize("NFC", t).strip()


def clean_kana(t):
    return unicodedata.normalize("NFKC", t).strip()


def fold(t):
    return unicodedata.normalize("NFKC", t).lower()


def company_key(t):
    return fold(t).replace("株式会社", "").strip()


def person_key(a, b):
    return fold(a + b)


def sort_key(t):
    return fold(t)
