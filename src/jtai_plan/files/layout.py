"""Where a plan's folder is, and what belongs in it."""

import os
from pathlib import Path

from jtai_plan.errors import NoPlan
from jtai_plan.model.partnership import PLAN


def find_root(start: Path) -> Path:
    """The nearest folder, *start* or above it, that holds `plan/plan.yaml`.

    Raises NoPlan where there is none.
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / PLAN).exists():
            return folder
    raise NoPlan(here)


def is_inside(root: Path, path: Path) -> bool:
    """Whether *path* stays within *root* once links are followed.

    A plan can come from a stranger's pull request: a link in it must not bring in what lies elsewhere on the machine.
    """
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))
