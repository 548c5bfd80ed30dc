"""Plans and returns for the tests: small, whole, and named for what is special about them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from jtai_plan.model.agency import Agency
from jtai_plan.model.board import BoardRecord
from jtai_plan.model.finding import Severity
from jtai_plan.model.partnership import PLAN, Partnership, agency_path, board_path, return_path
from jtai_plan.model.plan import Plan
from jtai_plan.model.returns import Return
from jtai_plan.rules.checks.catalogue.rule import Rule


@dataclass(frozen=True)
class Ran:
    """The result of a call of `jtai`."""

    status: int
    out: str
    err: str


EVERY_RATING = Rule(
    id="every-rating",
    severity=Severity.QUERY,
    meaning="A rating was given.",
    reason="So that the tests have a query about a rating.",
    remedy="Answer it in the return.",
    example="T1.1 impact is amber",
    answered_in="return",
)
"""A rule for the tests: a query about a rating, which may be answered in the return."""

Jtai = Callable[..., Ran]
"""Runs `jtai` with its arguments."""

Q2, Q3, Q4, Q1 = "2018-19-Q2", "2018-19-Q3", "2018-19-Q4", "2019-20-Q1"
PERIODS = (Q2, Q3, Q4, Q1)
RATINGS = ("red", "amber", "blue", "grey")

PROCESS_STEPS = {Q2: ["red", "amber"], Q3: ["amber", "blue"], Q4: ["blue"]}
IMPACT_STEPS = {Q2: ["red"], Q3: ["amber"], Q4: ["amber", "blue"], Q1: ["blue"]}


def an_action(name: str, *agencies: str, **more: Any) -> dict[str, Any]:
    """An action that *agencies* lead, as plan.yaml has it."""
    return {"id": name, "action": f"Do {name}", "leads": [{"agency": each} for each in agencies], **more}


def plan_values(*actions: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """The values of a plan.yaml with one theme, and the periods, scale and trajectory of the published plan."""
    return {
        "title": "A plan",
        "boards": {"lscb": {"name": "The LSCB"}},
        "periods": {
            Q2: {"label": "Q2 2018/19", "from": "2018-07-01", "to": "2018-09-30", "returns_due": "2018-10-12"},
            Q3: {"label": "Q3 2018/19", "from": "2018-10-01", "to": "2018-12-31", "returns_due": "2019-01-11"},
            Q4: {"label": "Q4 2018/19", "from": "2019-01-01", "to": "2019-03-31"},
            Q1: {"label": "Q1 2019/20", "from": "2019-04-01", "to": "2019-06-30"},
        },
        "dimensions": {
            "process": {"label": "Process/activity"},
            "impact": {"label": "Impact"},
            "performance": {"label": "Performance"},
        },
        "scale": {
            "red": {"label": "Red", "letter": "R", "rank": 1, "means": "Slipped."},
            "amber": {"label": "Amber", "letter": "A", "rank": 2, "means": "Nearly there."},
            "blue": {"label": "Blue", "letter": "B", "rank": 3, "complete": True, "means": "Completed."},
            "grey": {"label": "Grey", "letter": "G", "means": "Not begun."},
        },
        "expected": {"process": PROCESS_STEPS, "impact": IMPACT_STEPS, "performance": IMPACT_STEPS},
        "themes": [
            {"id": "T1", "title": "Strategy", "actions": list(actions) or [an_action("T1.1", "police")]},
        ],
        **more,
    }


def a_plan(*actions: Mapping[str, Any], **more: Any) -> Plan:
    """A plan with *actions*."""
    return Plan.model_validate(plan_values(*actions, **more))


def return_values(period: str, cells: Mapping[tuple[str, str], Mapping[str, Any] | str | None]) -> dict[str, Any]:
    """The values of a return: *cells* by action and dimension, each a rating alone or with its other keys."""
    actions: dict[str, Any] = {}
    for (action, dimension), said in cells.items():
        whole = {"rating": said} if said is None or isinstance(said, str) else dict(said)
        actions.setdefault(action, {})[dimension] = whole
    return {"period": period, "actions": actions}


def a_return(period: str, cells: Mapping[tuple[str, str], Mapping[str, Any] | str | None]) -> Return:
    """A return for *period* with *cells*."""
    return Return.model_validate(return_values(period, cells))


def a_partnership(
    plan: Plan, returns: Mapping[str, Sequence[Return]] | None = None, records: Mapping[str, Any] | None = None
) -> Partnership:
    """The partnership of *plan*, with the *returns* of each agency and the boards' *records* of each period."""
    return Partnership(
        plan=plan,
        agencies={agency: Agency(name=agency.title()) for agency in plan.lead_agencies},
        returns={(agency, each.period): each for agency, several in (returns or {}).items() for each in several},
        board_records={period: BoardRecord.model_validate(values) for period, values in (records or {}).items()},
    )


def written(
    root: Path,
    plan: Mapping[str, Any],
    returns: Mapping[tuple[str, str], Mapping[str, Any] | str] | None = None,
    records: Mapping[str, Any] | None = None,
    agencies: Mapping[str, Any] | None = None,
) -> Path:
    """Write the files of *plan*, its lead agencies, and *returns* by agency and period below *root*."""
    leads = [lead["agency"] for theme in plan["themes"] for each in theme["actions"] for lead in each["leads"]]
    files: dict[str, Any] = {PLAN: plan}
    files |= {agency_path(agency): {"name": agency.title()} for agency in dict.fromkeys(leads)}
    files |= {agency_path(agency): values for agency, values in (agencies or {}).items()}
    files |= {return_path(*key): values for key, values in (returns or {}).items()}
    files |= {board_path(period): values for period, values in (records or {}).items()}
    for path, values in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(values, str):
            file.write_text(values, encoding="utf-8", newline="")
        else:
            with file.open("w", encoding="utf-8") as stream:
                YAML().dump(values, stream)
    return root
