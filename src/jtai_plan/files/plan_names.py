"""Reading the names in a plan without checking its files, so that its history can be shown despite a fault."""

from pathlib import Path

from jtai_plan.files.source import Folder
from jtai_plan.model.partnership import PLAN, agency_path
from jtai_plan.model.plan_names import Outline
from jtai_plan.model.text import name_as_shown
from jtai_plan.model.unchecked import items, mapping, text


def outline(root: Path) -> Outline:
    """The names in the plan below *root*, without those that are in no proper form."""
    source = Folder(root)
    plan = mapping(source.document(PLAN).values)
    themes = [mapping(theme) for theme in items(plan.get("themes"))]
    listed = [action for theme in themes for action in items(theme.get("actions"))]
    leads = [mapping(lead).get("agency") for action in listed for lead in items(mapping(action).get("leads"))]
    there = [name for name in source.folders("plan/agencies") if name == name_as_shown(name)]
    names = dict.fromkeys((*(each for each in leads if each in there), *there))
    agencies = {name: mapping(source.document(agency_path(name)).values) for name in names}
    own = [action for agency in agencies.values() for action in items(agency.get("actions"))]
    actions = ((text(action.get("id")), text(action.get("action"))) for action in map(mapping, [*listed, *own]))
    return Outline(
        title=text(plan.get("title")) or root.name,
        actions={name: wording for name, wording in actions if name},
        dimensions=_labels(plan.get("dimensions")),
        periods=_labels(plan.get("periods")),
        ratings={name: label.lower() for name, label in _labels(plan.get("scale")).items()},
        agencies={
            name: tuple(filter(None, (text(agency.get("short_name")), text(agency.get("name"))))) or (name,)
            for name, agency in agencies.items()
        },
        boards={name: text(mapping(each).get("name")) or name for name, each in mapping(plan.get("boards")).items()},
    )


def _labels(values: object) -> dict[str, str]:
    return {name: text(mapping(each).get("label")) or name for name, each in mapping(values).items()}
