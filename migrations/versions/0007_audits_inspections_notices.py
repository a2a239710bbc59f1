"""The tables of audits, inspections and notices, with who reads what of them."""

import sqlalchemy as sa
from alembic import op

from migrations.locks import ALL, Reads, lock, of_case, of_party, published, reads, sequences

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def shown(table: str, *, when: str = "", columns: str = ALL) -> Reads:
    """Rows of a case the reader sees."""
    return columns, " and ".join(filter(None, (when, of_case(table))))


def theirs(table: str, *, when: str = "", columns: str = ALL) -> Reads:
    """Rows of the reader’s own part, or of one they oversee."""
    return columns, " and ".join(filter(None, (when, of_party(table))))


PUBLICATION = "id, case_id, number, what, words, published_on, correction"
VISIT = "id, case_id, party_id, number, what, place, starts_on, ends_on, purpose, held_on"
FINDING = "id, case_id, number, area_id, words, standard, issued_on, superseded_on"
INSPECTION = "case_id, title, commission, commissioned_by"
SERVICE = "id, case_id, act, what, method, addressee, consent, sent_on, deemed_on, received_on, corrected_on"
CERTIFICATE = "id, case_id, step_id, applied_on, answered_as, answered_on, reason, act"
ISSUED, SENT, SERVED = "issued_on is not null", "sent_on is not null", "served_on is not null"
KNOWN = "coalesce(applied_on, answered_on) is not null"

# table -> role -> (columns, rows); staff read all of a case they see, unless the table says otherwise
READS: dict[str, dict[str, Reads]] = {
    "scope_area": {"body": shown("scope_area"), "oversight": shown("scope_area")},
    "area_rating": {
        "body": shown("area_rating", when=ISSUED),
        "oversight": shown("area_rating", when=ISSUED),
    },
    "visit": {"body": theirs("visit", when="starts_on is not null and what = 'visit'", columns=VISIT)},
    "report": {},
    "report_finding": {
        "body": shown("report_finding", when=ISSUED, columns=FINDING),
        "oversight": shown("report_finding", when=ISSUED, columns=FINDING),
    },
    "recommendation": {
        "body": theirs("recommendation", when=ISSUED),
        "oversight": theirs("recommendation", when=ISSUED),
        # What is said in public of a recommendation names it by its number; its words may be withheld.
        "public": ("id, case_id, number", f"{ISSUED} and {published('recommendation.case_id')}"),
    },
    "recommendation_draft": {"body": theirs("recommendation_draft")},
    "publication": {
        "body": shown("publication", columns=PUBLICATION),
        "oversight": shown("publication", columns=PUBLICATION),
        "public": (PUBLICATION, "true"),
    },
    "public_comment": {
        "body": shown("public_comment"),
        "oversight": shown("public_comment"),
        "public": (ALL, published("public_comment.case_id")),
    },
    "audit": {"body": shown("audit", columns="case_id, title, basis, own_return")},
    "inspection": {
        "body": shown("inspection", columns=INSPECTION),
        "oversight": shown("inspection", columns=INSPECTION),
    },
    "concern": {"body": theirs("concern", when=SENT), "oversight": theirs("concern", when=SENT)},
    "notice": {"body": shown("notice", when=SERVED)},
    "precondition_answer": {},
    "notice_step": {"body": shown("notice_step", when=SERVED)},
    "representation_draft": {"body": theirs("representation_draft")},
    "representation_point": {"body": shown("representation_point")},
    "service": {"body": shown("service", columns=SERVICE)},
    "certificate": {"body": shown("certificate", when=KNOWN, columns=CERTIFICATE)},
    "variation": {"body": shown("variation", when="made_on is not null")},
    "variation_step": {
        "body": (
            ALL,
            "exists (select 1 from variation v where v.id = variation_step.variation_id offset 0)",
        )
    },
    "appeal": {"body": shown("appeal")},
    "supplied_item": {"body": theirs("supplied_item")},
}
BODY_ONLY = ("recommendation_draft", "representation_draft")
PUBLIC: dict[str, Reads] = {
    "case_file": (
        "id, reference, kind, edition, edition_digest, stage, stage_moves, is_open, opened_on, is_historic",
        published("case_file.id"),
    ),
    "party": ("id, case_id, body_id, capacity", published("party.case_id")),
    "clock": (ALL, "for_public and " + published("clock.case_id")),
    "entry": (
        "id, case_id, seq, step, by_role, occurred, occurred_is_day, recorded, party_id, for_public",
        "for_public and " + published("entry.case_id"),
    ),
    "entry_words": (
        "entry_id, audience, words",
        "audience = 'public' and exists (select 1 from entry e where e.id = entry_words.entry_id offset 0)",
    ),
}


