"""One search over all records: any part of a word, from one character on, in kanji, kana or Latin letters."""

from daifuku.records.search.finding import Hit, narrow, search

__all__ = ["Hit", "narrow", "search"]
