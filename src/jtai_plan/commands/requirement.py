"""Where the checks of a new repository install jtai from."""

import json
import re
from importlib.metadata import distribution, version

from jtai_plan.errors import NothingWritten


def requirement(source: str | None) -> str:
    """The line by which pip installs jtai from *source*: a version, an address, or a wheel that lies in the repository.

    Without *source*, it is the address that this jtai was installed from, if others can reach it, or its version.
    Raises CannotDo if *source* is none of the three: such a line could also be an option of pip.
    """
    source = source or _address() or version("jtai-plan")
    if re.fullmatch(r"\d[\w.]*", source):
        return f"jtai-plan=={source}"
    if re.fullmatch(r"(git\+)?(https|ssh)://[\w.@:/~%+-]+(#[\w=&.-]+)?", source):
        return f"jtai-plan @ {source}"
    if re.fullmatch(r"(\./)?\w[\w./+-]*\.whl", source):
        return source if source.startswith("./") else f"./{source}"
    raise NothingWritten(
        f"--jtai '{source}' is no version (1.0), no address (https://.., git+https://..@v1.0) and no wheel in the "
        "repository (jtai_plan-1.0-py3-none-any.whl)."
    )


def _address() -> str | None:
    """The address that this jtai was installed from, with its revision (PEP 610); None for a folder on this machine."""
    found = json.loads(distribution("jtai-plan").read_text("direct_url.json") or "{}")
    address, revision = found.get("url", ""), found.get("vcs_info", {}).get("commit_id")
    if not address.startswith(("https://", "ssh://")):
        return None
    return f"git+{address}@{revision}" if revision else address