def upgrade() -> None:
    """Apply."""
    make_tables()
    for table, readers in READS.items():
        staff = {} if table in BODY_ONLY else {"staff": shown(table)}
        lock(table, **staff, **readers)
    for table, (columns, rows) in PUBLIC.items():
        reads("public", table, columns, rows)
    sequences()


def downgrade() -> None:
    """Undo."""
    for table, (columns, _) in PUBLIC.items():
        op.execute(f"drop policy public_reads on {table}")
        op.execute(f"revoke select on {table} from regulator_public")
        if columns != ALL:
            op.execute(f"revoke select ({columns}) on {table} from regulator_public")
    names = ", ".join(READS)
    op.execute(f"drop table {names}")


def make_tables() -> None:
    """The tables, as their models say."""
    op.create_table(
        "appeal",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("further_by", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_appeal_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    op.create_index(op.f("ix_appeal_case_id"), "appeal", ["case_id"], unique=False)
    op.create_table(
        "audit",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("own_return", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_audit_case_id_case_file")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_audit")),
    )
    op.create_table(
        "inspection",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("commission", sa.String(), nullable=False),
        sa.Column("commissioned_by", sa.String(), nullable=True),
        sa.Column("unannounced", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_inspection_case_id_case_file")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_inspection")),
    )
    op.create_table(
        "notice",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("proposed", sa.String(), nullable=False),
        sa.Column("power", sa.String(), nullable=False),
        sa.Column("failure", sa.String(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=True),
        sa.Column("final_text", sa.String(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("text_hash", sa.String(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_notice_case_id_case_file")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_notice")),
    )
    op.create_table(
        "notice_step",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("done_by", sa.Date(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("prohibits", sa.Boolean(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("breached_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("settled_as", sa.String(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_notice_step_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_step")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_notice_step_case_id_number")),
    )
    op.create_index(op.f("ix_notice_step_case_id"), "notice_step", ["case_id"], unique=False)
    op.create_table(
        "precondition_answer",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("test", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_precondition_answer_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precondition_answer")),
        sa.UniqueConstraint("case_id", "test", name=op.f("uq_precondition_answer_case_id_test")),
    )
    op.create_index(op.f("ix_precondition_answer_case_id"), "precondition_answer", ["case_id"], unique=False)
    op.create_table(
        "publication",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("correction", sa.String(), nullable=True),
        sa.Column("replaced", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_publication_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_publication_case_id_number")),
    )
    op.create_index(op.f("ix_publication_case_id"), "publication", ["case_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_report_case_id_case_file")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_report")),
    )
    op.create_table(
        "representation_point",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_representation_point_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representation_point")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_representation_point_case_id_number")),
    )
    op.create_index(
        op.f("ix_representation_point_case_id"), "representation_point", ["case_id"], unique=False
    )
    op.create_table(
        "scope_area",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_scope_area_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scope_area")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_scope_area_case_id_number")),
    )
    op.create_index(op.f("ix_scope_area_case_id"), "scope_area", ["case_id"], unique=False)
    op.create_table(
        "service",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=True),
        sa.Column("sent_on", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deemed_on", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_on", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_service_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index(op.f("ix_service_case_id"), "service", ["case_id"], unique=False)
    op.create_table(
        "variation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cleared_on", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_variation_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variation")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_variation_case_id_number")),
    )
    op.create_index(op.f("ix_variation_case_id"), "variation", ["case_id"], unique=False)
    op.create_table(
        "area_rating",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("area_id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["area_id"], ["scope_area.id"], name=op.f("fk_area_rating_area_id_scope_area")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_area_rating_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_rating")),
        sa.UniqueConstraint("area_id", "round", name=op.f("uq_area_rating_area_id_round")),
    )
    op.create_index(op.f("ix_area_rating_case_id"), "area_rating", ["case_id"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("recommended_as", sa.String(), nullable=True),
        sa.Column("recommended_done_on", sa.Date(), nullable=True),
        sa.Column("recommended_on", sa.Date(), nullable=True),
        sa.Column("answered_as", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("act", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_certificate_case_id_case_file")),
        sa.ForeignKeyConstraint(
            ["step_id"], ["notice_step.id"], name=op.f("fk_certificate_step_id_notice_step")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    op.create_index(op.f("ix_certificate_case_id"), "certificate", ["case_id"], unique=False)
    op.create_table(
        "concern",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("accelerated", sa.Boolean(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_because", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_concern_case_id_case_file")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_concern_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_concern_case_id_number")),
    )
    op.create_index(op.f("ix_concern_case_id"), "concern", ["case_id"], unique=False)
    op.create_table(
        "report_finding",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["area_id"], ["scope_area.id"], name=op.f("fk_report_finding_area_id_scope_area")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_report_finding_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_finding")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_report_finding_case_id_number")),
    )
    op.create_index(op.f("ix_report_finding_case_id"), "report_finding", ["case_id"], unique=False)
    op.create_table(
        "representation_draft",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_representation_draft_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_representation_draft_party_id_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representation_draft")),
        sa.UniqueConstraint("case_id", "party_id", name=op.f("uq_representation_draft_case_id_party_id")),
    )
    op.create_index(
        op.f("ix_representation_draft_case_id"), "representation_draft", ["case_id"], unique=False
    )
    op.create_table(
        "supplied_item",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("supplied_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_supplied_item_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_supplied_item_party_id_party")),
        sa.ForeignKeyConstraint(
            ["step_id"], ["notice_step.id"], name=op.f("fk_supplied_item_step_id_notice_step")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplied_item")),
    )
    op.create_index(op.f("ix_supplied_item_case_id"), "supplied_item", ["case_id"], unique=False)
    op.create_table(
        "variation_step",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("variation_id", sa.BigInteger(), nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("done_by", sa.Date(), nullable=True),
        sa.Column("falls_away", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_variation_step_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["notice_step.id"], name=op.f("fk_variation_step_step_id_notice_step")
        ),
        sa.ForeignKeyConstraint(
            ["variation_id"], ["variation.id"], name=op.f("fk_variation_step_variation_id_variation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variation_step")),
    )
    op.create_index(op.f("ix_variation_step_case_id"), "variation_step", ["case_id"], unique=False)
    op.create_table(
        "visit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("people_present", sa.String(), nullable=True),
        sa.Column("interviewed", sa.String(), nullable=True),
        sa.Column("observations", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_visit_case_id_case_file")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_visit_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_visit_case_id_number")),
    )
    op.create_index(op.f("ix_visit_case_id"), "visit", ["case_id"], unique=False)
    op.create_table(
        "recommendation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.BigInteger(), nullable=True),
        sa.Column("concern_id", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("output", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("reasons", sa.String(), nullable=True),
        sa.Column("own_target", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=True),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_recommendation_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_recommendation_concern_id_concern")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["report_finding.id"], name=op.f("fk_recommendation_finding_id_report_finding")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_recommendation_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_recommendation_case_id_number")),
    )
    op.create_index(op.f("ix_recommendation_case_id"), "recommendation", ["case_id"], unique=False)
    op.create_table(
        "public_comment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("recommendation_id", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("is_reply", sa.Boolean(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_public_comment_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_public_comment_party_id_party")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_public_comment_recommendation_id_recommendation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_comment")),
    )
    op.create_index(op.f("ix_public_comment_case_id"), "public_comment", ["case_id"], unique=False)
    op.create_table(
        "recommendation_draft",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("recommendation_id", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=True),
        sa.Column("own_target", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_recommendation_draft_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_recommendation_draft_party_id_party")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_draft_recommendation_id_recommendation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_draft")),
        sa.UniqueConstraint("recommendation_id", name=op.f("uq_recommendation_draft_recommendation_id")),
    )
    op.create_index(
        op.f("ix_recommendation_draft_case_id"), "recommendation_draft", ["case_id"], unique=False
    )
    # ### end Alembic commands ###
