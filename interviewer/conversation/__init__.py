"""The interview itself: plan, pose, listen, follow up, close. It prints nothing and writes nothing.

Everything that happens is an event (`interviewer.values.events`); whoever drives the interview
stores and shows them.
"""
