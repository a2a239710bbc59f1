"""The only writers of people and bodies: each is one change, with one entry in the ledger."""

from regulator.accounts.commands.bodies import change_overseer, merge_bodies, rename_body
from regulator.accounts.commands.joining import (
    Invited,
    accept_invitation,
    invite_again,
    invite_person,
)
from regulator.accounts.commands.loading import Loaded, load_bodies
from regulator.accounts.commands.people import (
    end_sessions,
    forget_second_factor,
    give_role,
    leave,
    take_role,
)
from regulator.accounts.commands.proofs import (
    change_password,
    enrol_second_factor,
    new_recovery_codes,
    prove,
    reset_password,
    use_recovery_code,
)
from regulator.accounts.commands.reminders import AT_ONCE, DAILY, choose_reminders
from regulator.accounts.commands.teams import add_team, change_team, rename_team

__all__ = [
    "AT_ONCE",
    "DAILY",
    "Invited",
    "Loaded",
    "accept_invitation",
    "add_team",
    "change_overseer",
    "change_password",
    "change_team",
    "choose_reminders",
    "end_sessions",
    "enrol_second_factor",
    "forget_second_factor",
    "give_role",
    "invite_again",
    "invite_person",
    "leave",
    "load_bodies",
    "merge_bodies",
    "new_recovery_codes",
    "prove",
    "rename_body",
    "rename_team",
    "reset_password",
    "take_role",
    "use_recovery_code",
]
