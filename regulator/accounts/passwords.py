"""Passwords: how one is kept, tried and judged fit."""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from config import Config, PasswordCost

SHORTEST = 12
TOO_COMMON = (
    "password",
    "passphrase",
    "qwerty",
    "letmein",
    "welcome",
    "regulator",
    "123456",
    "abcdef",
    "police",
)


@lru_cache(maxsize=4)
def _hasher(cost: PasswordCost) -> PasswordHasher:
    return PasswordHasher(time_cost=cost.time, memory_cost=cost.memory, parallelism=cost.parallelism)


@lru_cache(maxsize=4)
def _nobodys(cost: PasswordCost) -> str:
    return _hasher(cost).hash(
        "nobody’s password, tried so that an unknown address takes as long as a known one"
    )


def _cost() -> PasswordCost:
    config: Config = current_app.extensions["regulator"]
    return config.password_cost


def hashed(password: str) -> str:
    """The password as it is kept, with argon2id at the configured cost."""
    return _hasher(_cost()).hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether this is the password; where there is none, it takes as long to say no."""
    try:
        _hasher(_cost()).verify(kept or _nobodys(_cost()), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def objection(password: str, *, name: str, email: str) -> str | None:
    """Why this password is not fit for this person; None when it is."""
    plain = password.casefold()
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters: three words you will remember are a good choice"
    if len(set(plain)) < 5:
        return "Use more different characters than that"
    own = {*name.casefold().split(), *email.casefold().replace("@", " ").split()}
    rest = plain
    for word in sorted((*TOO_COMMON, *(each for each in own if len(each) > 2)), key=len, reverse=True):
        rest = rest.replace(word, "")
    if sum(character.isalnum() for character in rest) < SHORTEST // 2:
        return "Choose something harder to guess than your name or a common password"
    return None
