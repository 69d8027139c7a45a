"""Rules of the house that imports cannot express."""

import ast
import re

from tests.architecture.tree import ROOT, calls, dotted, functions_of_tests, python_files

_MAY_COMMIT = {"app/services/transaction.py", "app/mail/delivery.py"}
_CLOCK = "app/domain/clock.py"
_READS_THE_CLOCK = re.compile(r"(datetime\.(now|utcnow|today)|date\.today|time\.(time|localtime|gmtime))$")
_PROOF = re.compile(r"(^|\.)(raises|expect|assert_\w+)$")
_LONGEST_FILE = 350


def test_only_the_unit_of_work_and_the_delivery_of_mail_commit():
    commits = {
        f"{name}:{line}" for name, path in python_files("app") for line, call in calls(path)
        if call.endswith(".commit") and name not in _MAY_COMMIT
    }  # fmt: skip
    assert commits == set()


def test_only_the_clock_reads_the_clock():
    readings = {
        f"{name}:{line} {call}" for name, path in python_files("app") for line, call in calls(path)
        if _READS_THE_CLOCK.search(call) and name != _CLOCK
    }  # fmt: skip
    assert readings == set()


def test_no_file_grows_past_what_one_can_read():
    files = [*python_files("app", "tests"), *((str(p.relative_to(ROOT)), p) for p in _templates())]
    lengths = {name: len(path.read_text().splitlines()) for name, path in files}
    assert {name: length for name, length in lengths.items() if length > _LONGEST_FILE} == {}


def test_silenced_checks_say_which_and_why():
    silent = re.compile(
        r"# type: " r"ignore(?!\[[\w-]+(, [\w-]+)*\]  # \S)" r"|# no" r"qa(?!: [A-Z]+\d+(, [A-Z]+\d+)*  \S)"
    )
    found = {
        f"{name}:{number}"
        for name, path in python_files("app", "tests", "bench", "migrations")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if silent.search(line)
    }
    assert found == set()


def test_nothing_is_put_off():
    later = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|NotImplemented" r"Error)\b")
    files = [*python_files("app", "tests", "bench"), *((str(p.relative_to(ROOT)), p) for p in _templates())]
    assert {name for name, path in files if later.search(path.read_text())} == set()


def test_every_test_can_fail():
    idle = {name for name, function in functions_of_tests() if not any(map(_proves, ast.walk(function)))}
    assert idle == set()


def test_no_test_is_skipped_or_excused():
    excused = {
        name
        for name, function in functions_of_tests()
        for mark in function.decorator_list
        if re.search(r"mark\.(skip|skipif|xfail)\b", ast.unparse(mark))
    }
    assert excused == set()


def test_every_test_is_named_for_a_promise():
    names = {name: function.name for name, function in functions_of_tests()}
    assert {name for name, words in names.items() if words.count("_") < 3 or words[-1].isdigit()} == set()


def _proves(node):
    if isinstance(node, ast.Call):
        return bool(_PROOF.search(dotted(node.func)))
    return isinstance(node, ast.Assert)


def _templates():
    return sorted((ROOT / "templates").rglob("*.*"))
