"""Encrypts a message for one browser (RFC 8291, RFC 8188) and says who sends it (RFC 8292).

Written with `cryptography` alone: the library for it brings two HTTP clients along, and the only way out of this
program is `foundation.outgoing`. The tests hold it against the example of the RFC.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import struct
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

CURVE = ec.SECP256R1()
# The number of points of P-256: a private key lies below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
RECORD_SIZE = 4096
LONGEST = RECORD_SIZE - 17 - 86
SIGNED_FOR = timedelta(hours=12)


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    """Raises ValueError."""
    return base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encrypt(
    message: bytes,
    browser_key: bytes,
    auth: bytes,
    *,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a push; `own` and `salt` are made anew for each message. Raises ValueError for keys that are none."""
    browser = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, browser_key)
    own, salt = own or ec.generate_private_key(CURVE), salt or os.urandom(16)
    ours = point(own.public_key())
    shared = own.exchange(ec.ECDH(), browser)
    secret = _derived(shared, auth, b"WebPush: info\0" + browser_key + ours, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(key).encrypt(nonce, message + b"\x02", None)
    return salt + struct.pack("!IB", RECORD_SIZE, len(ours)) + ours + sealed


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def own_key() -> ec.EllipticCurvePrivateKey:
    """By which browsers know this program again: it follows from DAIFUKU_SECRET_KEY, so nothing more must be kept."""
    digest = hashlib.sha512(b"daifuku.push" + settings.SECRET_KEY.encode()).digest()
    return ec.derive_private_key(int.from_bytes(digest) % (ORDER - 1) + 1, CURVE)


def public_key() -> str:
    """What a browser is given when it subscribes."""
    return b64(point(own_key().public_key()))


def signature(endpoint: str, now: datetime) -> str:
    """The Authorization header: who sends, to which server, until when it counts."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}", "exp": int((now + SIGNED_FOR).timestamp()),
        "sub": settings.BASE_URL if settings.HTTPS else f"mailto:{_address()}",
    }  # fmt: skip
    words = ".".join(
        b64(json.dumps(each, separators=(",", ":")).encode())
        for each in ({"typ": "JWT", "alg": "ES256"}, claims)
    )
    r, s = decode_dss_signature(own_key().sign(words.encode(), ec.ECDSA(hashes.SHA256())))
    signed = b64(r.to_bytes(32) + s.to_bytes(32))
    return f"vapid t={words}.{signed}, k={public_key()}"


def _address() -> str:
    return settings.DEFAULT_FROM_EMAIL.rsplit("<", 1)[-1].strip("> ")
