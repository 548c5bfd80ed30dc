"""Templates come with the plan's repository: a partnership's own are used, and a stranger's can do no harm."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from builders import Q2, Jtai, plan_values, return_values, written
from jtai_plan.output.report import limits, templates

pytestmark = pytest.mark.once

REPORT = f"reports/{Q2}/board-report.md"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    cells = {("T1.1", "process"): "red"}
    return written(tmp_path / "here", plan_values(), {("police", Q2): return_values(Q2, cells)})


def own(plan: Path, text: str | bytes, name: str = "board-report.md.j2") -> None:
    """Give *plan* a template of its own."""
    file = plan / "templates" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)


def test_a_partnerships_own_template_takes_the_place_of_the_packaged_one(plan: Path, jtai: Jtai) -> None:
    own(plan, "# Ours: {{ report.period }}\n")
    assert jtai("report", "--plan", str(plan)).status == 0
    assert (plan / REPORT).read_text() == "# Ours: Q2 2018/19\n"
    assert "<h1>A plan: progress report" in (plan / REPORT).with_suffix(".html").read_text()


def test_a_part_alone_may_be_replaced(plan: Path, jtai: Jtai) -> None:
    own(plan, "body { color: navy }\n", "style.css.j2")
    jtai("report", "--plan", str(plan), "--format", "html")
    text = (plan / REPORT).with_suffix(".html").read_text()
    assert "<style>\nbody { color: navy }\n</style>" in text
    assert "<h1>" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "one\n{{ plan.titel }}\n",
            "board-report.md.j2:2: 'jtai_plan.output.report.view.plan.PlanView object' has no attribute 'titel'. "
            "docs/templates.md lists what a template gets, and what has changed.",
            id="a name that is not there",
        ),
        pytest.param("{{ nothing }}\n", "board-report.md.j2:1: 'nothing' is undefined.", id="an unknown name"),
        pytest.param(
            "one\n\n{% if plan %}\n",
            "board-report.md.j2:3: Unexpected end of template. Jinja was looking for the following tags: 'elif' or "
            "'else' or 'endif'. The innermost block that needs to be closed is 'if'.",
            id="a block that is not closed",
        ),
        pytest.param(
            "{% include 'missing.j2' %}\n",
            "board-report.md.j2:1: there is no template 'missing.j2'.",
            id="a part that is not there",
        ),
        pytest.param("{{ 1 / 0 }}\n", "board-report.md.j2:1: division by zero.", id="arithmetic"),
        pytest.param(b"one\n\xff\n", "board-report.md.j2:2: the template is not UTF-8 text.", id="another encoding"),
        pytest.param(
            "{{ ''.__class__.__mro__ }}\n",
            "board-report.md.j2:1: access to attribute '__class__' of 'str' object is unsafe. "
            "A template may only lay out what it is given.",
            id="a way to Python",
        ),
        pytest.param(
            "{{ plan._replace(title='x').title }}\n",
            "board-report.md.j2:1: access to attribute '_replace' of 'PlanView' object is unsafe. "
            "A template may only lay out what it is given.",
            id="what is not for templates",
        ),
        pytest.param(
            "{{ '%s' | format(plan.__init__) }}\n",
            "board-report.md.j2:1: access to attribute '__init__' of 'PlanView' object is unsafe. "
            "A template may only lay out what it is given.",
            id="a way to Python by a filter",
        ),
        pytest.param(
            "{{ '%c' | format(55296) }}\n",
            "board-report.md.j2: 'utf-8' codec can't encode character",
            id="a character that no file can hold",
        ),
        pytest.param(
            "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}\n",
            "board-report.md.j2:1: maximum recursion depth exceeded",
            id="a macro that calls itself",
        ),
    ],
)
def test_a_template_that_cannot_be_rendered_gets_one_sentence_and_nothing_is_written(
    plan: Path, jtai: Jtai, text: str | bytes, said: str
) -> None:
    own(plan, text)
    ran = jtai("report", "--plan", str(plan))
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.splitlines()[-1].startswith(f"jtai: templates/{said}")
    assert not (plan / "reports").exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("board-report.md.j2", "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"),
        ("board-report.md.j2", "{{ '%9999999999d' | format(1) }}"),
        ("board-report.md.j2", "{{ 'x' * 99999999 }}"),
        ("board-report.md.j2", "{{ 7 ** (7 ** 9) }}"),
        ("board-report.html.j2", "{% for a in range(10 ** 10) %}{{ a }}{% endfor %}"),
        ("board-report.typ", "#set document(title: [A])\n#range(10000000000).map(str).join()"),
        ("board-report.typ", '#set document(title: [A])\n#("x" * 10000000000)'),
        ("board-report.typ", "#set document(title: [A])\n#while true {}"),
    ],
)
def test_a_template_that_takes_too_much_ends_alone(
    plan: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 2)
    own(plan, text, name)
    form = {"j2": name.split(".")[1], "typ": "pdf"}[name.rpartition(".")[2]]
    ran = jtai("report", "--plan", str(plan), "--format", form)
    assert (ran.status, ran.out) == (1, "")
    assert "jtai: templates/" in ran.err
    assert ran.err.count("\n") == 2
    assert not (plan / "reports").exists()


@pytest.mark.parametrize(
    "name", ["../secret.j2", "/etc/hostname", "a/../../secret.j2", "../" * 20 + "etc/hostname", "\x00"]
)
def test_a_template_cannot_include_a_file_from_outside_its_folder(plan: Path, jtai: Jtai, name: str) -> None:
    (plan / "secret.j2").write_text("secret")
    own(plan, f"{{% include {name!r} %}}")
    ran = jtai("report", "--plan", str(plan))
    assert ran.status == 1
    assert "there is no template" in ran.err


def test_a_link_does_not_lead_a_template_out_either(plan: Path, jtai: Jtai) -> None:
    outside = plan.parent / "outside"
    outside.mkdir()
    (outside / "board-report.md.j2").write_text("stolen")
    (plan / "templates").symlink_to(outside)
    jtai("report", "--plan", str(plan))
    assert (plan / REPORT).read_text().startswith("# A plan: progress report")
    (plan / "templates").unlink()
    (plan / "templates").mkdir()
    (plan / "templates/board-report.md.j2").symlink_to(outside / "board-report.md.j2")
    jtai("report", "--plan", str(plan))
    assert (plan / REPORT).read_text().startswith("# A plan: progress report")


@pytest.fixture
def as_in_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The packaged templates, compiled beside them."""
    folder = tmp_path / "packaged"
    shutil.copytree(templates.packaged(), folder)
    (folder / "compiled").mkdir()
    templates.compile_packaged(folder / "compiled")
    monkeypatch.setattr(templates, "packaged", lambda: folder)
    monkeypatch.setattr(templates, "_CODE", {})
    return folder


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that jinja compiles from now on."""
    names: list[str] = []
    compile_it = templates._Sandbox.compile

    def noted(self: Any, source: Any, name: Any, *more: Any) -> Any:
        names.append(name)
        return compile_it(self, source, name, *more)

    monkeypatch.setattr(templates._Sandbox, "compile", noted)
    return names


def test_the_templates_of_a_wheel_are_not_compiled_again_and_give_the_same_reports(
    plan: Path, jtai: Jtai, as_in_a_wheel: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert jtai("report", "--plan", str(plan), "--format", "md,html").status == 0
    reports = {file.name: file.read_bytes() for file in (plan / REPORT).parent.iterdir()}
    assert (compiled, sorted(reports)) == ([], ["board-report.html", "board-report.md"])
    shutil.rmtree(as_in_a_wheel / "compiled")
    monkeypatch.setattr(templates, "_CODE", {})
    assert jtai("report", "--plan", str(plan), "--format", "md,html", "--check").status == 0
    assert "board-report.html.j2" in compiled


@pytest.mark.usefixtures("as_in_a_wheel")
def test_a_plan_s_own_template_is_compiled_whatever_the_wheel_holds(
    plan: Path, jtai: Jtai, compiled: list[str]
) -> None:
    own(plan, "# Ours\n")
    assert jtai("report", "--plan", str(plan), "--format", "md").status == 0
    assert (plan / REPORT).read_text() == "# Ours\n"
    templates.render(plan, "board-report.md", {})
    assert compiled == ["board-report.md.j2"]


@pytest.mark.usefixtures("as_in_a_wheel")
def test_another_version_of_jinja_compiles_the_templates_itself(
    plan: Path, jtai: Jtai, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jinja2.__version__", "3.0.0")
    assert jtai("report", "--plan", str(plan), "--format", "md").status == 0
    assert compiled == ["board-report.md.j2", "parts.md.j2"]


def test_a_fault_is_placed_in_the_template_that_came_compiled(plan: Path, as_in_a_wheel: Path) -> None:
    with pytest.raises(templates.TemplateIsWrong, match=rf"^{as_in_a_wheel}/page\.html\.j2:8: No filter named"):
        templates.render(plan, "page.html", {})
