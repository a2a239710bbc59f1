"""A command line that answers bad input with one sentence and exit 2, never with its usage or a trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


class BadInput(click.ClickException):
    """What was typed cannot be used; one sentence on stderr, exit 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print the sentence alone."""
        click.echo(self.message, file=file, err=file is None)


class PlainCommand(click.Command):
    """A command whose every refusal, of an option or by its own ValueError, is a `BadInput`."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the options.

        Raises: BadInput for one that is missing, unknown or badly written
        """
        try:
            return super().make_context(*args, **kwargs)
        except click.UsageError as error:
            raise BadInput(_sentence(error)) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command.

        Raises: BadInput when it finds what it was given wanting
        """
        try:
            return super().invoke(ctx)
        except ValueError as error:
            raise BadInput(str(error)) from None


class Written(click.ParamType[Any]):
    """An option’s text, read by a function that raises ValueError with a sentence."""

    name = "text"

    def __init__(self, read: Callable[[str], Any]) -> None:
        self.read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """What the text means."""
        try:
            return self.read(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _sentence(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"{error.param.opts[0]} is missing; --help shows what it takes."
    return f"{' '.join(error.message.split()).rstrip('.')}."
