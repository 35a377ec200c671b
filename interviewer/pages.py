"""Pages to look at in a browser: one HTML file each that loads nothing and runs nothing."""

import base64
import hashlib
from pathlib import Path

from interviewer.errors import InterviewerError

TEMPLATES = Path(__file__).with_name("templates")


def render(template: str, **values: object) -> str:
    """Fill in a template; every value is escaped, and only the page's own style may apply.

    A template extends `page.html`, whose policy forbids scripts and any request.
    """
    import jinja2  # noqa: PLC0415 - only for pages

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True,
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment.get_template(template).render(style=style, style_sha256=digest, **values)


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
