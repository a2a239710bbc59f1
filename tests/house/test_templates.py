"""Templates keep the house: they compile, extend a layout, have one title and name nothing their view does not give.

A page says on its first line what its view must give, beyond what every page has: `{# needs: case, form #}`.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, meta, nodes

from config import Config
from regulator import forms, log, pages

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
EVERY = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
LAYOUTS = [name for name in EVERY if name.startswith("layout/")]
COMPONENTS = [name for name in EVERY if name.startswith("components/")]
PAGES = [name for name in EVERY if name not in {*LAYOUTS, *COMPONENTS}]

FLASK = {"request", "session", "g", "config", "current_user"}
SHELL = {"signed_in", "leaving", "leaving_quickly", "other_language", "navigation", "footing", "warnings"}
NEEDS = re.compile(r"\A\{# needs: (?P<names>[a-z_, ]+) #\}\n")
INLINE = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE
)
MARKUP = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<[^>]*>", re.DOTALL)


def source(name):
    """The text of a template."""
    return (TEMPLATES / name).read_text()


@cache
def environment() -> Environment:
    """The environment that pages are drawn in."""
    app = Flask("regulator")
    app.config["SECRET_KEY"] = "k" * 40
    app.extensions["regulator"] = Config.development()
    log.init(app)
    pages.init(app)
    forms.init(app)
    return app.jinja_env


@cache
def tree(name) -> nodes.Template:
    """A template as Jinja reads it."""
    return environment().parse(source(name))


def parent(name):
    """The template that this one extends, if any."""
    found = next(tree(name).find_all(nodes.Extends), None)
    return found.template.value if found else None


def needs(name) -> set[str]:
    """What a page says its view must give."""
    found = NEEDS.match(source(name))
    return {word.strip() for word in found["names"].split(",")} if found else set()


def undeclared(name) -> set[str]:
    """What a template uses that neither it, the environment nor Flask gives."""
    given = {*environment().globals, *FLASK, *imported(name)}
    return meta.find_undeclared_variables(tree(name)) - given


def read_by_layouts(name) -> set[str]:
    """What the layouts under a page read, so a view may give it though the page never names it."""
    above = parent(name)
    return undeclared(above) | read_by_layouts(above) if above else set()


def titles(name):
    """How often a template sets its title."""
    return sum(target.name == "title" for target in top_level_names(name))


def top_level_names(name):
    """The names a template sets outside its blocks."""
    return [
        n.target for n in tree(name).body if isinstance(n, nodes.Assign) and isinstance(n.target, nodes.Name)
    ]


def imported(name):
    """The macros a template imports, by the name it calls them."""
    pairs = [pair for found in tree(name).find_all(nodes.FromImport) for pair in found.names]
    return [pair[1] if isinstance(pair, tuple) else pair for pair in pairs]


@pytest.mark.parametrize("name", EVERY)
def test_compiles(name):
    """Every template compiles."""
    assert environment().get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_extends_a_layout(name):
    """Every page extends one of the five layouts."""
    assert parent(name) in set(LAYOUTS) - {"layout/base.html"}


@pytest.mark.parametrize("name", PAGES)
def test_one_title(name):
    """Every page sets its title, once."""
    assert titles(name) == 1


@pytest.mark.parametrize("name", COMPONENTS)
def test_one_macro(name):
    """Every component is one macro, called as its file is."""
    assert [macro.name for macro in tree(name).find_all(nodes.Macro)] == [Path(name).stem]


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_names_nothing_else(name):
    """A component uses what it is given, never what happens to be in the page."""
    assert undeclared(name) == set()


@pytest.mark.parametrize("name", EVERY)
def test_nothing_inline(name):
    """No template has a style, a script or a handler of its own: the policy would refuse it."""
    assert INLINE.findall(source(name)) == []


@pytest.mark.parametrize("name", EVERY)
def test_curly_quotes(name):
    """What people read has curly quotes."""
    assert [line for line in MARKUP.sub("", source(name)).splitlines() if re.search(r"[\"']", line)] == []


@pytest.mark.parametrize("name", EVERY)
def test_no_unused_import(name):
    """No template imports a macro that it does not use."""
    used = {found.name for found in tree(name).find_all(nodes.Name) if found.ctx == "load"}

    assert [macro for macro in imported(name) if macro not in used] == []


@pytest.mark.parametrize("name", EVERY)
def test_addresses_only_in_attributes(name):
    """An address is made in an attribute, never in the words of a page."""
    assert re.findall(r">[^<]*\{\{[^}]*url_for\(", source(name)) == []


@pytest.mark.parametrize("name", PAGES)
def test_needs(name):
    """A page says on its first line exactly what it uses and its view must give; its layout may need more."""
    used = undeclared(name) - SHELL

    assert used <= needs(name)
    assert needs(name) - used <= read_by_layouts(name)


def is_drawing(node):
    """Whether a piece of code draws a template that it names."""
    named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "render_template"
    return named and bool(node.args) and isinstance(node.args[0], ast.Constant)


def drawn():
    """Each page drawn by a view: the template, the names given to it, whether more may be given unseen, and where."""
    for path in sorted((ROOT / "regulator").rglob("*.py")):
        for call in filter(is_drawing, ast.walk(ast.parse(path.read_text()))):
            given = {word.arg for word in call.keywords if word.arg}
            opened = any(word.arg is None for word in call.keywords)
            yield call.args[0].value, given, opened, f"{path.relative_to(ROOT)}:{call.lineno}"


@pytest.mark.parametrize(
    ("name", "given", "opened", "where"), [pytest.param(*page, id=f"{page[0]} {page[3]}") for page in drawn()]
)
def test_views_give_what_is_needed(name, given, opened, where):
    """A view gives its page all that it needs and nothing that it does not read."""
    assert name in PAGES, f"{where}: there is no page {name}"
    missing = set() if opened else needs(name) - given
    idle = given - needs(name) - undeclared(name) - read_by_layouts(name)

    assert (missing, idle) == (set(), set()), where
