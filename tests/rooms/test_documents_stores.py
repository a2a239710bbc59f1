"""A folder and a bucket keep files alike: never a row without its file, nor for long a file without its row."""

import io
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from functools import partial

import boto3
import pytest
from click.testing import CliRunner
from moto.server import ThreadedMotoServer

from config import ROOT
from regulator.cli import main
from regulator.documents.store import incoming, keep, store
from regulator.documents.sweeping import sweep
from regulator.errors import Invalid
from tests.rooms import bare, ground, scan_ground

WORDS = b"What the camera saw."
SOON = timedelta(0)


@pytest.fixture(scope="module")
def s3():
    """A store that speaks S3, on this machine."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["folder", "bucket", "bucket with a prefix"])
def kept_in(request, in_app, monkeypatch, s3, tmp_path):
    """The application over each kind of store, empty."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    bucket = f"files-{os.getpid()}-{abs(hash(str(tmp_path)))}"
    at = f"s3://{bucket}{'/a/b' if 'prefix' in request.param else ''}?endpoint={s3}&region=eu-west-2"
    if request.param != "folder":
        place = {"LocationConstraint": "eu-west-2"}
        client = boto3.client("s3", endpoint_url=s3, region_name="eu-west-2")
        client.create_bucket(Bucket=bucket, CreateBucketConfiguration=place)
    told = {"files_dir": tmp_path / "files", "files_store": None if request.param == "folder" else at}
    monkeypatch.setitem(in_app.extensions, "regulator", replace(in_app.extensions["regulator"], **told))
    return in_app


@pytest.fixture
def case(in_app):
    """A case about one force."""
    return bare.new_case(bare.new_body())


def test_file_comes_back_as_it_was_given(kept_in):
    """A file is kept under its hash, comes back whole, and nothing of it is left where it came in."""
    kept = keep(io.BytesIO(WORDS), "statement.txt", 1000)

    with store().open(kept.sha256) as file:
        assert file.read() == WORDS
    assert store().stat(kept.sha256) == len(WORDS)
    assert [sha256 for sha256, _ in store().kept()] == [kept.sha256]
    assert list(incoming().glob("coming-*")) == []


def test_file_destroyed_is_gone(kept_in):
    """A file that is destroyed is gone, and destroying it again does no harm."""
    kept = keep(io.BytesIO(WORDS), "statement.txt", 1000)

    for _ in range(2):
        store().delete(kept.sha256)

    assert store().stat(kept.sha256) is None
    with pytest.raises(FileNotFoundError):
        store().open(kept.sha256)


def test_file_is_scanned_and_sent(kept_in, case, monkeypatch):
    """A file is scanned and sent from whichever store it is in."""
    number = scan_ground.given(case, WORDS, "internal")
    browser = ground.browser_of(kept_in, monkeypatch, bare.staff(bare.new_person("Carys")))

    answer = browser.get(f"/documents/{number}/file")

    assert (answer.status_code, answer.data) == (200, WORDS)
    answer.close()


def test_what_no_row_names_is_swept(kept_in, case):
    """A file that no document names goes once it is old enough; a document’s own stays."""
    scan_ground.given(case, WORDS, "internal")
    spare = keep(io.BytesIO(b"of nobody"), "spare.txt", 1000)
    (incoming() / "coming-half").write_bytes(b"half")

    young = sweep()
    swept = sweep(SOON)

    assert (young.destroyed, young.leftovers) == ([], 0)
    assert (swept.destroyed, swept.lost, swept.leftovers) == ([spare.sha256], [], 1)
    assert store().stat(spare.sha256) is None
    assert len(list(store().kept())) == 1


def test_document_without_its_file_is_told(kept_in, case):
    """A document whose file is not in the store is told by its hash."""
    scan_ground.given(case, WORDS, "internal")
    ((sha256, _),) = store().kept()
    store().delete(sha256)

    assert sweep().lost == [sha256]


def test_store_that_cannot_be_reached(in_app, monkeypatch, tmp_path):
    """While the store is down a file is refused with a sentence, nothing of it stays, and one there is not taken for gone."""
    told = {"files_dir": tmp_path, "files_store": "s3://files?endpoint=http://127.0.0.1:9&region=eu-west-2"}
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setitem(in_app.extensions, "regulator", replace(in_app.extensions["regulator"], **told))

    with pytest.raises(Invalid, match="could not be kept, because of a fault on our side"):
        keep(io.BytesIO(WORDS), "statement.txt", 1000)

    assert list(tmp_path.iterdir()) == []


DIES = """
import io, os, signal, sys
from config import Config
from regulator import create_app
from regulator.documents import store, stores
from tests.rooms import scan_ground

put, copy = stores.Folder.put, store._copy
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
def put_and_die(*given): put(*given); die()
when, case = sys.argv[1], int(sys.argv[2])
if when == "coming in": store.types.kind_of = die
if when == "put": stores.Folder.put = put_and_die
with create_app(Config.from_env(os.environ)).app_context():
    scan_ground.given(case, b"what the camera saw", "internal")
    die()
"""


@pytest.mark.parametrize(("when", "left"), [("coming in", (0, 0)), ("put", (0, 1)), ("committed", (1, 1))])
def test_machine_stops_while_a_file_is_given(in_app, case, owner, when, left):
    """Wherever the machine stops, no document is without its file, and what is left without one is swept."""
    rows, files = left
    sweep(SOON)
    environ = {**ground.environ_of(in_app), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", DIES, when, str(case)], cwd=ROOT, env=environ, check=False)

    assert done.returncode == -signal.SIGKILL
    assert owner.execute("select count(*) from document").fetchone() == (rows,)
    assert len(list(store().kept())) == files
    assert sweep(SOON).lost == []
    assert len(list(store().kept())) == rows
    assert list(incoming().glob("coming-*")) == []


def test_command(in_app, case, monkeypatch):
    """The console sweeps, and fails loudly when a document’s file is not there."""
    sweep(SOON)
    scan_ground.given(case, WORDS, "internal")
    monkeypatch.setattr("regulator.create_app", lambda _config: in_app)
    run = partial(CliRunner().invoke, main, env=ground.environ_of(in_app))
    whole = run(args=["files", "sweep", "--hours", "0"])
    ((sha256, _),) = store().kept()
    store().delete(sha256)

    lost = run(args=["files", "sweep"])

    assert (whole.exit_code, whole.output) == (0, "0 files without a document and 0 leftovers destroyed.\n")
    assert sha256 in str(lost.exception)
