"""What the library does, without HTTP and without SQL."""

from app.services.catalogue import CatalogueService
from app.services.lending import LendingRules, LendingService
from app.services.membership import MembershipService

__all__ = ["CatalogueService", "LendingRules", "LendingService", "MembershipService"]
