"""Who stands around a case, and the needs that shape the work with somebody, as the overview shows them."""

import msgspec


class PersonRow(msgspec.Struct, frozen=True):
    """Somebody who stands around a case now; `role` as the register has it, `contact` how to reach them."""

    id: str
    role: str
    name: str
    contact: str
    area: str


class NeedRow(msgspec.Struct, frozen=True):
    """A need that shapes the work; `done`: what was done about it, "" for nothing yet; `hidden`: it is discreet."""

    id: str
    need: str
    detail: str
    done: str
    hidden: bool
