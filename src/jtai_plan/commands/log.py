"""`jtai log`: who recorded, reviewed and merged what, from the history of the plan's files."""

from pathlib import Path
from typing import TYPE_CHECKING

from jtai_plan.errors import UnknownName
from jtai_plan.files.layout import find_root
from jtai_plan.history.log import Log, signatures
from jtai_plan.history.repository import Repository

if TYPE_CHECKING:
    from jtai_plan.model.plan_names import Outline
    from jtai_plan.model.trail import History


def log(start: Path | None, action: str | None, *, agency: str | None, quarter: str | None, form: str) -> int:
    """Print the history of each rating, of *action* or of all, with the sign-offs and approvals."""
    repository = Repository(find_root(start))
    with Log(repository) as running:
        # Meanwhile git reads the history.
        from jtai_plan.commands.trail import read_history
        from jtai_plan.files.personal_data import guard_of
        from jtai_plan.files.plan_names import outline
        from jtai_plan.files.source import Folder
        from jtai_plan.model.partnership import PLAN
        from jtai_plan.model.plan_names import Outline
        from jtai_plan.rules.lookup import named, period_named
        from jtai_plan.rules.trail import without_personal_data, without_restricted_words

        plan = outline(repository.root)
        wanted = (
            _action(plan, action) if action is not None else None,
            named("agency", agency, plan.agencies) if agency is not None else None,
            period_named(quarter, plan.periods) if quarter is not None else None,
        )
        masked = guard_of(Folder(repository.root).document(PLAN, None)).masked_values
        history = without_personal_data(without_restricted_words(read_history(running, *wanted)), masked)
        plan = Outline(*masked(plan))
    if not history.events and action is not None and wanted[0] not in plan.actions:
        raise UnknownName("action", action, plan.actions)
    _print(plan, history, signatures(repository, (event.step.commit.id for event in history.events)), form)
    return 0


def _print(plan: "Outline", history: "History", signed: dict[str, str], form: str) -> None:
    if form == "json":
        from jtai_plan.output.log.as_json import log_json

        print(log_json(plan, history, signed))
    elif form == "md":
        from jtai_plan.output.log.markdown import log_markdown

        print(log_markdown(plan, history, signed), end="")
    else:
        from jtai_plan.output.log.text import log_lines
        from jtai_plan.output.terminal import note, show

        if history.trail.is_shallow:
            note("The history is incomplete: this clone is shallow. Fetch the rest: git fetch --unshallow.")
        show(log_lines(plan, history, signed))
        if not history.events:
            note("The history holds no rating, sign-off, approval or closing that fits.")


def _action(plan: "Outline", asked: str) -> str:
    """The action that is *asked* for, or the name itself, which an earlier version of the plan may have."""
    from jtai_plan.rules.lookup import action_named

    try:
        return action_named(asked, plan.actions)
    except UnknownName:
        return asked.strip()
