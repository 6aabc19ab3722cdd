"""reports can be searched: their plain texts, and each database's own index of them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

FULL_TEXT = {
    "sqlite": (
        """CREATE VIRTUAL TABLE report_index
        USING fts5(words, content='', prefix='1', tokenize='ascii')""",
        "INSERT INTO report_index(report_index, rank) VALUES ('secure-delete', 1)",
    ),
    "postgresql": (
        """CREATE TABLE report_index
        (report_id INTEGER NOT NULL, words TSVECTOR NOT NULL, CONSTRAINT pk_report_index PRIMARY KEY (report_id))""",
        "CREATE INDEX ix_report_index_words ON report_index USING gin (words)",
    ),
}


def upgrade() -> None:
    """The tables only: what was reported already is put in by `hotline db upgrade`, which knows the tokenizer."""
    op.create_table(
        "report_texts",
        sa.Column("report_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("marks", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_texts_report_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_report_texts_inspection_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_texts")),
    )
    op.create_index("ix_report_texts_number", "report_texts", ["inspection_id", "number"], unique=False)
    op.create_table(
        "report_tokens",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_report_tokens")),
    )
    for statement in FULL_TEXT[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE report_index")
    op.drop_table("report_tokens")
    op.drop_table("report_texts")
