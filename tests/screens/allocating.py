"""The small prison with more supervisors: some cases have changed hands before."""

from datetime import date

from db import commands, door
from tests.screens.prison import CARTER, MANAGER, TODAY, Prison, number_of

BARLOW, ODUYA, FENWICK, KAUR, LLOYD, HUSSAIN, MARSH = (number_of(at) for at in (0, 1, 2, 3, 4, 6, 7))
"""The first five are J Carter's, Oduya once M Hall's; Hussain waits for anybody, Marsh was T Green's until February."""


def staffed(prison: Prison) -> Prison:
    """Two more supervisors, T Green and M Hall, and one who has left."""
    door.sign_in_with(prison.directory, prison.key, MANAGER.staff, TODAY)
    try:
        for id, name in (("tgreen", "T Green"), ("mhall", "M Hall"), ("gone", "G One")):
            commands.add_staff(MANAGER, id, name, None, TODAY)
        commands.disable(MANAGER, "gone", TODAY)
        commands.set_facts(MANAGER, MARSH, {"supervisor": "tgreen"}, date(2026, 1, 5))
        commands.set_facts(MANAGER, MARSH, {"supervisor": None}, date(2026, 2, 26))
        commands.allocate(MANAGER, {ODUYA: "mhall"}, "On leave", date(2026, 1, 5))
        commands.allocate(MANAGER, {ODUYA: CARTER.staff}, "M Hall moves to another wing", date(2026, 2, 2))
        return prison
    finally:
        door.sign_out()
