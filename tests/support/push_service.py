"""A browser's side of push, without a browser: its keys, its place at a service on this machine, its decrypting."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from daifuku.messages.push.encrypting import b64

if TYPE_CHECKING:
    from tests.support.receiver import Receiver


class Browser:
    """`told` is what it tells the program when it subscribes."""

    def __init__(self, receiver: Receiver | None) -> None:
        self._receiver = receiver
        self._key, self._auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self._point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        place = f"http://{receiver.place}" if receiver else "https://push.example.com"
        self.told = {
            "endpoint": f"{place}/{b64(os.urandom(9))}",
            "key": b64(self._point),
            "auth": b64(self._auth),
        }

    @property
    def receiver(self) -> Receiver:
        assert self._receiver is not None
        return self._receiver

    def read(self, body: bytes) -> bytes:
        """RFC 8291 from the other end."""
        salt, length = body[:16], body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        shared = self._key.exchange(ec.ECDH(), sender)
        secret = _derived(shared, self._auth, b"WebPush: info\0" + self._point + theirs, 32)
        key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
        opened = AESGCM(key).decrypt(nonce, sealed, None)
        assert opened.endswith(b"\x02"), "the last record ends with its mark"
        return opened[:-1]


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)
