"""Draw a page of a review as SVG: `python docs/images/review.py TRANSCRIPT NUMBER > review.svg`."""

import re
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console

from interviewer.console.browse import AT_A_QUESTION
from interviewer.console.review import show_exchange
from interviewer.console.screen import Screen
from interviewer.conversation.state import replay
from interviewer.transcripts.sessions import read_session

# A picture fetches nothing: the reader's own fixed-width font serves.
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main(transcript: str, number: str) -> None:
    """Write the picture of a question to standard output."""
    console = Console(record=True, width=100, file=StringIO(), highlight=False)
    screen = Screen(console)
    exchanges = replay(read_session(Path(transcript)).events).exchanges
    show_exchange(screen, exchanges[int(number) - 1], len(exchanges))
    screen.gap()
    bar = " · ".join((f" {number} of {len(exchanges)}", *AT_A_QUESTION))
    screen.say(bar.ljust(console.width), style="reverse")
    sys.stdout.write(FONTS.sub("", console.export_svg(title="interviewer review")))


main(*sys.argv[1:])
