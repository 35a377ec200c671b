"""Configuration, read once from the environment."""

from datetime import timedelta

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_DATABASE_URL = "sqlite+aiosqlite:///library.db"


class Settings(BaseSettings):
    """Everything a deployment may change, e.g. `LIBRARY_LOAN_LIMIT=3`.

    The values are checked when the process starts, so a typing error stops the
    service at once instead of surfacing in the first unlucky request. Frozen,
    because code that changes settings at run time is hard to reason about.
    """

    model_config = SettingsConfigDict(env_prefix="LIBRARY_", frozen=True)

    database_url: str = DEFAULT_DATABASE_URL
    echo_sql: bool = False
    loan_limit: int = Field(default=5, ge=1)
    loan_days: int = Field(default=21, ge=1)

    @property
    def loan_period(self) -> timedelta:
        """How long a member may keep a book."""
        return timedelta(days=self.loan_days)
