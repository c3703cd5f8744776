"""One page: who does what for this person, inside and outside (TTG 1.5)."""

from db.papers.checklists import who_does_what as paper

__all__ = ["paper"]
