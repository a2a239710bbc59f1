"""Fetches and trims the style sheet, script and typeface that are kept in `static/`.

The files it writes are committed, so nobody needs node to run the service. Run it (`make assets`) only to
move to another version: change the version and the digest below, run, and look at every kind of page.
Taken out on purpose: the typeface and the crown of GOV.UK, which only services on GOV.UK may use.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

STATIC = Path(__file__).parent / "static"
FAMILY = "Atkinson Hyperlegible Next"


@dataclass(frozen=True)
class Package:
    """One package of the npm registry at one version, and the digest its archive must have."""

    name: str
    version: str
    sha256: str

    def fetched(self, into: Path) -> Path:
        """Folder of the unpacked package, checked against its digest.

        Raises: SystemExit, when npm is missing, the fetch fails or the archive is not the one expected
        """
        archive = into / self._packed(into)
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != self.sha256:
            raise SystemExit(f"{self.name} {self.version} has digest {found}, not {self.sha256}.")
        target = into / archive.stem
        with tarfile.open(archive) as opened:
            opened.extractall(target, filter="data")
        return target / "package"

    def _packed(self, into: Path) -> str:
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("npm is needed to fetch the assets, and only for that.")
        command = [npm, "pack", "--silent", f"{self.name}@{self.version}"]
        done = subprocess.run(command, cwd=into, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"npm could not fetch {self.name} {self.version}.")
        return done.stdout.strip().splitlines()[-1]


FRONTEND = Package(
    "govuk-frontend", "6.3.0", "3d91fd1353e32e306a8ae493b44ba9c0277348b5dbc08442a3e63d822e516048"
)
TYPEFACE = Package(
    "@fontsource/atkinson-hyperlegible-next",
    "5.3.0",
    "33dcb7d0d4e2ea98a96985ca7448f738c3b5b370cfc5230b1e40e4f728920cc2",
)


def trimmed(css: str) -> str:
    """The GOV.UK style sheet without its typeface, its crest and its source map.

    Raises: SystemExit, when anything that would be fetched from elsewhere is left
    """
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", f'"{FAMILY}",arial,sans-serif')
    css = re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", css)
    css = re.sub(r"[^{}]*\{[^{}]*govuk-crest\.svg[^{}]*\}", "", css)
    if "url(" in css or "GDS Transport" in css:
        raise SystemExit("The style sheet still names a font or a picture of GOV.UK.")
    return css.strip() + "\n"


def frontend(package: Path) -> None:
    """Writes the style sheet and the script of GOV.UK Frontend, trimmed."""
    built = package / "dist" / "govuk"
    css = trimmed((built / "govuk-frontend.min.css").read_text())
    js = re.sub(r"//# sourceMappingURL=.*", "", (built / "govuk-frontend.min.js").read_text())
    (STATIC / f"govuk-frontend-{FRONTEND.version}.min.css").write_text(css)
    (STATIC / f"govuk-frontend-{FRONTEND.version}.min.js").write_text(js.strip() + "\n")


def typeface(package: Path) -> None:
    """Writes the regular and bold weights, western and extended Latin (Welsh needs ŵ and ŷ), and the licence."""
    for subset in ("latin", "latin-ext"):
        for weight in ("400", "700"):
            source = f"atkinson-hyperlegible-next-{subset}-{weight}-normal.woff2"
            target = f"atkinson-hyperlegible-next-{TYPEFACE.version}-{subset}-{weight}.woff2"
            shutil.copyfile(package / "files" / source, STATIC / "fonts" / target)
    shutil.copyfile(package / "LICENSE", STATIC / "fonts" / "LICENCE.txt")


def main() -> None:
    """Fetches both packages and writes what the service serves."""
    (STATIC / "fonts").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        frontend(FRONTEND.fetched(Path(scratch)))
        typeface(TYPEFACE.fetched(Path(scratch)))


if __name__ == "__main__":
    main()
