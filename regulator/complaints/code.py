"""The code that opens a complaint to the person who made it. It is worked out, never kept: only its hash is."""

from __future__ import annotations

from regulator.accounts.codes import ALPHABET, CASE_CODE, grouped
from regulator.accounts.keys import marked

BITS = 5


def code_for(key: str) -> str:
    """The code for the complaint sent with this form, in groups of four: sending it again gives the same one.

    key: the form’s own, random and known to nobody but the browser that sends it
    """
    number = int(marked("code of a complaint", key), 16)
    return grouped("".join(ALPHABET[(number >> (BITS * at)) & 31] for at in range(CASE_CODE)))
