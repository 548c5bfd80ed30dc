"""Compiles the templates of the reports for the wheel, so that no report waits for it."""

import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTemplates(BuildHookInterface[Any]):
    """Adds a Python file for each template."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files into a temporary folder, from which the wheel takes them."""
        self.folder = Path(mkdtemp())
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root, "src")))
        from jtai_plan.output.report.templates import compile_packaged

        compile_packaged(self.folder)
        build_data["force_include"][str(self.folder)] = "jtai_plan/templates/compiled"

    def finalize(self, *_: Any) -> None:
        """Remove the temporary folder."""
        shutil.rmtree(self.folder)
