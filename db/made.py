"""Long lists of which a screen shows a few: what stands in them is made when it is looked at."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Generic, TypeVar, overload

T = TypeVar("T")


class Made(Sequence[T], Generic[T]):
    """A long list whose things are made when they are first looked at, each from something that has been read."""

    def __init__(self, sources: Callable[[], Sequence[object]], make: Callable[..., T]) -> None:
        """`sources` puts what was read in order, once somebody looks; `make` gives the thing that belongs to one."""
        self._sources = sources
        self._make = make
        self._made: dict[int, T] = {}

    @cached_property
    def _from(self) -> Sequence[object]:
        return self._sources()

    def __len__(self) -> int:
        return len(self._from)

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...

    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(len(self))[at])
        at = range(len(self))[at]
        if at not in self._made:
            self._made[at] = self._make(self._from[at])
        return self._made[at]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Made):
            return self._from == other._from
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __repr__(self) -> str:
        return repr(tuple(self))
