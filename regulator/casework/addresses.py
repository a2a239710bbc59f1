"""How cases and steps stand in addresses: `/cases/C-7F3K-92QX/propose-decline`."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import BaseConverter


class Reference(BaseConverter):
    """The reference of a case, in either case of letters."""

    regex = r"[A-Za-z0-9]{1,6}(?:-[A-Za-z0-9]{1,12}){1,4}"

    def to_python(self, value: str) -> str:
        """The reference as it is kept."""
        return value.upper()


class StepName(BaseConverter):
    """The name of a step, with hyphens in the address and underscores in the edition."""

    regex = r"[a-z]+(?:-[a-z]+)*"

    def to_python(self, value: str) -> str:
        """The name the edition knows."""
        return value.replace("-", "_")

    def to_url(self, value: str) -> str:
        """The name as the address has it."""
        return value.replace("_", "-")


def init(app: Flask) -> None:
    """Let addresses say `<ref:reference>` and `<step:step>`."""
    app.url_map.converters.update(ref=Reference, step=StepName)
