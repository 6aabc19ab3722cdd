"""`hotline import`, `hotline export`: published rows in, printed tables out; the administrator's own hand."""

from collections import Counter
from pathlib import Path

import click

from app import create_app
from app.db import session
from app.domain.tables.kinds import WRITERS
from app.domain.tables.press import PRESS, press
from app.history.importing import Fate, Import, find_inspection
from app.kernel.errors import N_, Refused


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--inspection", required=True, metavar="CODE", help="The inspection that the rows are entered in.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would happen.")
def import_rows(file: Path, inspection: str, *, dry_run: bool) -> None:
    """Enter published cases of earlier inspections, marked as history.

    FILE holds JSON lines (.jsonl; keys case_no, channel, received_date, region, description, pollution_types,
    responsible_unit, findings, substantiated, handling, completion, accountability, batch) or a sheet (.xlsx, .csv)
    with the headings of the 公开情况一览表. Other keys and columns are left alone. Areas and dates that lie outside
    the inspection are kept as printed; a row without a number gets one of the import series.

    The same row is entered once, however often it comes. Exit status 0: every row is in; 1: at least one was
    refused (each is named with its row number and the reason), the others are in.
    """
    if not file.is_file():
        raise Refused(N_("There is no file %(file)s."), file=str(file))
    app = create_app()
    fates: Counter[Fate] = Counter()
    with app.app_context():
        for outcome in Import(app.extensions["installation"], inspection, dry_run=dry_run).run(file):
            fates[outcome.fate] += 1
            if outcome.fate == Fate.REFUSED:
                click.echo(f"row {outcome.place}: {outcome.reason}")
    done = "would be imported" if dry_run else "imported"
    click.echo(
        f"{fates.total()} rows: {fates[Fate.IMPORTED]} {done}, {fates[Fate.ALREADY]} already there, "
        f"{fates[Fate.REFUSED]} refused.{' Nothing was written.' if dry_run else ''}"
    )
    raise click.exceptions.Exit(1 if fates[Fate.REFUSED] else 0)


@click.command("export")
@click.argument("table", type=click.Choice(PRESS))
@click.option("--inspection", required=True, metavar="CODE", help="The inspection that the table is of.")
@click.option("--format", "kind", type=click.Choice(list(WRITERS)), help="By default what the file's name ends in.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write; it is replaced whole.")
def export_table(table: str, inspection: str, kind: str | None, out: Path) -> None:
    """Write a printed table: disclosure 公开情况一览表, handover 转办情况表, summary 汇总表."""
    kind = kind or out.suffix.removeprefix(".").lower()
    if kind not in WRITERS:
        raise Refused(N_("Please say --format xlsx, docx, pdf, csv or json."))
    if not out.absolute().parent.is_dir():
        raise Refused(N_("There is no folder %(folder)s."), folder=str(out.absolute().parent))
    with create_app().app_context():
        made = press(session(), table, find_inspection(inspection))
        shown = WRITERS[kind](made, out)
    click.echo(f"{out}: {made.title}, {shown} of {max(made.total, shown)} rows.")


COMMANDS: tuple[click.Command, ...] = (import_rows, export_table)
