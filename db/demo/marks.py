"""What marks a demonstration: its name, its users and their password, and where it says for which day it was made."""

ESTABLISHMENT = "HMP Example"
PASSWORD = "demonstration"
ROLES = ("supervisor", "administrator", "manager", "inspector")
"""Who signs in: user names and roles are the same words."""
