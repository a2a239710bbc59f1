"""Keys for one purpose each, all derived from the one secret of the configuration."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from regulator.errors import Refused


@lru_cache(maxsize=32)
def _derived(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(secret.encode())


def key_for(purpose: str) -> bytes:
    """The key of 32 bytes for one purpose, which tells nothing of the others."""
    return _derived(str(current_app.config["SECRET_KEY"]), purpose)


def marked(purpose: str, text: str) -> str:
    """The keyed hash of `text`, hex: the same each time, so it can be looked up, and useless without the key."""
    return hmac.new(key_for(purpose), text.encode(), hashlib.sha256).hexdigest()


def sealed(text: str, purpose: str = "second factor") -> str:
    """`text` encrypted, for keeping; what is sealed for one purpose is opened for no other."""
    return _box(purpose).encrypt(text.encode()).decode()


def unsealed(kept: str, purpose: str = "second factor") -> str:
    """What was sealed.

    Raises: Refused when the secret of the configuration has changed since
    """
    try:
        return _box(purpose).decrypt(kept.encode()).decode()
    except InvalidToken:
        raise Refused("This was kept under a key that is no longer in use. Ask an administrator.") from None


def _box(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key_for(purpose)))
