"""Questions answered by sending files."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import FileStorage

from regulator.fields.asked import Asked
from regulator.language import _


class Files(Asked):
    """Any number of files. Its answer is a list of them, empty when none was chosen."""

    component, macro = "file-upload", "govukFileUpload"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Browsers send one file with no name when none was chosen."""
        self.data = [file for file in valuelist if isinstance(file, FileStorage) and file.filename]

    @property
    def answer(self) -> list[FileStorage]:
        """The files chosen."""
        return list(self.data or [])

    def params(self) -> dict[str, Any]:
        """The macro is given names to choose again: no browser keeps files on a page sent back with an error."""
        params = super().params() | {"multiple": True}
        if self.answer and not self.errors:
            names = ", ".join(f"‘{file.filename}’" for file in self.answer)
            params["errorMessage"] = {
                "text": _("Choose %(names)s again: your browser does not keep files", names=names)
            }
        return params
