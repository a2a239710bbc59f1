"""How a complainant opens a case with its reference and code, and how nobody else does."""

from datetime import timedelta

import pytest

from regulator import moments
from regulator.accounts import codes
from regulator.accounts.identity import open_case_by_code, visitor_of
from regulator.accounts.throttle import CASE, CASE_ADDRESS
from regulator.actors import Side
from regulator.errors import TooMany
from tests.rooms.browsing import later

REFERENCE, ADDRESS = "CMP-7QX2-MK4T", "192.0.2.1"


@pytest.fixture
def code(app, owner):
    """A case with one participant, and the code that opens it."""
    code = codes.new_code()
    with app.app_context():
        kept = codes.hash_code(code)
    owner.execute("set app.intent = 'test'")
    case = owner.execute(
        "insert into case_file (reference, kind, edition, edition_digest, stage, stage_moves, is_open, title,"
        " opened_on, is_restricted, is_historic, legal_hold) values (%s, 'complaint', 'x', 'x', 'received', 0,"
        " true, '', current_date, false, false, false) returning id",
        (REFERENCE,),
    ).fetchone()[0]
    who = owner.execute(
        "insert into participant (case_id, capacity, name, contact_by, language, shares_identity, is_vulnerable,"
        " no_email, no_post, is_discreet)"
        " values (%s, 'representative', 'Rae Example', 'email', 'en', false, false, false, false, false) returning id",
        (case,),
    ).fetchone()[0]
    owner.execute(
        "insert into access_code (case_id, participant_id, code_hash, made_on, expires_on)"
        " values (%s, %s, %s, current_date, current_date + 30)",
        (case, who, kept),
    )
    return code


def opened(app, reference, code, address=ADDRESS):
    """Who comes of a reference and a code, asked inside a request."""
    with app.test_request_context("/"):
        return open_case_by_code(reference, code, address)


def test_a_code_opens_one_case(app, code):
    """Reference and code make their holder a complainant or representative of that one case, and nothing else."""
    visitor = opened(app, REFERENCE, code)

    actor = visitor.actor
    assert (actor.side, actor.roles, actor.name) == (Side.complainant, {"representative"}, "Rae Example")
    assert actor.case_id is not None
    assert (actor.person_id, actor.body_id) == (None, None)
    assert visitor.id.startswith("claim:")


@pytest.mark.parametrize("write", [str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code} "])
def test_a_code_may_be_typed_carelessly(app, code, write):
    """Capitals, spaces and hyphens do not matter in a code, nor in a reference."""
    assert opened(app, f" {REFERENCE.lower()} ", write(code))


def test_look_alikes_are_read_as_meant(app):
    """An O is read as nought, an I and an L as one: no code has those letters."""
    assert codes.tidy("oil0-1") == "01101"
    assert not set("ILOU") & set(codes.ALPHABET)


def test_a_code_cannot_be_guessed():
    """A code has a hundred random bits and no two are alike."""
    made = {codes.new_code() for _ in range(500)}

    assert len(made) == 500
    assert all(len(codes.tidy(code)) * 5 >= 100 for code in made)


def test_a_wrong_reference_and_a_wrong_code_are_alike(app, code):
    """Nobody learns whether a reference exists: either mistake opens nothing, by the same one look-up."""
    assert opened(app, REFERENCE, codes.new_code()) is None
    assert opened(app, "CMP-0000-0000", code) is None


def test_a_code_is_kept_only_hashed(app, code, owner):
    """The table holds a keyed hash: neither the code nor a hash that could be made without the key."""
    import hashlib

    (kept,) = owner.execute("select code_hash from access_code").fetchone()
    assert codes.tidy(code) not in kept
    assert kept != hashlib.sha256(codes.tidy(code).encode()).hexdigest()


def test_references_are_throttled(app, code):
    """After ten wrong codes for a reference even the right one opens nothing for a while."""
    for number in range(CASE.most):
        opened(app, REFERENCE, "wrong", f"192.0.2.{number}")

    with pytest.raises(TooMany, match="Wait until"):
        opened(app, REFERENCE, code, "198.51.100.1")
    with later(minutes=CASE.minutes + 1):
        assert opened(app, REFERENCE, code, "198.51.100.1")


def test_addresses_are_throttled(app, code):
    """One network address cannot try many references without end."""
    for number in range(CASE_ADDRESS.most):
        opened(app, f"CMP-{number}", "wrong")

    with pytest.raises(TooMany):
        opened(app, REFERENCE, code)


def test_a_code_expires(app, code):
    """After its last day a code opens nothing, and who came in with it is out."""
    ident = opened(app, REFERENCE, code).id

    with later(days=31):
        assert opened(app, REFERENCE, code) is None
        with app.test_request_context("/"):
            assert visitor_of(ident) is None


def test_who_left_the_case_is_out(app, code, owner):
    """A representative whose part has ended opens nothing with the old code."""
    ident = opened(app, REFERENCE, code).id
    owner.execute("set app.intent = 'test'")
    owner.execute("update participant set left_on = %s", (moments.today() - timedelta(days=1),))

    assert opened(app, REFERENCE, code) is None
    with app.test_request_context("/"):
        assert visitor_of(ident) is None


@pytest.mark.parametrize(
    "ident", ["", "person", "person:x", "claim:", "person:99999", "claim:99999", "other:1"]
)
def test_a_strange_session_is_nobody(app, ident):
    """A session that names nobody there is belongs to nobody."""
    with app.test_request_context("/"):
        assert visitor_of(ident) is None
