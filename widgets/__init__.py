"""The furniture: what screens are made of; of db they know only its row dataclasses."""
