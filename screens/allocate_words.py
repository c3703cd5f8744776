"""How a form of allocation is asked for: which cases, in a route that survives the lock."""

from zlib import crc32

from screens.routes import Route

MANY = "allocate-many"
_EVERYTHING = "of:"


def everything(staff: str) -> Route:
    """The way to the form for everything a supervisor holds; with `staff` empty, for everybody without one."""
    return Route(MANY, cursor=staff or "unallocated", detail=_EVERYTHING + staff)


def several(numbers: tuple[str, ...]) -> Route:
    """The way to the form for these cases; for one to its own."""
    if len(numbers) == 1:
        return Route("allocate", numbers[0])
    listed = ",".join(numbers)
    # A draft belongs to these cases and no others.
    return Route(MANY, cursor=f"{crc32(listed.encode()):08x}", detail=listed)


def asked_for(route: Route) -> tuple[tuple[str, ...], str | None]:
    """The numbers a route names, and the supervisor whose every case it means (None where it names numbers)."""
    if route.detail.startswith(_EVERYTHING):
        return (), route.detail.removeprefix(_EVERYTHING)
    return tuple(number for number in route.detail.split(",") if number), None
