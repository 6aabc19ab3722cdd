"""what is published can be searched: texts and tokens, and on SQLite the full-text table that follows them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

PUT = "INSERT INTO published_index(rowid, words) VALUES (new.case_id, new.words);"
TAKE = "INSERT INTO published_index(published_index, rowid, words) VALUES ('delete', old.case_id, old.words);"
FULL_TEXT = (
    """CREATE VIRTUAL TABLE published_index
    USING fts5(words, content='published_texts', content_rowid='case_id', tokenize='ascii')""",
    "INSERT INTO published_index(published_index, rank) VALUES ('secure-delete', 1)",
    f"CREATE TRIGGER published_texts_in AFTER INSERT ON published_texts BEGIN {PUT} END",
    f"CREATE TRIGGER published_texts_out AFTER DELETE ON published_texts BEGIN {TAKE} END",
    f"CREATE TRIGGER published_texts_anew AFTER UPDATE ON published_texts BEGIN {TAKE} {PUT} END",
)


def upgrade() -> None:
    """The tables only: what is published already is put in by `hotline db upgrade`, which knows the tokenizer."""
    op.create_table(
        "published_texts",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_published_texts_case_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_published_texts_inspection_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_published_texts")),
    )
    op.create_index("ix_published_texts_inspection_id", "published_texts", ["inspection_id"], unique=False)
    op.create_table(
        "published_tokens",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_published_tokens")),
    )
    op.create_index(
        "ix_published_texts_words",
        "published_texts",
        ["words"],
        unique=False,
        postgresql_using="gin",
        sqlite_where=sa.text("0"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in FULL_TEXT:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE published_index")
    op.drop_table("published_tokens")
    op.drop_table("published_texts")
