"""Phone numbers: one way to write each, and one key to find it by."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.foundation import phone


@pytest.mark.parametrize("text", ["03-1234-5678", "(03)1234-5678", "+81-3-1234-5678", "０３１２３４５６７８"])
def test_four_ways_to_write_a_number_are_one(text):
    assert phone.format_number(text) == "03-1234-5678"
    assert phone.digits(text) == "0312345678"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("0522311234", "052-231-1234"),
        ("0561 82 1234", "0561-82-1234"),
        ("0120123456", "0120-123-456"),
        ("08001234567", "0800-123-4567"),
        ("0570000123", "0570-000-123"),
        ("09012345678", "090-1234-5678"),
        ("06012345678", "060-1234-5678"),
        ("05012345678", "050-1234-5678"),
        ("0126221234", "0126-22-1234"),
        ("0499212345", "04992-1-2345"),
        ("03.1234.5678", "03-1234-5678"),
        ("03ー1234−5678", "03-1234-5678"),
        ("+81 (0)3-1234-5678", "03-1234-5678"),
        ("+81 090 1234 5678", "090-1234-5678"),
        ("+819012345678", "090-1234-5678"),
        ("TEL: 03-1234-5678", "03-1234-5678"),
        ("電話 03-1234-5678（代）", "03-1234-5678"),
        ("03-1234-5678 代表", "03-1234-5678"),
        ("03-1234-5678 内線123", "03-1234-5678 内線123"),
        ("03-1234-5678（内線：123）", "03-1234-5678 内線123"),
        ("03-1234-5678 ext. 45", "03-1234-5678 内線45"),
        ("03-1234-5678#45", "03-1234-5678 内線45"),
        ("+1 650 253 0000", "+1 650-253-0000"),
        ("+1 (650) 253-0000 ext 12", "+1 650-253-0000 内線12"),
        ("010-1-650-253-0000", "+1 650-253-0000"),
        ("+442071838750", "+44 20 7183 8750"),
        ("+82 2-312-3456", "+82 2-312-3456"),
    ],
)
def test_a_number_is_written_with_its_hyphens(text, written):
    assert phone.format_number(text) == written
    assert phone.format_number(written) == written


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "なし",
            "1234-5678",
            "03-1234-567",
            "03-1234-56789",
            "00-1234-5678",
            "090-123-4567-890",
            "+",
            "+81",
        ),
        *("03-1234-5678 / 03-1234-5679", "03-1234-5678x", "taro@example.jp", "0" * 10, "+1 123", "12" * 40),
        *("<script>0312345678</script>", "03-1234-5678; drop table"),
    ],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError):
        phone.format_number(text)


def test_the_key_of_a_foreign_number_keeps_its_plus():
    assert phone.digits("+1 650-253-0000") == "+16502530000"


def test_the_key_of_a_part_of_a_number_is_its_digits():
    assert phone.digits("1234-5678") == "12345678"
    assert phone.digits("5678") == "5678"
    assert phone.digits("なし") == ""


domestic = st.from_regex(r"0[1-9][0-9]{8}|0[5-9]0[1-9][0-9]{7}", fullmatch=True)


@given(domestic)
def test_a_number_is_only_given_hyphens_never_changed(number):
    written = phone.format_number(number)
    assert written.replace("-", "") == number
    assert phone.format_number(written) == written
    assert phone.digits(written) == number


@given(domestic)
def test_the_hyphens_stand_where_the_library_puts_them(number):
    parsed = phonenumbers.parse(number, "JP")
    if phonenumbers.is_valid_number(parsed) and not number.startswith("0800"):
        national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
        assert phone.format_number(number) == national


@given(st.text(alphabet="0123456789+-() 内線xまFX/。"))
def test_any_text_is_written_once_and_for_all_or_refused(text):
    try:
        written = phone.format_number(text)
    except ValueError:
        return
    assert phone.format_number(written) == written
