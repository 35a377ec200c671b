"""A small lending library, served over HTTP."""
