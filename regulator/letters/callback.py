"""Where GOV.UK Notify says that it knows more of a letter: it is believed only as far as it is then asked itself."""

from __future__ import annotations

import hmac

from flask import Blueprint, current_app, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from config import Config
from regulator import jobs
from regulator.access import public
from regulator.actors import SYSTEM
from regulator.db import ask_as, end_read
from regulator.errors import Missing
from regulator.letters import queries

views = Blueprint("letters_callback", __name__)
BEARER = "Bearer "


@views.post("/letters/notify-callback")
@public
def called_back() -> ResponseReturnValue:
    """Have the letter that Notify names asked about; without the token agreed there is no such page."""
    config: Config = current_app.extensions["regulator"]
    token = config.notify.callback_token if config.notify else None
    given = request.headers.get("Authorization", "").removeprefix(BEARER)
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        raise Missing("There is no such page.")
    said = request.get_json(silent=True)
    reference = said.get("reference") if isinstance(said, dict) else None
    letter = queries.by_message(f"<{reference}>") if reference else None
    if letter is not None:
        ask_as(SYSTEM)
        jobs.defer("ask_about", letter=letter.id)
        end_read()
    return "", 204


@views.record_once
def _comes_without_a_form(state: BlueprintSetupState) -> None:
    """Notify fills in no form of ours: its own token stands for it."""
    state.app.extensions["csrf"].exempt(called_back)
