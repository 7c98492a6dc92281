"""Which groups may be named: the smallest are joined into blocks, and only whole blocks are ever published.

Everything that is published is a sum of whole blocks, and every block is large enough. So whatever is added to
or subtracted from whatever else, the result never stands for a part of a block: no hidden number can be
recovered, from any table, however many are asked for. A test holds this with linear algebra.

A group is joined with those nearest to it (the same work in other schools, other classes of the same school),
so that the totals above them stay whole. Against an earlier release the blocks only grow, and what came or went
since must itself be large enough: the difference of two releases then shows no small group either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

Key = Hashable
Shared = Callable[[Key], Hashable]
"""What a group shares with others."""


@dataclass(frozen=True)
class Size:
    """How many people stand in a group, and what the shares of it count: one part for each that is shown."""

    n: float = 0
    parts: tuple[float, ...] = ()
    whole: float = 0


@dataclass(frozen=True)
class Rule:
    """When a group may be named: so many people, and so many with and without what is counted."""

    smallest: int
    spare: int = 0

    def allows(self, size: Size) -> bool:
        """Is this group large and mixed enough?"""
        return size.n >= self.smallest and not self.tells_all(size)

    def tells_all(self, size: Size) -> bool:
        """Nearly everybody has the same: a number would tell of each."""
        return any(min(part, size.whole - part) < self.spare for part in size.parts)


@dataclass(frozen=True)
class Groups:
    """The smallest groups of a release and how they are joined."""

    sizes: Mapping[Key, Size]
    steps: Sequence[Shared]
    """With whom a group may be joined, nearest first."""
    same_people: Shared
    """Groups of the same people (one class in two subjects), who are not counted twice."""

    def size(self, keys: Iterable[Key]) -> Size:
        """The size of several groups together."""
        people: dict[Hashable, float] = defaultdict(float)
        parts: list[tuple[float, ...]] = []
        whole = 0.0
        for key in keys:
            one = self.sizes[key]
            people[self.same_people(key)] = max(people[self.same_people(key)], one.n)
            parts.append(one.parts)
            whole += one.whole
        return Size(sum(people.values()), tuple(map(sum, zip(*parts, strict=True))), whole)


@dataclass
class Block:
    """Groups that are only published together."""

    keys: list[Key]
    size: Size
    is_open: bool = False


@dataclass(frozen=True)
class Published:
    """What a release publishes: its groups and the blocks they stand in."""

    groups: Groups
    blocks: Sequence[Block]

    @cached_property
    def place(self) -> dict[Key, Block]:
        """The open block of each group."""
        return {key: block for block in self.blocks if block.is_open for key in block.keys}

    def may_differ(self, keys: Sequence[Key], now: Groups, rule: Rule) -> bool:
        """Is what came, went or grew since this release large enough to be told by subtraction?"""
        known = {id(self.place[key]): self.place[key] for key in keys if key in self.place}
        before = {key for block in known.values() for key in block.keys}
        if not before:
            return True
        stayed = [key for key in keys if key in before]
        moved = (
            now.size(key for key in keys if key not in before),
            self.groups.size(key for key in before if key not in now.sizes),
            _difference(now.size(stayed), self.groups.size(stayed)),
            # What is left of one earlier block follows from the whole less the others that stayed as they were.
            *(now.size(key for key in block.keys if key in now.sizes) for block in known.values()),
        )
        return all(rule.allows(part) for part in moved if part.n)


def _difference(one: Size, other: Size) -> Size:
    """Those who were added to a group or taken out of it."""
    parts = zip(one.parts, other.parts, strict=True)
    return Size(abs(one.n - other.n), tuple(abs(a - b) for a, b in parts), abs(one.whole - other.whole))


@dataclass
class Plan:
    """Joins the groups of a release so that each block may be named."""

    groups: Groups
    rule: Rule
    earlier: Sequence[Published] = ()

    def published(self) -> Published:
        """The blocks; what cannot be helped at the widest step stays closed."""
        waiting = self._units()
        for step in self.groups.steps:
            together: dict[Hashable, list[Block]] = defaultdict(list)
            for block in waiting:
                shared = {step(key) for key in block.keys}
                together[shared.pop() if len(shared) == 1 else ("apart", id(block))].append(block)
            waiting = [block for group in together.values() for block in self._joined(group)]
        return Published(self.groups, waiting)

    def _units(self) -> list[Block]:
        """Single groups; those that an earlier release published only together stay together."""
        joined = {key: [key] for key in self.groups.sizes}
        for release in self.earlier:
            for block in release.blocks:
                there = [joined[key] for key in block.keys if key in joined] if block.is_open else []
                together = list(dict.fromkeys(key for unit in there for key in unit))
                joined |= dict.fromkeys(together, together)
        return [self._block(unit) for unit in {id(unit): unit for unit in joined.values()}.values()]

    def _block(self, keys: list[Key]) -> Block:
        size = self.groups.size(keys)
        differs = (release.may_differ(keys, self.groups, self.rule) for release in self.earlier)
        return Block(keys, size, self.rule.allows(size) and all(differs))

    def _joined(self, group: list[Block]) -> list[Block]:
        """The closed blocks of a group made one, with as many of the smallest open ones as that takes."""
        closed = [block for block in group if not block.is_open]
        if not closed or len(group) == 1:
            return group
        opened = sorted(
            (b for b in group if b.is_open), key=lambda b: (b.size.n, str(b.keys[0])), reverse=True
        )
        rest = self._block([key for block in closed for key in block.keys])
        while opened and not rest.is_open:
            rest = self._block([*rest.keys, *opened.pop().keys])
        return [rest, *opened]
