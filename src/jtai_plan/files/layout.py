"""Where a plan's folder is, and what belongs in it."""

import os
from pathlib import Path

from jtai_plan.errors import NoPlan
from jtai_plan.model.partnership import PLAN

LINKED = "this is a link, and git keeps only the link, not the file"
"""Why a file for which `is_linked` is true is neither read nor written."""


def find_root(start: Path | None) -> Path:
    """The folder that holds `plan/plan.yaml`.

    If a call names a folder, it is that one, *start*: a misspelt name must not lead to another plan above it. Otherwise
    it is the working directory or the nearest folder above. Raises NoPlan if there is none.
    """
    # Unlike Path's own, this leaves the name of an unknown user as it is.
    here = Path(os.path.expanduser(start or Path())).resolve()  # noqa: PTH111
    for folder in (here, *here.parents) if start is None else (here,):
        if (folder / PLAN).exists():
            return folder
    raise NoPlan(here, named=start is not None)


def opened_periods(root: Path) -> frozenset[str]:
    """The periods for which a return or a boards' record lies below *root*, by the names of the files alone."""
    folders = (root / "plan/board", *(root / "plan/agencies").glob("*/returns"))
    return frozenset(file.stem for folder in folders for file in folder.glob("*.yaml"))


def is_inside(root: Path, path: Path) -> bool:
    """Whether *path* stays within *root* once links are followed.

    A plan can come from a stranger's pull request. A link in it must not bring in files from elsewhere on the machine.
    """
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def is_linked(root: Path, path: Path) -> bool:
    """Whether *path*, or a folder between *root* and it, is a link, wherever it leads.

    Git keeps only where a link leads, so a change there would not be a change of the plan. Folders above *root* do not
    matter.
    """
    # Every file that is read pays for this, and Path would take three times as long.
    place = str(path)
    while len(place) > len(str(root)):
        if os.path.islink(place):  # noqa: PTH114
            return True
        place = os.path.dirname(place)  # noqa: PTH120
    return False
