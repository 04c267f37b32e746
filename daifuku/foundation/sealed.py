"""Secrets that must be read again, kept so that whoever reads the database or a backup of it cannot use them."""

from __future__ import annotations

import base64
import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


class Unreadable(Exception):
    """It was sealed under another DAIFUKU_SECRET_KEY."""


def seal(text: str, purpose: str) -> str:
    nonce = secrets.token_bytes(12)
    return base64.b64encode(nonce + _cipher(purpose).encrypt(nonce, text.encode(), None)).decode()


def open_seal(sealed: str, purpose: str) -> str:
    raw = base64.b64decode(sealed)
    try:
        return _cipher(purpose).decrypt(raw[:12], raw[12:], None).decode()
    except InvalidTag as error:
        raise Unreadable from error


def _cipher(purpose: str) -> AESGCM:
    """For every purpose a key of its own."""
    return AESGCM(hashlib.sha256(f"daifuku.{purpose}".encode() + settings.SECRET_KEY.encode()).digest())
