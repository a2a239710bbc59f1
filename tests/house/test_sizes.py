"""Sizes: a module fits in the head, a function on the screen, a view in one look."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULE, TESTS, FUNCTION, VIEW = 300, 600, 40, 15
FOLDERS = ("regulator", "tests", "benchmarks")
EVERY = sorted(
    path.relative_to(ROOT)
    for path in [
        *ROOT.glob("*.py"),
        *(found for folder in FOLDERS for found in (ROOT / folder).rglob("*.py")),
    ]
)
OURS = [path for path in EVERY if path.parts[0] != "tests"]
MARKS = {"public", "allow"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def functions(path: Path) -> tuple[Function, ...]:
    """Every function of a module, nested ones too."""
    return tuple(
        node
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if isinstance(node, Function)
    )


def body(function: Function) -> int:
    """How many lines a function does something in: from its first statement after the docstring to its end."""
    said = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (function.end_lineno or 0) - said[0].lineno + 1 if said else 0


def is_view(function: Function) -> bool:
    """Whether a function answers requests: it says who may ask."""
    for mark in function.decorator_list:
        called = mark.func if isinstance(mark, ast.Call) else mark
        if isinstance(called, ast.Name) and called.id in MARKS:
            return True
    return False


def test_modules():
    """A module ends within 300 lines; one of tests, which is read sentence by sentence, within 600."""
    lines = {path: (ROOT / path).read_text(encoding="utf-8").count("\n") for path in EVERY}
    long = {path: count for path, count in lines.items() if count > (MODULE if path in OURS else TESTS)}

    assert long == {}


def test_functions():
    """A function ends within 40 lines, docstring not counted, and a view within 15."""
    long = {
        (path, function.name): body(function)
        for path in OURS
        for function in functions(path)
        if body(function) > (VIEW if is_view(function) else FUNCTION)
    }

    assert long == {}


def test_names():
    """No module is named for having no subject."""
    nameless = {"utils", "helpers", "common", "manager", "data", "info", "util", "helper", "misc"}

    assert [path for path in EVERY if path.stem in nameless] == []


def test_tests_say_what_they_keep():
    """Every test has a docstring that is a sentence."""
    silent = [
        (path, function.name)
        for path in EVERY
        for function in functions(path)
        if path.name.startswith("test_") and function.name.startswith("test_") and not says(function)
    ]

    assert silent == []


def says(function: Function) -> bool:
    """Whether a function has a docstring that ends as a sentence does."""
    return (ast.get_docstring(function) or "").rstrip().endswith((".", "?", "”"))
