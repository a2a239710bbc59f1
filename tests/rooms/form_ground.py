"""The form of a step, as one person is asked it and sends it."""

from contextlib import contextmanager

from werkzeug.datastructures import MultiDict

from regulator.access import acting
from regulator.casework import editions, steps
from regulator.casework.forms import form_for
from regulator.regime.model import Field


def kind():
    """The rules of a complaint."""
    return editions.current().kinds["complaint"]


def known_to(by, case):
    """The facts of a case, as the page of a step gets them."""
    return steps.offers(case.case_id, by=by)[0]


@contextmanager
def sent(app, **answers):
    """A request that sends these answers; a list is one box filled in several times."""
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        pairs = [(n, one) for n, v in answers.items() for one in (v if isinstance(v, list) else [v])]
        with app.test_request_context("/", method="POST", data=MultiDict(pairs)):
            assert acting()
            yield
    finally:
        app.config["WTF_CSRF_ENABLED"] = True


def form_of(step, case, by, app, **answers):
    """The form of a step with these answers sent; whether it can be used, and what was wrong."""
    with sent(app, **answers):
        form = form_for(kind().steps[step], known_to(by, case), by)
        usable = form.submitted()
        return form, usable, [problem.text for problem in form.problems]


def one(name, kind, **more):
    """A field of a kind."""
    return Field(name, kind, f"The {kind}", **more)
