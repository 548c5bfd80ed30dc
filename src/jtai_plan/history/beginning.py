"""Beginning a repository for a new plan."""

from pathlib import Path

from jtai_plan.history.git import git


def repository_of(folder: Path) -> Path | None:
    """The top of the repository in which *folder* lies; None where there is none. It is found without git."""
    here = folder.resolve()
    return next((each for each in (here, *here.parents) if (each / ".git").exists()), None)


def begin(folder: Path) -> None:
    """Begin a repository in *folder*, on the branch main and without a commit.

    No template is copied: it may hold hooks, which are programs. Raises NoHistory where git is missing, GitFailed
    where it fails.
    """
    git(folder, "init", "--quiet", "--template=", "--initial-branch=main")
