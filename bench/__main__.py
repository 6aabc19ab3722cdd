"""`make bench`: every measured claim on every database that is here."""

import os
import platform
import shutil
import sys
from pathlib import Path

from bench.floors import bare_insert, bare_page
from bench.installations import REPORTS, bench
from bench.measure import HEAD, line, paired
from bench.pages import form_page, queue, statements_of, submit

ROUNDS = 200
AIM_SUBMIT, AIM_STATEMENTS = 2.5, 8


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def measure(database: str) -> None:
    """Pages against a bare Flask page; the submit against a bare Flask view with one durable INSERT."""
    with bench(database) as made:
        page = bare_page()
        insert, engine = bare_insert(made.url)
        say(f"\n{database}, {REPORTS} reports, {ROUNDS} calls of each, in process; medians of pairs")
        say(HEAD)
        say(line("form page / bare page", paired(form_page(made), page, ROUNDS)))
        kept = paired(submit(made), insert, ROUNDS)
        say(line("submit / bare durable insert", kept))
        listing = queue(made)
        say(line("triage queue / bare page", paired(listing, page, ROUNDS)))
        say(f"triage queue: {statements_of(made, listing)} SQL statements (aim: at most {AIM_STATEMENTS})")
        say(f"submit: {kept.wall_ratio():.2f} times its floor (aim: {AIM_SUBMIT})")
        engine.dispose()


def databases() -> list[str]:
    found = shutil.which("initdb") or next(iter(Path("/usr/lib/postgresql").glob("*/bin/initdb")), None)
    return ["sqlite", "postgresql"] if found else ["sqlite"]


if __name__ == "__main__":
    say(f"Python {platform.python_version()}, {os.cpu_count()} processors")
    for each in databases():
        measure(each)
