"""The rulebook: pure functions and TOML; today's date is always an argument."""
