"""The values that flow through the rooms: frozen, checked, and known to every room.

No behaviour beyond what a value says of itself; nothing here reads, prints or calls a model.
"""
