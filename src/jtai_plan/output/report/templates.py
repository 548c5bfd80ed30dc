"""Templates: the plan's own, or those that come with jtai. None is trusted: anyone can write a plan's own."""

from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from pathlib import Path
from traceback import walk_tb
from types import CodeType
from typing import Any

import jinja2
from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from markupsafe import escape as html_escape

from jtai_plan.errors import JtaiError

SUFFIX = ".j2"
REFERENCE = "docs/templates.md lists what a template gets, and what has changed"


class TemplateIsWrong(JtaiError):
    """A template that cannot be rendered."""

    status = 1


@cache
def packaged() -> Path:
    """The folder of the templates that come with jtai: in the wheel, or in the repository that it is installed from."""
    here = Path(__file__).resolve().parents[2]
    in_wheel = here / "templates"
    return in_wheel if in_wheel.is_dir() else here.parents[1] / "templates"


class _Loader(jinja2.BaseLoader):
    """Loads a template as `file_of` finds it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.loaded: set[str] = set()
        """The templates that were loaded, as messages name them."""

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # as jinja names it
    ) -> jinja2.Template:
        """The template *name*."""
        source, file, unchanged = self.get_source(environment, name)
        code = _compiled(environment, name, source, file)
        return environment.template_class.from_code(environment, code, {} if globals is None else globals, unchanged)

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of *template*, and what messages call it."""
        name, file = file_of(self.root, template)
        self.loaded.add(name)
        try:
            return file.read_text(encoding="utf-8-sig"), name, lambda: True
        except UnicodeDecodeError as error:
            line = file.read_bytes()[: error.start].count(b"\n") + 1
            raise TemplateIsWrong(f"{name}:{line}: the template is not UTF-8 text.") from None


def file_of(root: Path, name: str) -> tuple[str, Path]:
    """What messages call the template *name*, and its file: the plan's own, or else jtai's. Raises TemplateNotFound.

    The file may not be, or lead, outside its folder.
    """
    # Not resolved any further: templates/ may itself be a link that leads out of the plan's folder.
    root = root.resolve()
    for folder in (root / "templates", packaged()):
        if file := _inside(folder, name):
            return str(file.relative_to(root) if file.is_relative_to(root) else file), file
    raise TemplateNotFound(name, f"there is no template '{name}'")


def files_of(root: Path, kinds: tuple[str, ...]) -> dict[str, bytes]:
    """The templates whose names end in one of *kinds*, by their paths: the plan's own, or else jtai's."""
    found: dict[str, bytes] = {}
    for folder in (packaged(), root.resolve() / "templates"):
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if name.endswith(kinds) and _inside(folder, name):
                found[name] = file.read_bytes()
    return found


def has_its_own(root: Path) -> bool:
    """Whether the plan below *root* has templates of its own, and not only those that come with jtai."""
    folder = root.resolve() / "templates"
    return folder.is_dir() and folder.resolve() != packaged() and any(folder.iterdir())


def _inside(folder: Path, template: str) -> Path | None:
    """The file of *template*; None if *folder* has none, or the path to it leads out of the folder."""
    try:
        file = (folder / template).resolve()
        return file if file.is_relative_to(folder) and file.is_file() else None
    except (OSError, ValueError, RuntimeError):
        # No file can have this name, or links form a circle.
        return None


@cache
def _said_by(kind: type) -> frozenset[str]:
    """The fields and properties of a view; nothing for any other class."""
    fields = getattr(kind, "_fields", ())
    return frozenset((*fields, *(key for key, each in vars(kind).items() if isinstance(each, property) and fields)))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox: a template sees the values that it is given, and nothing that leads anywhere else."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """*attribute* of *obj*. Views are known to be safe, and checking takes long."""
        return getattr(obj, attribute) if attribute in _said_by(obj.__class__) else super().getattr(obj, attribute)


def _compiled_name(name: str, source: str) -> str:
    """The file with the compiled template *name*, for this *source* and this version of jinja."""
    return f"{name}-{sha256(f'{jinja2.__version__} {source}'.encode()).hexdigest()[:32]}.py"


_CODE: dict[tuple[str, str, str], CodeType] = {}
"""The templates that this process compiled or read compiled, by name, source and file."""


def _compiled(environment: Environment, name: str, source: str, file: str) -> CodeType:
    """A template compiled: read from the wheel if it is exactly one of jtai's own."""
    key = (name, source, file)
    if key not in _CODE:
        built = _inside(packaged() / "compiled", _compiled_name(name, source))
        code = SourceFileLoader(name, str(built)).get_code(name) if built else None
        _CODE[key] = code.replace(co_filename=file) if code else environment.compile(source, name, file)
    return _CODE[key]


