"""The resettlement plan of one person, for them to read."""

from db.papers.checklists import plan as paper

__all__ = ["paper"]
