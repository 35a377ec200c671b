"""What the interviewer knows: documents become passages, vectors, a Chroma index, and context.

It reads guides and repositories as text only: nothing in them is imported or run, except the
solutions of a guide's own coding tasks when its author asks for a check.
"""