def compile_packaged(folder: Path) -> None:
    """Compile jtai's own templates to Python files in *folder*, when a wheel is built."""
    for file in sorted(packaged().glob(f"*{SUFFIX}")):
        source = file.read_text(encoding="utf-8")
        environment = environment_of(folder, {})
        used = (each.name for each in environment.parse(source).find_all(nodes.Filter))
        # Jinja only needs a filter of each name.
        environment.filters = {**dict.fromkeys(used, str), **environment.filters}
        code = environment.compile(source, file.name, file.name, raw=True)
        (folder / _compiled_name(file.name, source)).write_text(code, encoding="utf-8")


def environment_of(
    root: Path,
    filters: Mapping[str, Callable[..., Any]],
    escape: Callable[[str], Markup] = html_escape,
) -> Environment:
    """A sandbox for the templates of the plan below *root*, with *filters*; it escapes every value."""
    is_html = escape is html_escape
    environment = _Sandbox(
        loader=_Loader(root),
        undefined=jinja2.StrictUndefined,
        # Jinja escapes for HTML itself. It leaves what another *escape* made, because that is markup.
        autoescape=True,
        # These two leave *escape* and *filters* out of what a template compiles to: the wheel holds it for all reports.
        finalize=jinja2.pass_environment(
            lambda _, value: value if is_html or hasattr(value, "__html__") else escape(str(value))
        ),
        optimized=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(filters)
    return environment


def render(
    root: Path,
    name: str,
    values: Mapping[str, Any],
    escape: Callable[[str], Markup] = html_escape,
    filters: Mapping[str, Callable[..., Any]] | None = None,
) -> str:
    """The template *name*, the plan's own below *root* or else jtai's, filled in with *values*.

    Every value is escaped: as HTML, or by *escape*, which makes it the markup of another format. The template may use
    *filters*. Raises TemplateIsWrong, with the file and line of the fault.
    """
    environment = environment_of(root, filters or {}, escape)
    assert isinstance(environment.loader, _Loader), "the environment was made with it"
    with faults_told(name + SUFFIX, environment.loader.loaded):
        text = environment.get_template(name + SUFFIX).render(values)
        # A template can make characters that no file can hold.
        text.encode()
        return text


@contextmanager
def faults_told(name: str, loaded: Collection[str] = ()) -> Iterator[None]:
    """Turn any error in the template *name*, or in those *loaded* for it, into a TemplateIsWrong that says where."""
    try:
        yield
    except (TemplateIsWrong, MemoryError):
        raise
    except TemplateSyntaxError as error:
        file = error.filename or error.name
        raise _wrong(f"{file}:{error.lineno}" if file and loaded else name, error.message) from None
    except jinja2.UndefinedError as error:
        raise _wrong(_where(error, name, loaded), f"{str(error).rstrip('.')}. {REFERENCE}") from None
    except SecurityError as error:
        message = f"{str(error).rstrip('.')}. A template may only lay out what it is given"
        raise _wrong(_where(error, name, loaded), message) from None
    except Exception as error:
        # A template can make jinja and its filters raise anything.
        raise _wrong(_where(error, name, loaded), str(error) or type(error).__name__) from None


def _wrong(where: str, message: str | None) -> TemplateIsWrong:
    return TemplateIsWrong(f"{where}: {' '.join((message or '').split()).rstrip('.')}.")


def _where(error: BaseException, name: str, loaded: Collection[str]) -> str:
    """The file and line of the template that raised *error*: jinja puts them in the traceback."""
    steps = ((frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__))
    places = [f"{file}:{line}" for file, line in steps if file in loaded]
    return places[-1] if places else next((each for each in loaded if each.endswith(name)), name)
