"""cases can be searched by what was handed over: their plain texts, and each database's own index of them."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

FULL_TEXT = {
    "sqlite": (
        """CREATE VIRTUAL TABLE case_index
        USING fts5(words, content='', prefix='1', tokenize='ascii')""",
        "INSERT INTO case_index(case_index, rank) VALUES ('secure-delete', 1)",
    ),
    "postgresql": (
        """CREATE TABLE case_index
        (case_id INTEGER NOT NULL, words TSVECTOR NOT NULL, CONSTRAINT pk_case_index PRIMARY KEY (case_id))""",
        "CREATE INDEX ix_case_index_words ON case_index USING gin (words)",
    ),
}


def upgrade() -> None:
    """The tables only: what was handed over already is put in by `hotline db upgrade`, which knows the tokenizer."""
    op.create_table(
        "case_texts",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("marks", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_texts_case_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_case_texts_inspection_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_texts")),
    )
    op.create_index("ix_case_texts_number", "case_texts", ["inspection_id", "number"], unique=False)
    for statement in FULL_TEXT[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE case_index")
    op.drop_table("case_texts")
