"""Where the bytes of documents are kept: a folder of this machine, or a bucket of a store that speaks S3.

A store needs few verbs, and a file is known in it by its hash alone: put, open, stat, delete, and all that is there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import IO, Any, Protocol
from urllib.parse import parse_qs, urlsplit

HASH = re.compile(r"[0-9a-f]{64}")


class StoreDown(OSError):
    """The store cannot be reached, or did not do what it was asked."""


class Store(Protocol):
    """Whatever keeps files under their hash."""

    def put(self, whole: Path, sha256: str) -> None:
        """Take in a finished file, which is gone from its old place afterwards; putting it again makes it new."""

    def open(self, sha256: str) -> IO[bytes]:
        """The file, to be read and closed. Raises: FileNotFoundError, StoreDown."""

    def stat(self, sha256: str) -> int | None:
        """Its size in bytes, or None when it is not there."""

    def delete(self, sha256: str) -> None:
        """Destroy it, as the law may ask; that no other document has the same bytes is for the caller to know."""

    def kept(self) -> Iterator[tuple[str, datetime]]:
        """The hash of every file that is there, and when it was put there last."""


@dataclass(frozen=True)
class Folder:
    """A store in a folder of this machine: `ab/cdef…` for a file whose hash begins so."""

    root: Path

    def put(self, whole: Path, sha256: str) -> None:
        """Take in a finished file from the same disk."""
        place = self._place(sha256)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        whole.chmod(0o400)
        whole.replace(place)
        _settle(place.parent)
        _settle(self.root)

    def open(self, sha256: str) -> IO[bytes]:
        """The file, to be read and closed."""
        return self._place(sha256).open("rb")

    def stat(self, sha256: str) -> int | None:
        """Its size in bytes, or None when it is not there."""
        try:
            return self._place(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def delete(self, sha256: str) -> None:
        """Destroy it."""
        self._place(sha256).unlink(missing_ok=True)

    def kept(self) -> Iterator[tuple[str, datetime]]:
        """The hash of every file, and when it was put there last."""
        for path in self.root.glob("[0-9a-f][0-9a-f]/*"):
            if HASH.fullmatch(found := path.parent.name + path.name):
                yield found, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def _place(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256[2:]


@dataclass(frozen=True)
class Bucket:
    """A store that speaks S3: `s3://bucket/prefix?endpoint=https://…&region=…`; keys come from boto3’s own settings."""

    at: str

    def put(self, whole: Path, sha256: str) -> None:
        """Take in a finished file, checked on its way."""
        with _faults():
            self._client.upload_file(
                str(whole), self._bucket, self._key(sha256), ExtraArgs={"ChecksumAlgorithm": "SHA256"}
            )
        whole.unlink()

    def open(self, sha256: str) -> IO[bytes]:
        """The file, to be read and closed."""
        with _faults():
            body: IO[bytes] = self._client.get_object(Bucket=self._bucket, Key=self._key(sha256))["Body"]
            return body

    def stat(self, sha256: str) -> int | None:
        """Its size in bytes, or None when it is not there."""
        try:
            with _faults():
                found = self._client.head_object(Bucket=self._bucket, Key=self._key(sha256))
        except FileNotFoundError:
            return None
        return int(found["ContentLength"])

    def delete(self, sha256: str) -> None:
        """Destroy it."""
        with _faults():
            self._client.delete_object(Bucket=self._bucket, Key=self._key(sha256))

    def kept(self) -> Iterator[tuple[str, datetime]]:
        """The hash of every file, and when it was put there last."""
        with _faults():
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self._bucket, Prefix=self._key("")):
                for one in page.get("Contents", ()):
                    if HASH.fullmatch(found := one["Key"].removeprefix(self._key(""))):
                        yield found, one["LastModified"]

    @property
    def _bucket(self) -> str:
        return urlsplit(self.at).netloc

    @property
    def _client(self) -> Any:
        return _client(self.at)

    def _key(self, sha256: str) -> str:
        prefix = urlsplit(self.at).path.strip("/")
        return f"{prefix}/{sha256}" if prefix else sha256


@cache
def _client(at: str) -> Any:
    """The connections to one store, made once; they may be used by threads side by side."""
    import boto3  # noqa: PLC0415 - costly, and wanted only where there is such a store
    from botocore.config import Config  # noqa: PLC0415

    said = {name: values[0] for name, values in parse_qs(urlsplit(at).query).items()}
    settings = Config(connect_timeout=5, read_timeout=60, retries={"max_attempts": 2, "mode": "standard"})
    return boto3.client(
        "s3", endpoint_url=said.get("endpoint"), region_name=said.get("region"), config=settings
    )


class _faults:  # noqa: N801 - reads as what it watches for
    """What the store’s own errors mean to us."""

    def __enter__(self) -> None:
        """Watch."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Say it in our words."""
        from boto3.exceptions import Boto3Error  # noqa: PLC0415
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

        if isinstance(error, ClientError) and error.response["Error"]["Code"] in ("404", "NoSuchKey"):
            raise FileNotFoundError from error
        if isinstance(error, BotoCoreError | ClientError | Boto3Error):
            raise StoreDown(str(error)) from error


def _settle(folder: Path) -> None:
    """Have the disk itself remember what a folder holds."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
