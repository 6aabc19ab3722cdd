"""Alembic's door: takes the database's address from whoever called it."""

from alembic import context
from sqlalchemy import create_engine

from app.db import engine_options, prepare
from app.domain.nouns import METADATA, is_declared


def run() -> None:
    url = context.config.attributes["url"]
    engine = create_engine(url, **engine_options(sqlite=url.startswith("sqlite")))
    prepare(engine)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=METADATA,
            render_as_batch=context.config.attributes.get("batch", True),
            compare_type=True,
            include_name=is_declared,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
