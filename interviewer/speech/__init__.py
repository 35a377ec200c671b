"""Speaking and listening, on this machine: text to sound, sound to text, and the sound card.

An extra: what it needs is imported when it is used, and everything else works without it. It knows
nothing of interviews, and prints nothing.
"""
