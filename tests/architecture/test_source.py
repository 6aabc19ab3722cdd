"""One place for each thing: committing, the environment, the time, the words for states (docs/house.md, rule 6)."""

import ast
import re
from fnmatch import fnmatch

import pytest
from jinja2 import nodes

from app.administration.queries.ledger import Subject
from app.domain.workflow.case import CASE
from app.domain.workflow.rectification import RECTIFICATION
from app.domain.workflow.report import REPORT
from app.domain.workflow.vocabulary import CaseState, RectificationState, ReportState
from app.settings import ROOT

CODE = sorted((ROOT / "app").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATES = {"ReportState", "CaseState", "RectificationState"}
STATE_CODES = {str(state) for states in (ReportState, CaseState, RectificationState) for state in states}
NAMES_OF_FILES = re.compile(r"[\"']([a-z_]+/[a-z_0-9{}.]+\.html)[\"']")


def named(file):
    return file.relative_to(ROOT).as_posix()


def where(pattern, *allowed):
    """Lines that match outside the files that may."""
    found = re.compile(pattern)
    return [
        f"{named(file)}:{number}: {line.strip()}"
        for file in CODE
        if named(file) not in allowed
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if found.search(line)
    ]


def test_only_the_session_commits():
    assert where(r"\.commit\(\)", "app/db.py") == []


def test_only_the_settings_read_the_environment():
    assert where(r"\bos\.environ\b|\bgetenv\(", "app/settings.py") == []


def test_only_the_clock_tells_the_time():
    clocks = r"datetime\.now\(|\.utcnow\(|date\.today\(|datetime\.today\(|time\.time\("
    assert where(clocks, "app/kernel/clock.py") == []


def test_only_perform_writes_a_state():
    assert where(r"\.state\s*=[^=]", "app/domain/performing.py") == []


def test_the_ledgers_page_has_a_word_for_whatever_was_written_down():
    nouns = {table.noun for table in (REPORT, CASE, RECTIFICATION)} | {
        argument.value
        for file in CODE
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "write_down"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    assert nouns - {str(subject) for subject in Subject} == set()


def test_no_view_and_no_form_names_a_state():
    """They may offer a whole vocabulary to filter by; they do not pick a state out of it."""
    doors = [file for file in CODE if {"routes", "forms"} & {file.stem, file.parent.name}]
    assert doors
    for file in doors:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        picked = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
        assert not [name for name in picked if name.split(".")[0] in STATES], named(file)


@pytest.mark.parametrize("file", TEMPLATES, ids=named)
def test_no_template_compares_with_a_state(app, file):
    """A constant that is a state's code, compared with something called state or status."""
    tree = app.jinja_env.parse(file.read_text(encoding="utf-8"))
    for comparison in tree.find_all(nodes.Compare):
        constants = {one.value for one in comparison.find_all(nodes.Const) if isinstance(one.value, str)}
        names = {one.attr for one in comparison.find_all(nodes.Getattr)} | {
            one.name for one in comparison.find_all(nodes.Name)
        }
        assert not (constants & STATE_CODES and names & {"state", "status"}), f"line {comparison.lineno}: {constants}"


def test_every_template_is_used_and_every_name_of_one_is_right():
    texts = [file.read_text(encoding="utf-8") for file in [*CODE, *TEMPLATES]]
    patterns = {re.sub(r"\{.*?\}", "*", name) for text in texts for name in NAMES_OF_FILES.findall(text)}
    known = {file.relative_to(ROOT / "templates").as_posix() for file in TEMPLATES}
    assert {name for name in known if not any(fnmatch(name, pattern) for pattern in patterns)} == set()
    assert {pattern for pattern in patterns if not any(fnmatch(name, pattern) for name in known)} == set()


@pytest.mark.parametrize("file", CODE, ids=named)
def test_every_module_opens_with_what_it_is_for(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree), named(file)


def test_no_module_has_a_name_that_says_nothing():
    empty = {"utils", "helpers", "common", "misc", "base", "manager"}
    assert [named(file) for file in CODE if file.stem in empty] == []


def test_no_test_folder_is_forgotten_by_its_room():
    rooms = {file.parent.name for file in (ROOT / "app").glob("*/routes*")}
    assert {room for room in rooms if not list((ROOT / "tests" / room).glob("test_*.py"))} == set()
