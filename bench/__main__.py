"""`make bench`: every measured claim on every database that is here."""

import os
import platform
import shutil
import sys
from pathlib import Path

from bench.cases import measure_cases
from bench.floors import bare_insert, bare_page
from bench.installations import REPORTS, Bench, bench
from bench.load import HEAD as LOAD_HEAD
from bench.load import send_all
from bench.measure import HEAD, line, paired
from bench.pages import first_visit, form_page, queue, statements_of, submit
from bench.queue import measure_queue
from bench.reports import bare_report, photograph, report_of_words, report_with_picture
from bench.scale import counts, measure_at_scale
from bench.serving import served, served_bare, sessions
from bench.sheets import measure_sheets

ROUNDS = 200
AIM_SUBMIT, AIM_STATEMENTS, AIM_FORM, AIM_VISIT = 2.5, 8, 5, 100
PEOPLE, WARM_UP = 20, 40
WORDS_A_SECOND, WORDS_FOR, AIM_WORDS = 100, 20, 500
PICTURES_A_SECOND, PICTURES_FOR, AIM_PICTURES = 10, 20, 1500


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
        form = paired(form_page(made), page, ROUNDS)
        say(line("form page / bare page", form))
        kept = paired(submit(made), insert, ROUNDS)
        say(line("submit / bare durable insert", kept))
        listing = queue(made)
        say(line("triage queue / bare page", paired(listing, page, ROUNDS)))
        say(f"triage queue: {statements_of(made, listing)} SQL statements (aim: at most {AIM_STATEMENTS})")
        say(f"submit: {kept.wall_ratio():.2f} times its floor (aim: {AIM_SUBMIT})")
        say(f"form page: {form.cpu_ratio():.2f} times the CPU of its floor (aim: {AIM_FORM})")
        size, parts = first_visit(made)
        say(f"form page, first visit: {size / 1000:.1f} kB in {parts} answers, compressed (aim: {AIM_VISIT} kB)")
        engine.dispose()
        measure_sheets(made, say)
        measure_load(made)


def measure_load(made: Bench) -> None:
    """Reports in an open load over real connections, two workers; a bare server at the same pace as the floor."""
    say(f"\n{made.database}, open load, 2 workers; milliseconds from when each request was due")
    say(LOAD_HEAD)
    words = WORDS_A_SECOND * WORDS_FOR
    with served_bare(made) as port:
        send_all(port, [bare_report(port)] * WARM_UP, WORDS_A_SECOND)
        say(send_all(port, [bare_report(port)] * words, WORDS_A_SECOND).line("floor: one durable INSERT"))
    with served(made) as port:
        people = sessions(port, PEOPLE)
        send_all(port, [report_of_words(port, *people[n % PEOPLE]) for n in range(WARM_UP)], WORDS_A_SECOND / 2)
        told = [report_of_words(port, *people[n % PEOPLE]) for n in range(words)]
        say(send_all(port, told, WORDS_A_SECOND).line(f"reports of words (aim: p99 {AIM_WORDS})"))
        megabytes = len(photograph()) / 1e6
        shown = [report_with_picture(port, *people[n % PEOPLE]) for n in range(PICTURES_A_SECOND * PICTURES_FOR)]
        name = f"with a picture of {megabytes:.1f} MB (aim: p95 {AIM_PICTURES})"
        say(send_all(port, shown, PICTURES_A_SECOND).line(name))


def databases() -> list[str]:
    found = shutil.which("initdb") or next(iter(Path("/usr/lib/postgresql").glob("*/bin/initdb")), None)
    return ["sqlite", "postgresql"] if found else ["sqlite"]


def main(asked: list[str]) -> None:
    """Without a word: what every `make bench` measures. `million [count] [database …]`, for the queue

    `queue [skewed] [count] [database …]`, and for the list of cases `cases [count] [database …]`: what takes long.
    """
    say(f"Python {platform.python_version()}, {os.cpu_count()} processors")
    chosen = [one for one in databases() if one in asked] or databases()
    if "million" in asked:
        measure_at_scale(chosen, *counts(asked))
    for each in () if "million" in asked else chosen:
        if "queue" in asked:
            measure_queue(each, say, *counts(asked), skewed="skewed" in asked)
        elif "cases" in asked:
            measure_cases(each, say, *counts(asked))
        else:
            measure(each)


if __name__ == "__main__":
    main(sys.argv[1:])
