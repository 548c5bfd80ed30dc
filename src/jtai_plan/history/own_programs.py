"""What a repository's own configuration would make git run while it talks to a remote: then it is not asked to."""

import re

from jtai_plan.errors import CannotDo
from jtai_plan.history.repository import Repository

_NAMES_A_PROGRAM = re.compile(
    r"core\.(sshcommand|gitproxy|askpass)|remote\..*\.(receivepack|uploadpack|vcs)|credential\..*|filter\..*"
    r"|ssh\.variant|protocol\..*|merge\..*\.driver|diff\..*\.(textconv|command)",
    re.IGNORECASE,
)


def refuse_own_programs(repository: Repository) -> None:
    """Raise CannotDo if the configuration in *repository* itself names a program that git would run.

    A copied folder brings its configuration along. What the user or the machine has set up is theirs to choose.
    """
    listed = repository.asked("config", "--local", "--includes", "-z", "--name-only", "--list")
    named = sorted({key for key in listed.split("\0") if _NAMES_A_PROGRAM.fullmatch(key)})
    if named:
        raise CannotDo(
            f"this repository's own configuration names a program that git would run: {named[0][:80]}. If it is "
            f"yours, set it for yourself instead (git config --global), and take it out here: git config --unset "
            f"{named[0][:80]}. Nothing was changed."
        )
