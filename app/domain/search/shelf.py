"""A shelf: plain texts of records and each database's own index of them, written together; one for each kind of record.

FTS5 on SQLite, a tsvector under GIN on PostgreSQL. ADR 0014 says how it works and what it costs.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import DDL, Connection, String, Table, TextClause, delete, event, insert, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.search import marks
from app.domain.search import words as tokenizer

DIALECTS = ("sqlite", "postgresql")


class Shelved:
    """Mixed into the noun of a shelf's texts. `text` is plain (tokenizer.plain), `marks` say where it belongs

    (marks.py). The key of the record is the noun's own, named as the shelf says.
    """

    number: Mapped[str] = mapped_column(String().with_variant(String(collation="C"), "postgresql"))
    text: Mapped[str]
    marks: Mapped[str]


class Shelf:
    """`name`: the record's; the table of its texts is `<name>_texts`, its index `<name>_index`, its key `<name>_id`.

    `fts5`, `gin`: ids that hold what is asked, the newest first; `in_a_row`: those of some in whose text the
    characters follow each other.
    """

    def __init__(self, name: str) -> None:
        self.index, self.texts, self.key = f"{name}_index", f"{name}_texts", f"{name}_id"
        index, key = self.index, self.key
        self.fts5 = text(f"SELECT rowid FROM {index} WHERE {index} MATCH :match ORDER BY rowid DESC LIMIT :most")  # noqa: S608  (names of our own, here and below)
        # In two steps: asked for the newest at once, PostgreSQL walks through all records until it has enough of them.
        self.gin = text(
            f"WITH held AS MATERIALIZED (SELECT {key} FROM {index} WHERE words @@ CAST(:lexemes AS tsquery)) "  # noqa: S608
            f"SELECT {key} FROM held WHERE {key} < :below ORDER BY {key} DESC LIMIT :most"
        )
        self.in_a_row = text(
            f"SELECT {key} FROM {self.texts} "  # noqa: S608
            f"WHERE {key} = ANY(CAST(:some AS integer[])) AND text LIKE ALL(CAST(:said AS text[]))"
        )
        self.top = text(f"SELECT max({key}) FROM {index}")  # noqa: S608

    @property
    def full_text(self) -> dict[str, tuple[str, ...]]:
        """Each database's side; the migration carries the same text (tested to be equal)."""
        index, key = self.index, self.key
        return {
            "sqlite": (
                # Contentless: the words stand in the texts already. ascii: what stands between two blanks is a token.
                f"""CREATE VIRTUAL TABLE {index}
        USING fts5(words, content='', prefix='1', tokenize='ascii')""",
                f"INSERT INTO {index}({index}, rank) VALUES ('secure-delete', 1)",  # noqa: S608
            ),
            "postgresql": (
                # Nothing but the key beside the words.
                f"""CREATE TABLE {index}
        ({key} INTEGER NOT NULL, words TSVECTOR NOT NULL, CONSTRAINT pk_{index} PRIMARY KEY ({key}))""",
                f"CREATE INDEX ix_{index}_words ON {index} USING gin (words)",
            ),
        }

    def keep(self, table: Table) -> None:
        """Let the index be made and dropped with the table of the texts."""
        for dialect, statements in self.full_text.items():
            for statement in statements:
                event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))
        event.listen(table, "before_drop", DDL(f"DROP TABLE IF EXISTS {self.index}"))

    def put(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Texts, and their words in the index."""
        if not rows:
            return
        dialect = connection.dialect.name
        connection.execute(insert(table), [*rows])
        words = [{"key": row[self.key], "words": self._words(dialect, row)} for row in rows]
        connection.execute(self._putting(dialect), words)

    def take(self, connection: Connection, table: Table, key: int) -> None:
        """What stands there of a record, if anything."""
        dialect, own = connection.dialect.name, table.c[self.key] == key
        row = connection.execute(select(table.c.text, table.c.marks).where(own)).first()
        if row is None:
            return
        kept = {self.key: key, "text": row.text, "marks": row.marks}
        said = {"key": key} | ({"words": self._words(dialect, kept)} if dialect == "sqlite" else {})
        connection.execute(self._taking(dialect), said)
        connection.execute(delete(table).where(own))

    def empty(self, connection: Connection, table: Table) -> None:
        """Before it is filled anew."""
        connection.execute(delete(table))
        for statement in {
            "sqlite": (f"INSERT INTO {self.index}({self.index}) VALUES ('delete-all')",),  # noqa: S608
            "postgresql": (f"TRUNCATE {self.index}", f"DROP INDEX ix_{self.index}_words"),
        }[connection.dialect.name]:
            connection.exec_driver_sql(statement)

    def finish(self, connection: Connection) -> None:
        """After it was filled anew."""
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '512MB'")
            connection.exec_driver_sql(self.full_text["postgresql"][1])
            connection.exec_driver_sql(f"ANALYZE {self.index}")

    def _putting(self, dialect: str) -> TextClause:
        return {
            "sqlite": text(f"INSERT INTO {self.index}(rowid, words) VALUES (:key, :words)"),  # noqa: S608
            "postgresql": text(f"INSERT INTO {self.index}({self.key}, words) VALUES (:key, CAST(:words AS tsvector))"),  # noqa: S608
        }[dialect]

    def _taking(self, dialect: str) -> TextClause:
        return {
            "sqlite": text(f"INSERT INTO {self.index}({self.index}, rowid, words) VALUES ('delete', :key, :words)"),  # noqa: S608
            "postgresql": text(f"DELETE FROM {self.index} WHERE {self.key} = :key"),  # noqa: S608
        }[dialect]

    def _words(self, dialect: str, row: Mapping[str, Any]) -> str:
        """The tokens as the database keeps them. None holds a quote or a backslash: a literal needs no rules."""
        said, belongs = row["text"], row["marks"].split()
        found = tokenizer.tokens(said)
        if dialect == "sqlite":  # in their order; a single first letter has an index of its own (prefix='1')
            return " ".join([*found, *tokenizer.beginnings(said, shortest=2), *belongs])
        every = {
            *found,
            *tokenizer.characters(said),
            *tokenizer.beginnings(said),
            *belongs,
            *marks.shards(row[self.key], belongs),
        }
        return " ".join(f"'{token}'" for token in sorted(every))
