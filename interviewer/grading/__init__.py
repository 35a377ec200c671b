"""Grades: a verdict for each key point with its evidence, and a score that code computes.

Nothing a model writes is ever a score, and what cannot be judged is `Ungraded`, with the reason.
"""
