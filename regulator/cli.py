"""The console command `regulator`: each room brings its own commands; a refusal is one line and a non-zero exit."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import ParamSpec

import click
import psycopg
import sqlalchemy as sa

from config import Config, ConfigError
from regulator.errors import RegulatorError
from regulator.regime.registry import Registry

P = ParamSpec("P")

COMMANDS = {
    "anchor": "regulator.ledger.cli:anchor_command",
    "bodies": "regulator.accounts.cli:bodies_group",
    "calendars": "regulator.casework.cli:calendars_group",
    "check": "regulator.casework.unattended:check_command",
    "db": "regulator.dbcli:db_group",
    "deadline": "regulator.deadlines.cli:deadline_command",
    "edition": "regulator.regime.cli:edition_group",
    "files": "regulator.documents.sweeping:files_group",
    "language": "regulator.language_cli:language_group",
    "letters": "regulator.letters.cli:letters_group",
    "load": "regulator.loading:load_command",
    "people": "regulator.accounts.cli:people_group",
    "replay": "regulator.replay.cli:replay_command",
    "search": "regulator.casework.searching.cli:search_group",
    "seed": "regulator.seed:seed_command",
    "verify": "regulator.ledger.cli:verify_command",
    "worker": "regulator.jobs:worker_command",
}


class Console(click.Group):
    """Imports a command only when it is asked for, so that each starts quickly."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Every command, in the order of the alphabet."""
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """The command called `name`."""
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


def in_app(command: Callable[P, object]) -> Callable[P, None]:
    """Run a command inside the application, configured from the environment."""

    @wraps(command)
    def inside(*args: P.args, **kwargs: P.kwargs) -> None:
        from regulator import create_app  # noqa: PLC0415 - the quick commands need no application

        app = create_app(Config.from_env(os.environ))
        with app.app_context():
            command(*args, **kwargs)

    return inside


@click.group(cls=Console)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Work the regulator’s casework system from a terminal."""
    ctx.obj = _registry


def _registry() -> Registry:
    """What the application has for editions to name; asked for only by the commands that check one."""
    registry: Registry = import_module("regulator.casework.editions").registry()
    return registry


def run() -> None:
    """Run the console; what a person can put right is one sentence on standard error, and exit 1."""
    try:
        main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except (ConfigError, RegulatorError) as error:
        sys.exit(str(error))
    except (psycopg.OperationalError, sa.exc.OperationalError) as error:
        cause = str(getattr(error, "orig", error)).strip().splitlines()
        sys.exit(f"The database cannot be reached: {cause[0] if cause else error}")


if __name__ == "__main__":
    run()
