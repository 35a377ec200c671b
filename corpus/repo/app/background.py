"""Notices to members, sent after the response."""

import logging
from dataclasses import dataclass
from typing import Protocol

from app.models import Loan

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for one member.

    Plain text and no database row: it is used after the session has closed.
    """

    recipient: str
    text: str


class Notifier(Protocol):
    """Anything that can deliver a notice."""

    async def send(self, notice: Notice) -> None:
        """Deliver the notice, or raise."""


class LoggingNotifier:
    """Writes notices to the log, until there is a real channel."""

    async def send(self, notice: Notice) -> None:
        """Log the notice."""
        logger.info("notice to %s: %s", notice.recipient, notice.text)


def borrowed_notice(loan: Loan) -> Notice:
    """Tell the member when the book is due."""
    text = f"You borrowed “{loan.book.title}”. It is due on {loan.due_at:%d %B %Y}."
    return Notice(recipient=loan.member.email, text=text)


def returned_notice(loan: Loan) -> Notice:
    """Thank the member, as proof of the return."""
    text = f"Thank you for returning “{loan.book.title}”."
    return Notice(recipient=loan.member.email, text=text)


async def send_notice(notifier: Notifier, notice: Notice) -> None:
    """Deliver a notice as a background task; a failure is logged and no more.

    The response has gone and the loan is committed, so there is nobody left to
    tell. A background task lives in this process: if that dies, the notice is
    lost. Notices that must arrive need a table of unsent ones and a worker.
    """
    try:
        await notifier.send(notice)
    except Exception:
        logger.exception("notice to %s was not sent", notice.recipient)
