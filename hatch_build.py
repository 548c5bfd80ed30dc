"""Compiles the templates of the reports for the wheel, so that no report waits for it."""

import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTemplates(BuildHookInterface[Any]):
    """Adds a Python file for each template."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files into a temporary folder, from which the wheel takes them."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root, "src")))
        from jtai_plan.output.report.templates import compile_packaged

        folder = Path(mkdtemp())
        compile_packaged(folder)
        build_data["force_include"][str(folder)] = "jtai_plan/templates/compiled"
