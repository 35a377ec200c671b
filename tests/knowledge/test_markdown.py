"""Markdown as blocks with their lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.knowledge.markdown import Block, Item, read_blocks, trim_blank_end

TEXT = """# Title

Some *text*
on two lines.

- one
  - below one
    goes on
- two

  still two

1. first

```python
code
```

    indented

> quoted
"""


def test_each_kind_of_block_has_its_lines_and_its_source() -> None:
    blocks = read_blocks(TEXT)

    assert blocks == [
        Block("heading", 1, 1, "Title", level=1),
        Block("text", 3, 4, "Some *text*\non two lines."),
        Block(
            "list",
            6,
            12,
            items=(
                Item("one", 6, 8, (Item("below one goes on", 7, 8),)),
                Item("two still two", 9, 12),
            ),
        ),
        Block("list", 13, 14, items=(Item("first", 13, 14),), ordered=True),
        Block("fence", 15, 17, "code\n", info="python"),
        Block("fence", 19, 19, "indented\n"),
        Block("text", 21, 21, ""),
    ]


def test_a_text_with_nothing_in_it_has_no_blocks() -> None:
    assert read_blocks("\n \n") == []


def test_blank_lines_at_the_end_of_a_span_are_left_out() -> None:
    lines = ["a", "", "b", " ", ""]

    assert trim_blank_end(lines, 1, 5) == (1, 3)
    assert trim_blank_end(lines, 4, 5) == (4, 4)


PIECES = [
    "# a",
    "## b",
    "- c",
    "  - d",
    "1. e",
    "text",
    "",
    "```",
    "    code",
    "> f",
    "***",
    "\x0c",
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@settings(max_examples=60, deadline=None)
@given(lines=st.lists(st.sampled_from(PIECES), max_size=12))
def test_blocks_stand_in_order_within_the_text(end: str, lines: list[str]) -> None:
    blocks = read_blocks(end.join(lines))

    spans = [number for block in blocks for number in (block.first_line, block.last_line)]
    assert all(1 <= number <= len(lines) for number in spans)
    assert all(block.first_line <= block.last_line for block in blocks)
    assert [b.first_line for b in blocks] == sorted({b.first_line for b in blocks})
