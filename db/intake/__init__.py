"""Taking in extracts: what a file would change, shown first; then all of it in one transaction."""

from db.intake.taking import preview, take_in

__all__ = ["preview", "take_in"]
