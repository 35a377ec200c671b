"""Sessions on disk: one JSON Lines file each, an event a line, there before it is shown."""
