"""Codes that a person copies by hand: readable, without look-alikes, and too many to guess.

The alphabet is Crockford’s base 32 (no I, L, O or U); what looks alike is read as what was meant.
"""

from __future__ import annotations

import secrets

from regulator.accounts.keys import marked

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CASE_CODE, RECOVERY_CODE = 20, 12
"""Characters of five bits each: 100 bits open a case from anywhere, 60 stand in for a second factor behind a password."""
_LOOK_ALIKES = str.maketrans("OIL", "011", " -–—_.\t")


def new_code(length: int = CASE_CODE) -> str:
    """A fresh code in groups of four, such as `7KQM-2XWP-…`."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(length)))


def grouped(characters: str) -> str:
    """The characters in groups of four with hyphens between."""
    return "-".join(characters[at : at + 4] for at in range(0, len(characters), 4))


def tidy(code: str) -> str:
    """What was meant by a code as it was typed: no spaces or hyphens, capitals, no look-alikes."""
    return code.upper().translate(_LOOK_ALIKES)


def hash_code(code: str) -> str:
    """The keyed hash of a case’s code, however it was typed: one look-up finds it, and a copy of the table opens nothing."""
    return marked("case code", tidy(code))


def hash_answer(answer: str) -> str:
    """The keyed hash of the answer to somebody’s own question, however it was said: capitals and spaces do not matter."""
    return marked("answer to a question", "".join(answer.casefold().split()))


def hash_recovery_code(code: str) -> str:
    """The keyed hash of a recovery code, however it was typed."""
    return marked("recovery code", tidy(code))
