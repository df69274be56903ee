"""Puts the manual page of the command into the wheel, written from the sources that the wheel is built of."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACE = "share/man/man1/charge-rates.1"


class ManualPage(BuildHookInterface):
    """Writes the page before a wheel is packed. An editable install has none: `make docs` writes it there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the page into a folder of its own, and name it among what the wheel shares with the system."""
        if version == "editable":
            return
        sys.path[:0] = [str(Path(self.root, folder)) for folder in ("src", "docs")]
        from make_manual_page import manual_page

        self.folder = TemporaryDirectory()
        page = Path(self.folder.name, Path(PLACE).name)
        page.write_text(manual_page(self.metadata.version), encoding="utf-8", newline="\n")
        build_data["shared_data"][str(page)] = PLACE

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the folder of the page."""
        if version != "editable":
            self.folder.cleanup()
