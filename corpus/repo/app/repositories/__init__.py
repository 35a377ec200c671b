"""The only place with queries."""

from app.repositories.books import BookRepository
from app.repositories.loans import LoanRepository
from app.repositories.members import MemberRepository

__all__ = ["BookRepository", "LoanRepository", "MemberRepository"]
