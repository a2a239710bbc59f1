"""The record of every write: intent and facts, chained by hash, with personal words kept apart.

Never called audit, which is something the regulator does.
"""

from regulator.ledger.intent import Intent
from regulator.ledger.writing import change

__all__ = ["Intent", "change"]
