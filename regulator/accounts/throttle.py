"""How often something may be tried. Counts are kept in the database, so a restart forgives nobody.

An attempt is counted before it is judged: many at once gain nothing. Names are keyed hashes: the table tells no
address and no account. While too many stand counted, the right answer is refused like a wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from regulator import moments, words
from regulator.accounts import doors
from regulator.accounts.keys import marked
from regulator.errors import TooMany


@dataclass(frozen=True)
class Limit:
    """So many attempts in so many minutes, counted from the first."""

    name: str
    most: int
    minutes: int

    def of(self, whose: str) -> str:
        """The name under which one account’s or one address’s attempts are counted."""
        return f"{self.name}:{marked('throttle', whose)}"


ACCOUNT = Limit("account", 5, 15)
ADDRESS = Limit("address", 50, 15)  # a whole force may come from one
SECOND_FACTOR = Limit("second-factor", 5, 15)
ENROLMENT = Limit("enrolment", 10, 15)
PASSWORD = Limit("password", 5, 15)
CASE = Limit("case", 10, 15)
CASE_ADDRESS = Limit("case-address", 30, 15)
DRAFT_ADDRESS = Limit("draft-address", 30, 15)
DRAFT_LINK = Limit("draft-link", 3, 60)
DRAFT_LINK_ADDRESS = Limit("draft-link-address", 20, 60)
ANSWER = Limit("answer", 5, 60)
LOST_CODE = Limit("lost-code", 3, 60)
LOST_CODE_ADDRESS = Limit("lost-code-address", 20, 60)
RESET = Limit("reset", 3, 60)
RESET_ADDRESS = Limit("reset-address", 20, 60)


def attempt(limit: Limit, whose: str) -> None:
    """Count one attempt.

    Raises: TooMany, saying when to try again
    """
    now = moments.now()
    window = timedelta(minutes=limit.minutes)
    since = doors.attempt_counted(limit.of(whose), most=limit.most, now=now, stale_before=now - window)
    if since is not None:
        again = since + window + timedelta(minutes=1)
        raise TooMany(f"There were too many attempts. Wait until {words.clock_time(again)}, then try again.")


def forgive(limit: Limit, whose: str) -> None:
    """Forget the attempts of an account whose owner has just succeeded."""
    doors.attempts_forgiven(limit.of(whose))


def give_back(limit: Limit, whose: str) -> None:
    """Take one success out of the count of an address that many share."""
    doors.attempt_given_back(limit.of(whose))
