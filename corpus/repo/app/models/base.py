"""What all tables share."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING_CONVENTION = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in time: aware in Python, UTC in the database.

    SQLite has no time zones, so a plain `DateTime(timezone=True)` would come
    back naive, and comparing it with an aware value raises `TypeError`. A naive
    value is refused on the way in: nobody can know which zone was meant.
    """

    impl = DateTime
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Turn an aware value into UTC without a zone, as it is stored."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"naive datetime refused: {value!r}"
            raise ValueError(message)
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Give the stored value its zone back."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The declarative base: a surrogate key, and names for all constraints.

    A migration can only drop a constraint that has a name, so names come from
    one convention instead of from each database's own habit.
    """

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)
