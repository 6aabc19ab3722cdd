"""the first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

PROTECTED = {
    "ledger_entries": "",
    "ledger_words": "entry_id, need, salt, digest",
    "reports": "description, inspection_id, number, channel, received_at, taken_by_id, history, submission_key",
}


def refusals(table: str, columns: str, dialect: str) -> list[str]:
    """The statements that make a table refuse UPDATE (of these columns, or any) and DELETE."""
    of = f" OF {columns}" if columns else ""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{name} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} cannot be changed'); END"
            for name, verb in (("update", f"UPDATE{of}"), ("delete", "DELETE"))
        ]
    return [
        (
            f"CREATE OR REPLACE FUNCTION {table}_unchangeable() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} cannot be changed'; END $$"
        ),
        (
            f"CREATE TRIGGER {table}_unchangeable BEFORE UPDATE{of} OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_unchangeable()"
        ),
    ]


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(), nullable=True),
        sa.Column("noun_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("waiting_key", sa.String(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("safe_name", sa.String(), nullable=False),
        sa.Column("sealed_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("token", name=op.f("uq_attachments_token")),
    )
    op.create_index("ix_attachments_subject", "attachments", ["noun", "noun_id"], unique=False)
    op.create_index(op.f("ix_attachments_waiting_key"), "attachments", ["waiting_key"], unique=False)
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_days")),
    )
    op.create_table(
        "calendar_years",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_years")),
    )
    op.create_table(
        "counters",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("inspection_id", "series", "day", name=op.f("pk_counters")),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("noun_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("target", sa.String(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("words_digest", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
        sa.UniqueConstraint("chain", "seq", name=op.f("uq_ledger_entries_chain_seq")),
    )
    op.create_index("ix_ledger_entries_person_id", "ledger_entries", ["person_id"], unique=False)
    op.create_index("ix_ledger_entries_subject", "ledger_entries", ["noun", "noun_id"], unique=False)
    op.create_table(
        "ledger_heads",
        sa.Column("chain", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_ledger_heads")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("login", name=op.f("uq_people_login")),
    )
    op.create_table(
        "regions",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=True),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("division", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_code"], ["regions.code"], name=op.f("fk_regions_parent_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_regions")),
    )
    op.create_table(
        "inspections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_inspections_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspections")),
        sa.UniqueConstraint("code", name=op.f("uq_inspections_code")),
    )
    op.create_table(
        "ledger_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger_entries.id"], name=op.f("fk_ledger_words_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_words")),
    )
    op.create_index("ix_ledger_words_entry_id", "ledger_words", ["entry_id"], unique=False)
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id")),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_units_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("code", name=op.f("uq_units_code")),
    )
    op.create_index(op.f("ix_units_path"), "units", ["path"], unique=False)
    op.create_table(
        "batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("sub", sa.Integer(), nullable=False),
        sa.Column("window_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("window_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("manifest_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by_id"], ["people.id"], name=op.f("fk_batches_closed_by_id")),
        sa.ForeignKeyConstraint(["handed_over_by_id"], ["people.id"], name=op.f("fk_batches_handed_over_by_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_batches_inspection_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["people.id"], name=op.f("fk_batches_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
        sa.UniqueConstraint("inspection_id", "ordinal", "sub", name=op.f("uq_batches_inspection_id_ordinal_sub")),
    )
    op.create_table(
        "matters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_matters_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matters")),
    )
    op.create_table(
        "person_roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "role IN ('citizen', 'clerk', 'inspector', 'leader', 'custodian', 'coordinator', 'officer', 'unit_leader', 'acceptor', 'supervisor', 'auditor', 'administrator', 'historian', 'clock')",
            name=op.f("ck_person_roles_role"),
        ),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_person_roles_inspection_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_roles_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_person_roles_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_roles")),
    )
    op.create_index("ix_person_roles_person_id", "person_roles", ["person_id"], unique=False)
    op.create_table(
        "vault_identities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("noun_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("has_name", sa.Boolean(), nullable=False),
        sa.Column("has_phone", sa.Boolean(), nullable=False),
        sa.Column("phone_index", sa.Integer(), nullable=True),
        sa.Column("phone_tail", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_vault_identities_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault_identities")),
        sa.UniqueConstraint("noun", "noun_id", name=op.f("uq_vault_identities_noun_noun_id")),
    )
    op.create_index(op.f("ix_vault_identities_inspection_id"), "vault_identities", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_vault_identities_phone_index"), "vault_identities", ["phone_index"], unique=False)
    op.create_table(
        "reports",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("precision", sa.String(), nullable=False),
        sa.Column("received_printed", sa.String(), nullable=False),
        sa.Column("batch_printed", sa.String(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("history", sa.Boolean(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("area_printed", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("polluter", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("frequency", sa.String(), nullable=False),
        sa.Column("earlier", sa.String(), nullable=False),
        sa.Column("types", sa.JSON(), nullable=False),
        sa.Column("wants_answer", sa.Boolean(), nullable=False),
        sa.Column("call_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("call_ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("out_of_hours", sa.Boolean(), nullable=False),
        sa.Column("postmarked_on", sa.Date(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("foreign_number", sa.String(), nullable=False),
        sa.Column("key", sa.Boolean(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("rating", sa.String(), nullable=True),
        sa.Column("submission_key", sa.String(), nullable=True),
        sa.Column("query_code_digest", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.CheckConstraint("channel IN ('D', 'X', 'W', 'F', 'Z', '-')", name=op.f("ck_reports_channel")),
        sa.CheckConstraint(
            "state IN ('registered', 'asked', 'accepted', 'referred', 'merged', 'voided', 'withdrawn', 'answered')",
            name=op.f("ck_reports_state"),
        ),
        sa.ForeignKeyConstraint(["area_code"], ["regions.code"], name=op.f("fk_reports_area_code")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_reports_inspection_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_reports_matter_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["people.id"], name=op.f("fk_reports_taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("inspection_id", "number", name=op.f("uq_reports_inspection_id_number")),
        sa.UniqueConstraint("query_code_digest", name=op.f("uq_reports_query_code_digest")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_reports_submission_key")),
    )
    op.create_index(op.f("ix_reports_matter_id"), "reports", ["matter_id"], unique=False)
    op.create_index(op.f("ix_reports_number"), "reports", ["number"], unique=False)
    op.create_index("ix_reports_queue", "reports", ["inspection_id", "state", "received_at", "id"], unique=False)
    op.create_index("ix_reports_received", "reports", ["inspection_id", "received_at", "id"], unique=False)
    op.create_index(op.f("ix_reports_state"), "reports", ["state"], unique=False)
    op.create_table(
        "vault_openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("allowed_by_id", sa.Integer(), nullable=True),
        sa.Column("allowed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_by_id", sa.Integer(), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["allowed_by_id"], ["people.id"], name=op.f("fk_vault_openings_allowed_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_vault_openings_asked_by_id")),
        sa.ForeignKeyConstraint(["identity_id"], ["vault_identities.id"], name=op.f("fk_vault_openings_identity_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["people.id"], name=op.f("fk_vault_openings_opened_by_id")),
        sa.ForeignKeyConstraint(["refused_by_id"], ["people.id"], name=op.f("fk_vault_openings_refused_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault_openings")),
    )
    op.create_index(op.f("ix_vault_openings_identity_id"), "vault_openings", ["identity_id"], unique=False)
    op.create_table(
        "cases",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("area_printed", sa.String(), nullable=False),
        sa.Column("key", sa.Boolean(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("history", sa.Boolean(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("types", sa.JSON(), nullable=False),
        sa.Column("handover_text", sa.String(), nullable=False),
        sa.Column("text_approved_by_id", sa.Integer(), nullable=True),
        sa.Column("text_approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lead_unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_printed", sa.String(), nullable=False),
        sa.Column("feedback_due_on", sa.Date(), nullable=True),
        sa.Column("dispute_by", sa.Date(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("completion", sa.String(), nullable=True),
        sa.Column("publication_problem", sa.String(), nullable=False),
        sa.Column("publication_text", sa.String(), nullable=False),
        sa.Column("publication_handling", sa.String(), nullable=False),
        sa.Column("publication_target", sa.String(), nullable=False),
        sa.Column("accountability", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('prepared', 'batched', 'handed_over', 'received', 'assigned', 'disputed', 'investigating', 'signing', 'city_review', 'team_review', 'second_check', 'returned', 'passed', 'published', 'cancelled')",
            name=op.f("ck_cases_state"),
        ),
        sa.ForeignKeyConstraint(["area_code"], ["regions.code"], name=op.f("fk_cases_area_code")),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_cases_batch_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["people.id"], name=op.f("fk_cases_checked_by_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_cases_inspection_id")),
        sa.ForeignKeyConstraint(["lead_unit_id"], ["units.id"], name=op.f("fk_cases_lead_unit_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_cases_report_id")),
        sa.ForeignKeyConstraint(["text_approved_by_id"], ["people.id"], name=op.f("fk_cases_text_approved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    op.create_index("ix_cases_batch_id", "cases", ["batch_id"], unique=False)
    op.create_index("ix_cases_lead_unit_id", "cases", ["lead_unit_id"], unique=False)
    op.create_index("ix_cases_queue", "cases", ["inspection_id", "state", "feedback_due_on", "id"], unique=False)
    op.create_index(op.f("ix_cases_state"), "cases", ["state"], unique=False)
    op.create_index(
        "uq_cases_number",
        "cases",
        ["inspection_id", "number"],
        unique=True,
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_index(
        "uq_cases_part",
        "cases",
        ["report_id", "part"],
        unique=True,
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_table(
        "points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_points_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points")),
    )
    op.create_index("ix_points_report_id", "points", ["report_id"], unique=False)
    op.create_table(
        "referrals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("referral_class", sa.String(), nullable=False),
        sa.Column("receiving_body", sa.String(), nullable=False),
        sa.Column("advice", sa.String(), nullable=False),
        sa.Column("referred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inform_by", sa.Date(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledgement", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_referrals_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
    )
    op.create_index(
        "uq_referrals_standing",
        "referrals",
        ["report_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "report_types",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_types_report_id")),
        sa.PrimaryKeyConstraint("report_id", "code", name=op.f("pk_report_types")),
    )
    op.create_table(
        "rectifications",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("ladder", sa.JSON(), nullable=False),
        sa.Column("climb", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_back_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('planning', 'rectifying', 'climbing', 'signed_off', 'consolidated', 'relapsed')",
            name=op.f("ck_rectifications_state"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_rectifications_case_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_rectifications_inspection_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["people.id"], name=op.f("fk_rectifications_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectifications")),
        sa.UniqueConstraint("case_id", "cycle", name=op.f("uq_rectifications_case_id_cycle")),
    )
    op.create_index(op.f("ix_rectifications_inspection_id"), "rectifications", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_rectifications_state"), "rectifications", ["state"], unique=False)
    op.create_table(
        "replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("completion", sa.String(), nullable=False),
        sa.Column("report_upward", sa.String(), nullable=False),
        sa.Column("publication_draft", sa.String(), nullable=False),
        sa.Column("handling", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("accountability", sa.String(), nullable=False),
        sa.Column("rectify_orders", sa.Integer(), nullable=False),
        sa.Column("penalty_cases", sa.Integer(), nullable=False),
        sa.Column("fines", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("seized", sa.Integer(), nullable=False),
        sa.Column("halted", sa.Integer(), nullable=False),
        sa.Column("criminal_cases", sa.Integer(), nullable=False),
        sa.Column("admin_detained", sa.Integer(), nullable=False),
        sa.Column("criminal_detained", sa.Integer(), nullable=False),
        sa.Column("interviewed", sa.Integer(), nullable=False),
        sa.Column("held_accountable", sa.Integer(), nullable=False),
        sa.Column("clues", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_replies_case_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["people.id"], name=op.f("fk_replies_signed_by_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_replies_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_replies_case_id_number")),
    )
    op.create_table(
        "supporting_units",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_supporting_units_case_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_supporting_units_unit_id")),
        sa.PrimaryKeyConstraint("case_id", "unit_id", name=op.f("pk_supporting_units")),
    )
    op.create_table(
        "ladder_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rectification_id", sa.Integer(), nullable=False),
        sa.Column("climb", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_as", sa.String(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("checklist", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rectification_id"], ["rectifications.id"], name=op.f("fk_ladder_steps_rectification_id")
        ),
        sa.ForeignKeyConstraint(["signed_by_id"], ["people.id"], name=op.f("fk_ladder_steps_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_steps")),
        sa.UniqueConstraint(
            "rectification_id", "climb", "position", name=op.f("uq_ladder_steps_rectification_id_climb_position")
        ),
    )
    op.create_table(
        "measures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rectification_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("progress", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("progress_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["rectification_id"], ["rectifications.id"], name=op.f("fk_measures_rectification_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_measures_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
        sa.UniqueConstraint("rectification_id", "position", name=op.f("uq_measures_rectification_id_position")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rectification_id", sa.Integer(), nullable=False),
        sa.Column("climb", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["rectification_id"], ["rectifications.id"], name=op.f("fk_notices_rectification_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index("ix_notices_rectification_id", "notices", ["rectification_id"], unique=False)
    op.create_table(
        "reply_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_reply_points_reply_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_points")),
    )
    op.create_index("ix_reply_points_reply_id", "reply_points", ["reply_id"], unique=False)
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("submission_key", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_objections_answered_by_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_objections_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_objections_submission_key")),
    )
    op.create_index("ix_objections_notice_id", "objections", ["notice_id"], unique=False)
    dialect = op.get_bind().dialect.name
    for table, columns in PROTECTED.items():
        for statement in refusals(table, columns, dialect):
            op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    op.drop_index("ix_objections_notice_id", table_name="objections")
    op.drop_table("objections")
    op.drop_index("ix_reply_points_reply_id", table_name="reply_points")
    op.drop_table("reply_points")
    op.drop_index("ix_notices_rectification_id", table_name="notices")
    op.drop_table("notices")
    op.drop_table("measures")
    op.drop_table("ladder_steps")
    op.drop_table("supporting_units")
    op.drop_table("replies")
    op.drop_index(op.f("ix_rectifications_state"), table_name="rectifications")
    op.drop_index(op.f("ix_rectifications_inspection_id"), table_name="rectifications")
    op.drop_table("rectifications")
    op.drop_table("report_types")
    op.drop_index(
        "uq_referrals_standing",
        table_name="referrals",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_table("referrals")
    op.drop_index("ix_points_report_id", table_name="points")
    op.drop_table("points")
    op.drop_index(
        "uq_cases_part",
        table_name="cases",
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.drop_index(
        "uq_cases_number",
        table_name="cases",
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.drop_index(op.f("ix_cases_state"), table_name="cases")
    op.drop_index("ix_cases_queue", table_name="cases")
    op.drop_index("ix_cases_lead_unit_id", table_name="cases")
    op.drop_index("ix_cases_batch_id", table_name="cases")
    op.drop_table("cases")
    op.drop_index(op.f("ix_vault_openings_identity_id"), table_name="vault_openings")
    op.drop_table("vault_openings")
    op.drop_index(op.f("ix_reports_state"), table_name="reports")
    op.drop_index("ix_reports_received", table_name="reports")
    op.drop_index("ix_reports_queue", table_name="reports")
    op.drop_index(op.f("ix_reports_number"), table_name="reports")
    op.drop_index(op.f("ix_reports_matter_id"), table_name="reports")
    op.drop_table("reports")
    op.drop_index(op.f("ix_vault_identities_phone_index"), table_name="vault_identities")
    op.drop_index(op.f("ix_vault_identities_inspection_id"), table_name="vault_identities")
    op.drop_table("vault_identities")
    op.drop_index("ix_person_roles_person_id", table_name="person_roles")
    op.drop_table("person_roles")
    op.drop_table("matters")
    op.drop_table("batches")
    op.drop_index(op.f("ix_units_path"), table_name="units")
    op.drop_table("units")
    op.drop_index("ix_ledger_words_entry_id", table_name="ledger_words")
    op.drop_table("ledger_words")
    op.drop_table("inspections")
    op.drop_table("regions")
    op.drop_table("people")
    op.drop_table("ledger_heads")
    op.drop_index("ix_ledger_entries_subject", table_name="ledger_entries")
    op.drop_index("ix_ledger_entries_person_id", table_name="ledger_entries")
    op.drop_table("ledger_entries")
    op.drop_table("counters")
    op.drop_table("calendar_years")
    op.drop_table("calendar_days")
    op.drop_index(op.f("ix_attachments_waiting_key"), table_name="attachments")
    op.drop_index("ix_attachments_subject", table_name="attachments")
    op.drop_table("attachments")
    if op.get_bind().dialect.name == "postgresql":
        for table in PROTECTED:
            op.execute(f"DROP FUNCTION {table}_unchangeable()")
