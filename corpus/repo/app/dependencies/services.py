"""Providers: how services and what they need are put together.

Tests replace the seams (`get_clock`, `get_notifier`) in `dependency_overrides`;
everything built on top of them then uses the replacement.
"""

from typing import Annotated, cast

from fastapi import Depends, Request

from app.background import LoggingNotifier, Notifier
from app.clock import Clock, utc_now
from app.dependencies.session import SessionDep
from app.repositories import BookRepository, LoanRepository, MemberRepository
from app.services import (
    CatalogueService,
    LendingRules,
    LendingService,
    MembershipService,
)
from app.settings import Settings


def get_settings(request: Request) -> Settings:
    """Return the settings this application was created with."""
    return cast("Settings", request.app.state.settings)


def get_clock() -> Clock:
    """Return the source of the current time."""
    return utc_now


def get_notifier() -> Notifier:
    """Return the way notices reach members."""
    return LoggingNotifier()


SettingsDep = Annotated[Settings, Depends(get_settings)]
ClockDep = Annotated[Clock, Depends(get_clock)]
NotifierDep = Annotated[Notifier, Depends(get_notifier)]


def get_catalogue_service(session: SessionDep) -> CatalogueService:
    """Build the catalogue on the request's session."""
    return CatalogueService(BookRepository(session))


def get_membership_service(session: SessionDep, clock: ClockDep) -> MembershipService:
    """Build the membership service on the request's session."""
    return MembershipService(MemberRepository(session), clock)


def get_lending_service(
    session: SessionDep, settings: SettingsDep, clock: ClockDep
) -> LendingService:
    """Build the lending service; its repositories share one transaction."""
    return LendingService(
        BookRepository(session),
        MemberRepository(session),
        LoanRepository(session),
        rules=LendingRules(settings.loan_limit, settings.loan_period),
        clock=clock,
    )


CatalogueDep = Annotated[CatalogueService, Depends(get_catalogue_service)]
MembershipDep = Annotated[MembershipService, Depends(get_membership_service)]
LendingDep = Annotated[LendingService, Depends(get_lending_service)]
