"""Finding a person by any part of name, number or cell."""

from datetime import date

from db import engine, roles
from db.current import store
from db.rows import Actor, CaseRow
from db.texts import plain
from db.views.caseload import case_rows, columns


def find(actor: Actor, text: str, today: date, limit: int = 50) -> tuple[CaseRow, ...]:
    """People whose name, number or cell has every word of the text somewhere in it; those here first, then by name."""
    roles.check_reads(actor)
    wanted = plain(text).split()
    if not wanted:
        return ()
    terms = " AND ".join("find LIKE ? ESCAPE '!'" for _ in wanted)
    values = [f"%{_escaped(word)}%" for word in wanted]
    sql = f"SELECT {columns()} FROM standing WHERE {terms} ORDER BY present DESC, surname, forenames, number LIMIT ?"
    with store().read():
        return case_rows(engine.run(store().database, sql, (*values, limit)), today)


def _escaped(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
