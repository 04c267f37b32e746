"""Addresses and official numbers: what is read, what is refused and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.foundation import identifiers
from daifuku.foundation.unreadable import Unreadable


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("taro@example.co.jp", "taro@example.co.jp"),
        (" Taro.Yamada@Example.CO.JP ", "Taro.Yamada@example.co.jp"),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏ．ｊｐ", "taro@example.co.jp"),
        ("mailto:taro@example.jp", "taro@example.jp"),
        ("taro..old.@docomo.ne.jp", "taro..old.@docomo.ne.jp"),
        ("o'brien+crm@example.com", "o'brien+crm@example.com"),
        ("taro@日本語.jp", "taro@日本語.jp"),
    ],
)
def test_an_email_is_read(given_text, kept):
    assert identifiers.clean_email(given_text) == kept
    assert identifiers.clean_email(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        *("taro", "taro@", "@example.jp", "taro@example", "taro yamada@example.jp", "a@b@example.jp"),
        *("山田@example.jp", "taro@-example.jp", "taro@exa_mple.jp", "taro@example..jp", "taro@192.168.0.1"),
        *("taro@example.jp\r\nBcc: x@example.jp", "a" * 65 + "@example.jp", "<script>@example.jp"),
    ],
)
def test_what_is_no_email_is_refused(text):
    with pytest.raises(Unreadable) as caught:
        identifiers.clean_email(text)
    assert caught.value.code


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("https://www.example.co.jp", "https://www.example.co.jp"),
        ("www.Example.co.jp/会社?a=1#top", "https://www.example.co.jp/会社?a=1#top"),
        ("HTTP://Example.com/", "http://example.com/"),
        ("ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｊｐ／", "https://example.jp/"),
        ("example.jp:8080/a", "https://example.jp:8080/a"),
        ("//example.jp/a", "https://example.jp/a"),
        ("http://192.168.1.20/", "http://192.168.1.20/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("日本語.jp", "https://日本語.jp"),
    ],
)
def test_a_web_address_is_read(given_text, kept):
    assert identifiers.clean_url(given_text) == kept
    assert identifiers.clean_url(kept) == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("javascript:alert(1)", "scheme"),
        ("JaVaScRiPt:alert(1)", "scheme"),
        ("java\nscript:alert(1)", "format"),
        ("data:text/html,x", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://example.jp", "scheme"),
        ("https://user:word@example.jp/", "password"),
        ("https://example.jp/a b", "format"),
        ("https://example.jp/\u202egpj.exe", "format"),
        ('https://example.jp/"onclick="x', "format"),
        ("なし", "domain"),
        ("https://", "domain"),
        ("https://example.jp:99999/", "format"),
        ("https://[::1", "format"),
        ("https://example.jp/" + "a" * 2000, "format"),
    ],
)
def test_what_is_no_web_address_is_refused(text, code):
    with pytest.raises(Unreadable) as caught:
        identifiers.clean_url(text)
    assert caught.value.code == code


def test_two_ways_to_write_a_site_have_one_key():
    assert identifiers.host_key("http://www.example.co.jp/index.html") == "example.co.jp"
    assert identifiers.host_key("Example.co.jp") == "example.co.jp"
    assert identifiers.host_key("なし") == ""


@given(st.text())
def test_any_text_is_either_a_safe_web_address_or_refused(text):
    try:
        kept = identifiers.clean_url(text)
    except ValueError:
        return
    assert kept.startswith(("http://", "https://"))
    assert identifiers.clean_url(kept) == kept


@pytest.mark.parametrize("text", ["4000012090001", " 4000-0120-90001 ", "４０００ ０１２０ ９０００１"])
def test_the_corporate_number_of_the_ministry_is_valid(text):
    assert identifiers.clean_corporate_number(text) == "4000012090001"


@pytest.mark.parametrize("first", [digit for digit in "0123456789" if digit != "4"])
def test_any_other_check_digit_is_refused(first):
    with pytest.raises(Unreadable) as caught:
        identifiers.clean_corporate_number(f"{first}000012090001")
    assert caught.value.code == "checksum"


@pytest.mark.parametrize("text", ["", "400001209000", "40000120900011", "T4000012090001", "四000012090001"])
def test_what_has_not_thirteen_digits_is_refused(text):
    with pytest.raises(Unreadable) as caught:
        identifiers.clean_corporate_number(text)
    assert caught.value.code == "format"


@pytest.mark.parametrize(
    "text", ["T4000012090001", "t4000012090001", "Ｔ４００００１２０９０００１", "4000012090001"]
)
def test_an_invoice_number_is_t_and_a_number_with_check_digit(text):
    assert identifiers.clean_invoice_number(text) == "T4000012090001"


def test_an_invoice_number_with_a_slip_is_refused():
    with pytest.raises(Unreadable):
        identifiers.clean_invoice_number("T4000012090002")


@pytest.mark.parametrize(
    "text", ["460-0001", "4600001", "〒460-0001", "〒４６０－０００１", " 460 0001 ", "460ー0001"]
)
def test_a_postal_code_is_written_in_one_way(text):
    assert identifiers.clean_postal_code(text) == "460-0001"


@pytest.mark.parametrize("text", ["", "460", "460-00011", "460-000x", "〒"])
def test_what_is_no_postal_code_is_refused(text):
    with pytest.raises(Unreadable):
        identifiers.clean_postal_code(text)
