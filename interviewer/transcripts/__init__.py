"""Sessions on disk: one JSON Lines file each, an event a line, there before it is shown.

And what is read out of them: lists, searches, how topics stand, what the next plan goes by. It
shows nothing.
"""
