"""Tests, from the outside in: most of them speak HTTP to the whole service."""
