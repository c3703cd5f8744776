"""The rooms: one file a screen; a screen composes widgets, reads views and calls commands."""
