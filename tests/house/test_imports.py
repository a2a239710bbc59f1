"""Who may import whom, who may commit, who may be the engine, and who may read the clock (docs: the house).

“`views -> forms | steps/commands | queries -> models -> db`. `regime` and `deadlines` import neither Flask nor
SQLAlchemy. The kernel imports no room. Rooms form one line and the left never imports the right. Only the ledger commits.”
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "accounts",
    "documents",
    "letters",
    "casework",
    "evidence",
    "desk",
    "complaints",
    "findings",
    "audits",
    "inspections",
    "enforcement",
    "register",
    "reports",
)
# What stands above the rooms: it wires them, or tells stories through them.
ABOVE = {"tables", "rooms", "seed", "loading", "replay", "worker", "demo"}
PURE = {"regime", "deadlines"}
PURE_MAY = {*PURE, "actors", "errors", "language", "moments", "words"}
FORBIDDEN_TO_PURE = {"flask", "sqlalchemy", "psycopg", "wtforms", "procrastinate", "flask_sqlalchemy"}

COMMITS = {
    "regulator.ledger.writing": "the ledger itself",
    "regulator.db": "reads end in a commit, which keeps the driver’s prepared statements",
    "regulator.accounts.doors": "sessions and attempts to sign in hold whatever becomes of the request",
    "regulator.dbcli": "migrations, as the owner",
    "regulator.casework.staff_notices": "what the worker told whom of their own cases: a message, with the mark that it went",
    "regulator.accounts.mail": "mail of no case, whose state is a job’s and in no ledger",
}
TELLS = {
    "regulator.db": "it is told here, at the start of every transaction",
    "regulator.accounts.doors": "asks as nobody, before anyone is known",
}
ENGINE = {
    "regulator.db": "it is defined here",
    "regulator.ledger.writing": "every change is the engine’s",
    "regulator.casework.steps": "what may be done now is judged on all of a case",
    "regulator.casework.tasks": "the system looks at one case after another",
    "regulator.letters.delivery": "the state of a letter is the worker’s to move, one case at a time",
}
CLOCK = {"now", "utcnow", "today", "time", "localtime", "gmtime"}


def _modules() -> dict[str, ast.Module]:
    found = {}
    for path in sorted((ROOT / "regulator").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


MODULES = _modules()


def imported(tree: ast.Module) -> Iterator[str]:
    """Everything a module imports, by its full name, wherever in the module it does so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


EDGES = {(name, target) for name, tree in MODULES.items() for target in imported(tree)}


def part(module: str) -> str:
    """The room or module of the kernel that a module belongs to; empty for what is not ours."""
    package, _, rest = module.partition(".")
    return rest.partition(".")[0] if package == "regulator" else ""


def kind(module: str) -> str:
    """What a module of a room holds: models, queries, forms, steps, commands or views."""
    names = module.split(".")[2:]
    kinds = ("models", "queries", "forms", "steps", "commands", "views")
    return next((each for name in names for each in kinds if name == each or name.endswith(f"_{each}")), "")


def calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    """Every call of something by its last name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (
            (isinstance(node.func, ast.Attribute) and node.func.attr == name)
            or (isinstance(node.func, ast.Name) and node.func.id == name)
        ):
            yield node


def test_rooms_stand_in_line():
    """A room imports only rooms to its left."""
    wrong = {
        (name, target)
        for name, target in EDGES
        if part(name) in ROOMS
        and part(target) in ROOMS
        and ROOMS.index(part(target)) > ROOMS.index(part(name))
    }

    assert wrong == set()


def test_kernel_imports_no_room():
    """The kernel knows of no room, but for what wires the rooms."""
    wrong = {
        (name, target)
        for name, target in EDGES
        if part(target) in {*ROOMS, "replay", "seed"} and part(name) not in {*ROOMS, *ABOVE}
    }

    assert wrong == set()


def test_rules_are_pure():
    """The rules and the counting of time know neither the web nor the database."""
    wrong = {
        (name, target)
        for name, target in EDGES
        if part(name) in PURE
        and (
            target.partition(".")[0] in FORBIDDEN_TO_PURE
            or (target.startswith("regulator.") and part(target) not in PURE_MAY)
        )
    }

    assert wrong == set()


MAY_NOT = {
    "views": ("models", "regulator.db", "sqlalchemy"),
    "forms": ("models", "views", "steps", "commands", "regulator.db", "sqlalchemy"),
    "queries": ("views", "forms", "steps", "commands"),
    "commands": ("views", "forms"),
    "models": ("views", "forms", "steps", "commands", "queries"),
}


def test_layers():
    """Views ask queries and act through steps; forms know no database; queries and models know no page."""
    wrong = {
        (name, target)
        for name, target in EDGES
        for forbidden in MAY_NOT.get(kind(name), ())
        if kind(target) == forbidden or target == forbidden or target.startswith(f"{forbidden}.")
    }

    assert wrong == set()


def test_only_the_ledger_commits():
    """Only the ledger commits, and a page that only read; each exception has its reason."""
    committing = {
        name
        for name, tree in MODULES.items()
        if any(calls(tree, "commit")) or any(map(is_transaction, calls(tree, "begin")))
    }

    assert committing == set(COMMITS)


def is_transaction(call: ast.Call) -> bool:
    """Whether a call of `begin` opens a transaction that commits by itself."""
    on = ast.unparse(call.func).removesuffix(".begin").rpartition(".")[2]
    return on in ("engine", "connection", "session", "session()")


def test_only_steps_are_the_engine():
    """Nobody works in the engine role but the ledger, the steps and the worker, case by case."""
    entering = {
        name
        for name, tree in MODULES.items()
        if any(calls(tree, "engine_role"))
        or any(isinstance(node, ast.FunctionDef) and node.name == "engine_role" for node in ast.walk(tree))
    }
    named = {
        name
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in ("engine", "regulator_engine")
    }

    assert entering == set(ENGINE)
    assert named <= {"regulator.db", "regulator.dbroles"}


def test_one_clock():
    """Only `moments` reads the time; how long something took is another matter."""
    readers = {
        (name, call.lineno)
        for name, tree in MODULES.items()
        for word in CLOCK
        for call in calls(tree, word)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in ("datetime", "date", "time", "dt", "func")
    }

    assert {name for name, _ in readers} == {"regulator.moments"}


def test_sql_reads_no_clock():
    """No SQL text reads the time of the server."""
    words = ("now()", "current_date", "current_timestamp", "clock_timestamp", "localtimestamp")
    wrong = {
        (name, node.lineno)
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.lower().lstrip().startswith(("select", "insert", "update", "delete", "with"))
        and any(word in node.value.lower() for word in words)
    }

    assert wrong == set()


def is_ours(node: ast.expr) -> bool:
    """Whether a piece of SQL is made of the program’s own constants and nothing else."""
    match node:
        case ast.Name(id=name):
            return name.isupper()
        case ast.JoinedStr(values=parts):
            return all(map(is_ours, parts))
        case ast.FormattedValue(value=part):
            return is_ours(part)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return is_ours(left) and is_ours(right)
        case ast.Call(func=ast.Attribute(value=called), args=given):
            return is_ours(called) and all(map(is_ours, given))
    return isinstance(node, ast.Constant)


def test_sql_is_never_put_together():
    """SQL text is made of constants alone: a value from outside is always a parameter."""
    wrong = {
        (name, call.lineno)
        for name, tree in MODULES.items()
        for called in ("text", "exec_driver_sql", "literal_column")
        for call in calls(tree, called)
        if call.args and is_sql(call) and not is_ours(call.args[0])
    }

    assert wrong == set()


def is_sql(call: ast.Call) -> bool:
    """Whether a call named `text` is SQLAlchemy’s."""
    if isinstance(call.func, ast.Name):
        return True
    return isinstance(call.func, ast.Attribute) and (
        call.func.attr != "text"
        or (isinstance(call.func.value, ast.Name) and call.func.value.id in ("sa", "sqlalchemy"))
    )


def test_executed_sql_is_never_formatted():
    """What is executed is never formatted where it is executed."""
    wrong = {
        (name, call.lineno)
        for name, tree in MODULES.items()
        for call in calls(tree, "execute")
        if call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp) and not is_ours(call.args[0])
    }

    assert wrong == set()


def test_identity_is_told_in_one_place():
    """Who asks is told to the database in one place; each exception has its reason."""
    telling = {
        name
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and any(word in node.value.lower() for word in ("set_config(", "set role", "set local role"))
    }

    assert telling == set(TELLS)
