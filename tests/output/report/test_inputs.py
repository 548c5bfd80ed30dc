"""Whatever a report shows is part of the digest of its inputs: each value of each file is changed, one by one."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, cast

import pytest
from pydantic import ValidationError

from builders import EVERY_RATING, PERIODS, Q2, Q3, Q4, RATINGS, an_action, return_values
from hostile import filled_in
from jtai_plan.model.agency import Agency
from jtai_plan.model.board import BoardRecord
from jtai_plan.model.partnership import PLAN, Partnership, agency_path, board_path, return_path
from jtai_plan.model.plan import Plan
from jtai_plan.model.returns import Return
from jtai_plan.output.report.build_plan import plan_view
from jtai_plan.output.report.build_view import report_view
from jtai_plan.rules.checks.catalogue.every import RULES
from jtai_plan.rules.checks.catalogue.rule import Rule
from jtai_plan.rules.checks.consistency import references
from jtai_plan.rules.judge.collate import collate
from jtai_plan.rules.judge.public_edition import published
from jtai_plan.rules.seals.report_inputs import as_of, inputs, is_input, part

BY_LSCB = {"board": "lscb", "on": "2018-10-20", "reason": "The post was empty"}
EDITIONS = (*PERIODS, None)


def everything() -> dict[str, Any]:
    """The values of files in which every key that there is has one."""
    plan, returned, record, agency = filled_in("Text")
    plan["themes"][0]["actions"] += [
        an_action("T1.2", leads=[{"agency": "police", "until": Q3}, {"agency": "health", "from": Q4}], starts=Q3),
        an_action(
            "T1.3",
            "health",
            expected={"impact": {Q2: ["red"], Q4: ["blue"]}},
            revised=[{"from": each, "expected": {"impact": {Q2: ["red"]}}, **BY_LSCB} for each in (Q3, Q4)],
        ),
        an_action("T1.4", "health", withdrawn={"from": Q4, **BY_LSCB}),
    ]
    plan["answers"] = {"undefined-rating": "Text"}
    plan["checks"] = {"ignore": ["unsigned"]}
    agency["measures"][0] |= {"baseline": 3, "target": 40, "by": Q4, "count": True, "better": "lower"}
    agency["governance_board"] = {"name": "Text"}
    agency["actions"] = [
        {"id": "p-1", "action": "Text", "contributes_to": ["T1.1"], "expected": {"impact": {Q3: ["red"]}}, "starts": Q3}
    ]
    returned["actions"]["T1.1"]["impact"] |= {
        "measures": {"m": 4},
        "restricted": True,
        "answers": {EVERY_RATING.id: "Text"},
    }
    returned["prepared"] = {"by": "Text", "on": "2018-10-05"}
    record["presented"] = [{"board": "lscb", "on": "2018-10-20"}]
    record["closed"] = {"on": "2018-10-20", "by": "Text"}
    amended = {"agency": "police", "action": "T1.1", "dimension": "process", "was": "red", "to": "grey"}
    record["amendments"] = [{**amended, "reason": "Text", "by": "Text", "on": "2018-10-20"}]
    late = {"rating": "red", "update": "Text", "recovery": {"plan": "Text", "by": "2018-10-01"}}
    return {
        PLAN: plan,
        agency_path("police"): agency,
        agency_path("health"): {"name": "Health", "short_name": "Hea"},
        return_path("police", Q2): returned,
        return_path("health", Q3): return_values(Q3, {("T1.3", "impact"): late}),
        return_path("health", Q4): return_values(Q4, {("T1.3", "impact"): late, ("T1.2", "impact"): "amber"}),
        board_path(Q2): record,
        board_path(Q3): {"decisions": [{"resolves": "ask-1", "decision": "Text", "board": "lscb"}]},
    }


def partnership_of(files: Mapping[str, Any]) -> Partnership:
    def held(kind: type[Any], folder: str) -> dict[str, Any]:
        return {path: kind.model_validate(said) for path, said in files.items() if folder in path}

    agencies = ("police", "health")
    return Partnership(
        Plan.model_validate(files[PLAN]),
        {agency: Agency.model_validate(files[agency_path(agency)]) for agency in agencies},
        {(path.split("/")[2], each.period): each for path, each in held(Return, "/returns/").items()},
        {path.split("/")[2].removesuffix(".yaml"): each for path, each in held(BoardRecord, "/board/").items()},
    )


def shown(partnership: Partnership, period: str | None) -> list[Any]:
    """The views of every report of *period*, or of the plan as agreed."""
    if period is None:
        return [plan_view(partnership)]
    held = as_of(partnership, period)
    views = [report_view(collate(held, period), agency=agency) for agency in (None, *partnership.agencies)]
    return [*views, report_view(collate(as_of(published(partnership), period), period))]


def digest(partnership: Partnership, period: str | None) -> str:
    nouns = {
        PLAN: partnership.plan,
        **{agency_path(agency): each for agency, each in partnership.agencies.items()},
        **{return_path(*key): each for key, each in partnership.returns.items()},
        **{board_path(key): each for key, each in partnership.board_records.items()},
    }
    plan = partnership.plan
    return inputs({path: part(each, b"", period, plan) for path, each in nouns.items() if is_input(path, period, plan)})


def others(values: Any) -> Iterator[Any]:
    """*values* with one value changed, or one key or item left out, in every way in which that can be."""
    match values:
        case dict():
            for key, value in values.items():
                yield {name: each for name, each in values.items() if name != key}
                yield from ({**values, key: other} for other in others(value))
        case list():
            for place, value in enumerate(values):
                yield [*values[:place], *values[place + 1 :]]
                yield from ([*values[:place], other, *values[place + 1 :]] for other in others(value))
        case bool():
            yield not values
        case int() | float():
            yield values + 1
        case _:
            several = next((each for each in (PERIODS, RATINGS) if values in each), None)
            day = f"{values[:-2]}28"
            yield from several or (day if values[:4].isdigit() else f"{values} more",)


FILES = everything()


@pytest.mark.parametrize("path", FILES)
def test_whatever_changes_a_report_changes_the_digest_of_its_inputs(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cast("dict[str, Rule]", RULES), EVERY_RATING.id, EVERY_RATING)
    before = partnership_of(FILES)
    assert not list(references(before))
    was = {period: (shown(before, period), digest(before, period)) for period in EDITIONS}
    compared = 0
    for values in others(deepcopy(FILES[path])):
        try:
            after = partnership_of({**FILES, path: values})
        except ValidationError:
            continue
        if any(references(after)):
            continue
        compared += 1
        for period in EDITIONS:
            # A view takes far longer than a digest: make it only where the digest says that nothing it shows changed.
            if digest(after, period) == was[period][1]:
                assert shown(after, period) == was[period][0], f"{period}: {values}"
    assert compared


@pytest.mark.parametrize("path", [path for path in FILES if path.endswith(f"{Q4}.yaml") or "board" in path])
def test_what_comes_with_a_later_period_changes_no_earlier_report(path: str) -> None:
    whole = partnership_of(FILES)
    without = partnership_of({name: values for name, values in FILES.items() if name != path})
    for period in PERIODS[: PERIODS.index(path.rpartition("/")[2].removesuffix(".yaml"))]:
        assert shown(without, period) == shown(whole, period)
        assert digest(without, period) == digest(whole, period)


def test_a_later_revision_withdrawal_or_change_of_lead_changes_no_earlier_report() -> None:
    plain = deepcopy(FILES)
    _, second, third, fourth = plain[PLAN]["themes"][0]["actions"]
    second["leads"] = [{"agency": "police"}]
    third["revised"].pop()
    del fourth["withdrawn"]
    before, after = partnership_of(plain), partnership_of(FILES)
    for period in (Q2, Q3):
        assert shown(after, period) == shown(before, period)
        assert digest(after, period) == digest(before, period)
    assert shown(after, Q4) != shown(before, Q4)
    assert digest(after, Q4) != digest(before, Q4)
