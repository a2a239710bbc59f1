"""What every kind of case has: the file, its parties, the people outside, clocks, links and walls."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, cache, key, personal, secret

MOMENT = sa.DateTime(timezone=True)


class CaseFile(Base):
    """One case. It keeps the edition it was opened under until it is moved on purpose.

    is_historic:       told again from the past by a replay: its letters are never sent, and nothing in it is due
    due_on, waits_for: the soonest open clock the regulator owes and who is waited for; caches for worklists
    disposal_stage:    proposed while a second person is to decide, destroyed once they approved it
    stage_moves:       how often the stage moved: the version token of the stage
    """

    __tablename__ = "case_file"
    __table_args__ = (
        sa.Index("ix_case_file_desk", "is_open", "due_on", "id"),
        sa.Index("ix_case_file_due", "due_on", "id"),
        sa.Index("ix_case_file_owner", "owner_id", "due_on", "id"),
        sa.Index("ix_case_file_team", "team_id", "due_on", "id"),
        sa.Index("ix_case_file_stage", "kind", "stage", "due_on", "id"),
        sa.Index(
            "ix_case_file_disposal", "disposal", "disposal_on", "id", postgresql_where=sa.text("not is_open")
        ),
        sa.Index("ix_case_file_hold", "id", postgresql_where=sa.text("legal_hold")),
        sa.Index(
            "ix_case_file_disposal_stage",
            "disposal_stage",
            "id",
            postgresql_where=sa.text("disposal_stage is not null"),
        ),
    )

    id: Mapped[int] = key()
    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    edition: Mapped[str]
    edition_digest: Mapped[str]
    stage: Mapped[str]
    stage_moves: Mapped[int] = mapped_column(default=0)
    is_open: Mapped[bool] = mapped_column(default=True)
    title: Mapped[str] = personal()
    opened_on: Mapped[date]
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"))
    is_restricted: Mapped[bool] = mapped_column(default=False)
    is_historic: Mapped[bool] = mapped_column(default=False)
    legal_hold: Mapped[bool] = mapped_column(default=False)
    disposal: Mapped[str | None]
    disposal_on: Mapped[date | None]
    disposal_stage: Mapped[str | None]
    due_on: Mapped[date] = cache(server_default="9999-12-31")
    due_clock: Mapped[str | None] = cache()
    waits_for: Mapped[str | None] = cache()


class Party(Base):
    """A body’s part in a case. `sees` is set when the case first reaches a stage the body sees.

    capacity: subject, or oversight
    overseen_by_id: the part of the body that oversees this one, in a kind of case that an oversight body may see
    due_on:   the soonest date this body owes on this case, for its desk; a cache
    """

    __tablename__ = "party"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "body_id", "capacity"),
        sa.Index("ix_party_desk", "body_id", "sees", "due_on", "case_id"),
    )

    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    capacity: Mapped[str] = mapped_column(default="subject")
    overseen_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"), index=True)
    sees: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date] = cache(server_default="9999-12-31")


class Participant(Base):
    """Somebody outside: the person who complains, or who acts for them. Their words are erasable.

    capacity: complainant or representative
    no_email, no_post: not to be written to in that way; is_discreet: nothing they are sent says on its outside who writes
    """

    __tablename__ = "participant"
    __table_args__ = (sa.Index("ix_participant_case_id", "case_id"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    capacity: Mapped[str]
    name: Mapped[str | None] = personal()
    email: Mapped[str | None] = personal()
    phone: Mapped[str | None] = personal()
    address: Mapped[str | None] = personal()
    safe_contact: Mapped[str | None] = personal()
    needs: Mapped[str | None] = personal()
    authority: Mapped[str | None] = personal()
    contact_by: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    shares_identity: Mapped[bool] = mapped_column(default=False)
    is_vulnerable: Mapped[bool] = mapped_column(default=False)
    no_email: Mapped[bool] = mapped_column(default=False)
    no_post: Mapped[bool] = mapped_column(default=False)
    is_discreet: Mapped[bool] = mapped_column(default=False)
    left_on: Mapped[date | None]


class AccessCode(Base):
    """A code that, with the reference, opens one case to one participant; only its hash is kept."""

    __tablename__ = "access_code"

    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id"))
    code_hash: Mapped[str] = secret()
    made_on: Mapped[date]
    expires_on: Mapped[date]


class ClockRow(Base):
    """What the events and the edition say of one clock, kept for pages and lists; the derivation is beside the date.

    ended:     met, ended, left, case_ended or expired; none while it runs
    next_look: when the system must look at the case again, because time alone then changes something
    """

    __tablename__ = "clock"
    __table_args__ = (
        sa.Index("ix_clock_case_id", "case_id"),
        sa.Index("ix_clock_due", "is_open", "last_day", "case_id"),
        sa.Index("ix_clock_next_look", "next_look"),
    )

    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    name: Mapped[str]
    label: Mapped[str]
    owed_by: Mapped[str]
    owed_to: Mapped[str]
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    keys: Mapped[dict[str, int]] = mapped_column(JSONB)
    started_on: Mapped[date]
    last_day: Mapped[date]
    late_from: Mapped[datetime] = mapped_column(MOMENT)
    original_last_day: Mapped[date]
    is_open: Mapped[bool]
    is_held: Mapped[bool]
    paused_since: Mapped[date | None]
    ended: Mapped[str | None]
    ended_on: Mapped[date | None]
    was_late: Mapped[bool]
    derivation: Mapped[str]
    for_body: Mapped[bool]
    for_complainant: Mapped[bool]
    for_oversight: Mapped[bool] = mapped_column(default=False)
    for_public: Mapped[bool] = mapped_column(default=False)
    next_look: Mapped[datetime | None] = mapped_column(MOMENT)


class CaseLink(Base):
    """A case joined to another, written in both: `relation` is what the other is to this one."""

    __tablename__ = "case_link"
    __table_args__ = (sa.UniqueConstraint("case_id", "other_id", "relation"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    other_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    relation: Mapped[str]


class WallMember(Base):
    """Someone inside the wall round a restricted case."""

    __tablename__ = "wall_member"
    __table_args__ = (sa.UniqueConstraint("case_id", "person_id"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)


class SavedList(Base):
    """A list of work that somebody keeps by a name of their own; nobody else sees it.

    asked: what its address asks for, after the question mark
    """

    __tablename__ = "saved_list"
    __table_args__ = (sa.UniqueConstraint("person_id", "name"),)

    id: Mapped[int] = key()
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    name: Mapped[str] = personal()
    asked: Mapped[str] = personal()


class NoticeToStaff(Base):
    """Something on a case of which a member of staff is told once: it falls due soon, is overdue, or ran out.

    clock:   the clock, and what it is about
    why:     soon, overdue or ran_out
    at_once: whether it goes by itself; else with the others of the day
    sent_at: when it went into a message
    """

    __tablename__ = "notice_to_staff"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "person_id", "clock", "due", "why"),
        sa.Index("ix_notice_to_staff_person_id", "person_id", "sent_at", "id"),
    )

    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    clock: Mapped[str]
    label: Mapped[str]
    due: Mapped[date]
    why: Mapped[str]
    at_once: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    sent_at: Mapped[datetime | None] = mapped_column(MOMENT)


class IssuedVersion(Base):
    """Something that went outside, or was signed, as it went: locked, hashed and numbered. A deficiency makes a new one.

    what:       account, provisional_view, decision, response, terms, draft_report, report, notice, ...
    audience:   who it was issued to: body, complainant, oversight, internal; party_id when it is one body’s
    request_id: the request it answers
    """

    __tablename__ = "issued_version"
    __table_args__ = (sa.Index("ix_issued_version_case_id", "case_id"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    what: Mapped[str]
    number: Mapped[int]
    audience: Mapped[str]
    text: Mapped[str] = personal()
    text_hash: Mapped[str]
    issued_on: Mapped[date]
    request_id: Mapped[int | None] = mapped_column(sa.ForeignKey("evidence_request.id"))


class Holiday(Base):
    """A day a calendar leaves out, with where it comes from and when it was entered; withdrawn, never deleted."""

    __tablename__ = "holiday"
    __table_args__ = (sa.Index("ix_holiday_calendar_day", "calendar", "day"),)

    id: Mapped[int] = key()
    calendar: Mapped[str]
    day: Mapped[date]
    name: Mapped[str]
    source: Mapped[str]
    entered_on: Mapped[date]
    withdrawn_on: Mapped[date | None]


class Disposal(Base):
    """A proposal to destroy the record of a case, and what came of it: the certificate, once somebody else approved it.

    entries, words, files: how many entries lost words, how many words and cells went, and how many files there were
    files_gone_on:         when the files were gone from the store
    """

    __tablename__ = "disposal"
    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    proposed_on: Mapped[date]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    refused_on: Mapped[date | None]
    approved_on: Mapped[date | None]
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    entries: Mapped[int | None] = mapped_column(sa.BigInteger)
    words: Mapped[int | None] = mapped_column(sa.BigInteger)
    files: Mapped[int | None] = mapped_column(sa.BigInteger)
    files_gone_on: Mapped[date | None]
