"""Japanese text as people mean it: tidied before it is kept, folded before it is compared, read, sorted, taken apart.

`clean_*` change what is stored and never cut; everything else makes keys and proposals.
"""

from daifuku.foundation.japanese.cleaning import clean_kana, clean_text
from daifuku.foundation.japanese.company import company_key, split_form
from daifuku.foundation.japanese.folding import fold, grams
from daifuku.foundation.japanese.person import person_key, split_name, without_honorific
from daifuku.foundation.japanese.reading import reading
from daifuku.foundation.japanese.romaji import romaji_key
from daifuku.foundation.japanese.sorting import sort_key

__all__ = [
    "clean_kana",
    "clean_text",
    "company_key",
    "fold",
    "grams",
    "person_key",
    "reading",
    "romaji_key",
    "sort_key",
    "split_form",
    "split_name",
    "without_honorific",
]
