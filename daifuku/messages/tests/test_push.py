"""Push: encrypted for one browser alone, sent by the one way out, tried again, switched off with the sign-in.

The endpoint is a server of ours on this machine, which decrypts as a browser does; the services of the browsers' makers
are asked for nothing here.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.test import Client
from django.utils import timezone

from daifuku.foundation.errors import Invalid
from daifuku.messages.models import Notice, Push, PushDevice
from daifuku.messages.notices import Sentence, notify
from daifuku.messages.push import devices, encrypting, lining_up, sending
from daifuku.messages.sharing import own
from daifuku.records import actions
from daifuku.staff.actions import leave
from tests.support.push_service import Browser

if TYPE_CHECKING:
    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast
    from tests.support.receiver import Receiver

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(receiver: Receiver) -> Browser:
    return Browser(receiver)


@pytest.fixture
def session(cast: Cast) -> str:
    client = Client()
    client.force_login(cast.baba, backend="allauth.account.auth_backends.AuthenticationBackend")
    return str(client.cookies["sessionid"].value)


@pytest.fixture
def device(cast: Cast, browser: Browser, session: str) -> PushDevice:
    return devices.subscribe(by=cast.baba, session=session, name="Android Chrome", **browser.told)


def say(person: Person, words: str = "「青葉商事」であなたを呼んでいます。") -> Notice:
    notice = notify(person, kind="test", sentence=Sentence(words), url="/accounts/")
    lining_up.line_up([notice], person)
    return notice


def test_the_example_of_the_rfc_comes_out_byte_for_byte() -> None:
    """RFC 8291, section 5."""
    own_key = ec.derive_private_key(
        int.from_bytes(encrypting.raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), encrypting.CURVE
    )
    body = encrypting.encrypt(
        b"When I grow up, I want to be a watermelon",
        encrypting.raw(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        encrypting.raw("BTBZMqHH6r4Tts7J_aSIgg"),
        own=own_key, salt=encrypting.raw("DGv6ra1nlYgDCS1FRnbzlw"),
    )  # fmt: skip
    assert encrypting.b64(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A"
        "_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_the_browser_reads_the_headline_and_nobody_on_the_way_does(
    cast: Cast, browser: Browser, device: PushDevice
) -> None:
    notice = say(cast.baba)
    assert sending.send_due() == 1
    (got,) = browser.receiver.got
    assert got.headers["Content-Encoding"] == "aes128gcm" and got.headers["TTL"]
    assert "青葉商事".encode() not in got.body
    said = json.loads(browser.read(got.body))
    assert said["body"] == notice.sentence and said["url"] == f"/notices/{notice.uid}/"
    device.refresh_from_db()
    assert device.reached_at is not None
    assert Push.objects.get().payload == {}
    assert sending.send_due() == 0


def test_it_says_who_sends_it(cast: Cast, browser: Browser, device: PushDevice) -> None:
    """RFC 8292: signed with the key that the browser was given when it subscribed."""
    say(cast.baba)
    sending.send_due()
    token, key = browser.receiver.got[0].headers["Authorization"].removeprefix("vapid t=").split(", k=")
    assert key == encrypting.public_key()
    head, claims, signature = token.split(".")
    raw = encrypting.raw(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(encrypting.CURVE, encrypting.raw(key))
    public.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    told = json.loads(encrypting.raw(claims))
    assert told["aud"] == browser.told["endpoint"].rsplit("/", 1)[0]
    assert told["exp"] > timezone.now().timestamp()


def test_whoever_wants_no_words_on_his_screen_gets_none(
    cast: Cast, browser: Browser, device: PushDevice
) -> None:
    receiving = own.receiving_of([cast.baba.pk])[cast.baba.pk]
    values = {name: getattr(receiving, name) for name in own.REACHED_BY}
    own.be_reached(by=cast.baba, **{**values, "push_words": False})
    say(cast.baba)
    sending.send_due()
    assert json.loads(browser.read(browser.receiver.got[0].body))["body"] == "お知らせがあります。"


def test_a_browser_that_is_no_more_is_forgotten(cast: Cast, browser: Browser, device: PushDevice) -> None:
    browser.receiver.status = 410
    say(cast.baba)
    sending.send_due()
    assert not PushDevice.objects.exists() and not Push.objects.exists()


def test_a_service_that_is_away_is_asked_again_later_and_given_up_in_the_end(
    cast: Cast, browser: Browser, device: PushDevice
) -> None:
    browser.receiver.status, browser.receiver.headers = 503, {"Retry-After": "120"}
    say(cast.baba)
    sending.send_due()
    push = Push.objects.get()
    assert push.state == "waiting" and push.due_at > timezone.now() + timedelta(seconds=100)
    for _attempt in sending.PAUSES:
        Push.objects.update(due_at=timezone.now())
        sending.send_due()
    assert Push.objects.get().state == "failed"
    assert PushDevice.objects.exists()


def test_after_a_day_nobody_is_woken_for_it(cast: Cast, browser: Browser, device: PushDevice) -> None:
    say(cast.baba)
    Push.objects.update(created_at=timezone.now() - timedelta(days=2))
    sending.send_due()
    assert not browser.receiver.got and Push.objects.get().state == "failed"


def test_signing_out_switches_it_off(cast: Cast, browser: Browser, device: PushDevice, session: str) -> None:
    from daifuku.staff.credentials import end

    say(cast.baba)
    end([session])
    assert sending.send_due() == 1
    (got,) = browser.receiver.got
    said = json.loads(browser.read(got.body))
    assert (said["ask"], said["body"]) == (True, "この端末はログアウトされました。")
    assert not PushDevice.objects.exists()


def test_a_browser_that_is_never_reached_again_is_forgotten(
    cast: Cast, browser: Browser, device: PushDevice, session: str
) -> None:
    from daifuku.staff.credentials import end

    end([session])
    Push.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert sending.send_due() == 0
    assert not browser.receiver.got and not PushDevice.objects.exists()


def test_leaving_the_firm_switches_all_off(cast: Cast, browser: Browser, device: PushDevice) -> None:
    leave(cast.baba, on=timezone.localdate(), by=cast.mizuno)
    assert not PushDevice.objects.exists()


def test_a_service_inside_the_house_is_refused_unless_allowed(
    cast: Cast, settings: Any, session: str
) -> None:
    from daifuku.foundation.outgoing import allowed

    settings.CALLS_ALLOWED = allowed.read([])
    told = Browser(None).told
    for endpoint in ("http://127.0.0.1:9/x", "https://10.0.0.1/x", "ftp://example.com", "nothing"):
        with pytest.raises(Invalid) as refused:
            devices.subscribe(by=cast.baba, session=session, **{**told, "endpoint": endpoint})
        assert refused.value.problems[0].field == "endpoint"
    with pytest.raises(Invalid) as refused:
        devices.subscribe(by=cast.baba, session=session, **{**told, "key": "AAAA"})
    assert refused.value.problems[0].field == "key"


def test_the_keys_are_sealed_and_a_browser_belongs_to_whoever_is_signed_in(
    cast: Cast, browser: Browser, device: PushDevice, session: str
) -> None:
    assert browser.told["auth"] not in device.keys
    devices.subscribe(by=cast.senda, session=session, **browser.told)
    assert [row.person for row in PushDevice.objects.all()] == [cast.senda]
    devices.unsubscribe(by=cast.baba, endpoint=browser.told["endpoint"])
    assert PushDevice.objects.exists()


def test_the_page_switches_on_lists_and_off(cast: Cast, browser: Browser, login_as: Any) -> None:
    client = login_as(cast.baba)
    answer = client.post("/push/on/", browser.told | {"name": "Windows Chrome"})
    assert answer.status_code == 200
    page = client.get("/account/notices/").content.decode()
    assert "Windows Chrome" in page and encrypting.public_key() in page
    client.post("/push/test/")
    assert sending.send_due() == 1
    assert "通知のテスト" in json.loads(browser.read(browser.receiver.got[0].body))["body"]
    bad = client.post("/push/on/", {"endpoint": "http://10.0.0.1/", "key": "x", "auth": "y"})
    assert bad.status_code == 422 and "社内" in bad.json()["problem"]
    client.post("/push/off/", {"endpoint": browser.told["endpoint"]})
    assert not PushDevice.objects.exists()


def test_what_is_told_at_once_is_pushed(cast: Cast, browser: Browser, device: PushDevice) -> None:
    from daifuku.ledger.models import Event
    from daifuku.messages.subscribers import tell_mentioned
    from daifuku.records.actions.commenting import write_comment

    account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    write_comment(account, "@馬場 健 お願いします", by=cast.aoyama)
    tell_mentioned(Event.objects.latest("pk"))
    assert sending.send_due() == 1
    assert "呼んでいます" in json.loads(browser.read(browser.receiver.got[0].body))["body"]
