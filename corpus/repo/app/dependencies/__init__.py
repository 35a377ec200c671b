"""Providers for FastAPI's `Depends`."""
