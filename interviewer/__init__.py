"""A spoken-style mock interviewer for Python developers, on their own machine."""
