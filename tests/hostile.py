"""Text that is dangerous somewhere, a plan with it in every field, and changes to the zips that people send."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from builders import Q2, an_action, plan_values, return_values

# Text that means something to a format, a template, a terminal or a spreadsheet.
HOSTILE = {
    "a script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "an entity": "&lt;b&gt; & &amp; </td></table>",
    "an attribute": '" onmouseover="alert(1)" \'',
    "Markdown": "| a | **b** [c](http://d.example) ![e](f) `g` <h> _i_ # j",
    "a heading": "# not one",
    "a rule": "---",
    "a template": "{{ 7 * 7 }}{% for x in y %}{# z #}",
    "right to left": "עברית \u200f and العربية",
    "emoji": "🚓👩‍👧‍👦 naïve — “quoted”",
    "a formula": "=HYPERLINK(1)",
    "a closing comment": "--> ]]> </style></title>",
    "very long": ("long " * 60).strip(),
}


def filled_in(text: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any], dict[str, Any]]:
    """A plan, a return, a boards' record and an agency with *text* in every field that people fill in."""
    lead = {"agency": "police", "name": text, "role": text}
    plan = plan_values(
        an_action(
            "T1.1",
            leads=[lead],
            action=text,
            outcome_measure=[text, text],
            reporting=text,
            addresses=["A1"],
            sponsor=text,
            also={"By when": text},
        ),
        title=text,
        partnership=text,
        collated_by=text,
        marking=text,
        inspection={"name": text, "lead_inspectorate": text, "inspectorates": [text]},
        introduction=text,
        governance=text,
        excellence_introduction=text,
        excellence=[text],
        boards={"lscb": {"name": text}},
        areas_for_improvement={"count": 1, "source": text, "items": [{"id": "A1", "summary": text}]},
    )
    plan["themes"][0]["title"] = text
    plan["periods"][Q2]["label"] = text
    plan["dimensions"]["impact"]["label"] = text
    plan["scale"]["red"] |= {"label": text, "means": {"impact": text}}
    cell = {
        "rating": "grey",
        "update": text,
        "recovery": {"plan": text, "by": "2018-12-31"},
        "evidence": [{"what": text, "where": text}],
    }
    record: dict[str, Any] = {
        "moderated": {"T1.1": {"performance": {"rating": "red", "reason": text, "board": "lscb", "minute": text}}}
    }
    asks = [{"id": "ask-1", "board": "lscb", "ask": text}, {"id": "ask-2", "board": "lscb", "ask": text}]
    record |= {"asks": asks, "decisions": [{"resolves": "ask-2", "decision": text, "board": "lscb", "minute": text}]}
    measure = {"id": "m", "action": "T1.1", "dimension": "impact", "description": text, "unit": text}
    agency = {"name": text, "short_name": text, "measures": [measure]}
    return plan, return_values(Q2, {("T1.1", "process"): cell, ("T1.1", "impact"): cell}), record, agency


def rewritten(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """A change of one part of a file."""

    def change_it(file: Path) -> None:
        with zipfile.ZipFile(file) as packed:
            parts = {each: packed.read(each) for each in packed.namelist()}
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for each, content in parts.items():
                packed.writestr(each, change(content) if each == name else content)

    return change_it


def added(name: str, content: bytes) -> Callable[[Path], None]:
    def add(file: Path) -> None:
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(name, content)

    return add
