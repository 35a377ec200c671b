"""Runs a candidate's code against the cases of a task, behind what walls the system offers.

It judges values and nothing else: what a result is worth, and what is said about it, is not here.
"""
