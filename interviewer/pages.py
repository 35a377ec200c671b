"""Pages to look at in a browser: one HTML file each that loads nothing from anywhere."""

import base64
import functools
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import InterviewerError
from interviewer.values.text import safe
from interviewer.values.value import Value

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATES = Path(__file__).with_name("templates")


class Point(Value):
    """A dot of a chart, 0 to 1 both ways, with what it stands for."""

    x: float
    y: float
    title: str
    low: float | None = None
    high: float | None = None
    """The ends of its interval, if it has one."""


def render(template: str, **values: object) -> str:
    """Fill in `NAME.html`; every value is escaped, its control and bidi characters are visible.

    A template extends `page.html`, whose policy forbids any request, and allows by their hashes
    nothing but the style of `page.css` and `NAME.css` and the script `NAME.js`, if there are such.
    """
    name = Path(template).stem
    style = _own("page.css") + _own(f"{name}.css")
    script = _own(f"{name}.js")
    page = _environment().get_template(template)
    return page.render(
        style=style, style_hash=_hash(style), script=script, script_hash=_hash(script), **values
    )


def write(path: Path, page: str) -> None:
    """Write a page, over an earlier one if there is one.

    Raises:
        InterviewerError: the file cannot be written.
    """
    try:
        path.write_text(page, encoding="utf-8", errors="replace")
    except OSError as error:
        raise InterviewerError(
            f"Cannot write the page {str(path)!r}: {error.strerror}.",
            hint="Name a file in a folder that is there and that you may write to.",
        ) from error


@functools.cache
def _environment() -> "Environment":
    import jinja2  # noqa: PLC0415 - only for pages

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, finalize=_shown,
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["highlighted"] = _highlighted
    return environment


def _own(name: str) -> str:
    """Return the text of a file beside the templates; empty if a page has no such file."""
    path = TEMPLATES / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _hash(text: str) -> str:
    """Return what a content-security policy allows a text by."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _shown(value: object) -> object:
    """Return a value as a page shows it; markup is our own, and made of values that were shown."""
    return safe(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _highlighted(lines: Sequence[tuple[int, str]]) -> "Iterator[tuple[int | str, Markup]]":
    """Yield numbered lines of Python as markup: a span for each token, with a class of its kind.

    Where lines are left out between them there is an ellipsis in place of a number.
    """
    import markupsafe  # noqa: PLC0415 - only for pages
    import pygments  # noqa: PLC0415
    from pygments.formatters import HtmlFormatter  # noqa: PLC0415
    from pygments.lexers import PythonLexer  # noqa: PLC0415

    # A line that holds a line end of another kind must not become two.
    source = "\n".join(safe(line.replace("\n", " ")) for _, line in lines)
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    marked = pygments.highlight(source, lexer, HtmlFormatter(nowrap=True))
    before = lines[0][0] if lines else 0
    for (number, _), line in zip(lines, marked.split("\n"), strict=False):
        if number > before + 1:
            yield "…", markupsafe.Markup("")
        before = number
        yield number, markupsafe.Markup(line)  # noqa: S704 - Pygments escaped it
