"""Many phrases with alternatives in one deterministic automaton: found in one pass, without spelling them out.

Ten alternatives in each of five places are 100,000 phrases to a trie and some fifty states here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Forms = Sequence[Sequence[str]]


class _State(dict[str, "_State"]):
    payloads: tuple[int, ...] = ()  # of the class where there are none, as in most: nothing of it is kept then


class PhraseAutomaton:
    """Patterns of word positions, each with a number. Add all patterns, then scan. Plain data: it can be pickled."""

    def __init__(self, patterns: Sequence[tuple[Sequence[Forms], int]]) -> None:
        """Compile patterns: each a sequence of positions (the norm sequences a position may take) and its number.

        Raises:
            ValueError: for a pattern that matches nothing at all.
        """
        self._root = _Builder(patterns).build()

    def scan(self, norms: Sequence[str], low: int, high: int) -> Iterator[tuple[int, int, int]]:
        """Every occurrence of every pattern between two tokens as (start, end, number), by start, then by end."""
        for start, first in enumerate(map(self._root.get, norms[low:high]), low):
            state, end = first, start + 1
            while state is not None:
                for number in state.payloads:
                    yield start, end, number
                state = state.get(norms[end]) if end < high else None
                end += 1


class _Builder:
    """The subset construction. It ends because patterns have no loops."""

    def __init__(self, patterns: Sequence[tuple[Sequence[Forms], int]]) -> None:
        self._edges: list[list[tuple[str, int]]] = []
        self._skips: list[list[int]] = []
        self._payloads: list[int | None] = []
        self._starts = [self._add(positions, number) for positions, number in patterns]
        self._states: dict[frozenset[int], _State] = {}

    def _node(self, payload: int | None = None) -> int:
        self._edges.append([])
        self._skips.append([])
        self._payloads.append(payload)
        return len(self._edges) - 1

    def _add(self, positions: Sequence[Forms], number: int) -> int:
        if all(any(not form for form in forms) for forms in positions):
            raise ValueError("a pattern without a required word matches everywhere")
        following = self._node(number)
        for forms in reversed(positions):
            here = self._node()
            for form in forms:
                self._path(here, form, following)
            following = here
        return following

    def _path(self, here: int, form: Sequence[str], following: int) -> None:
        if not form:
            self._skips[here].append(following)
            return
        for word in form[:-1]:
            there = self._node()
            self._edges[here].append((word, there))
            here = there
        self._edges[here].append((form[-1], following))

    def build(self) -> _State:
        pending = [self._closure(self._starts)]
        root = self._states[pending[0]] = _State()
        while pending:
            nodes = pending.pop()
            state = self._states[nodes]
            payloads = {p for node in nodes if (p := self._payloads[node]) is not None}
            if payloads:
                state.payloads = tuple(sorted(payloads))
            reached: dict[str, list[int]] = {}
            for node in nodes:
                for word, there in self._edges[node]:
                    reached.setdefault(word, []).append(there)
            for word, there_nodes in reached.items():
                closed = self._closure(there_nodes)
                if closed not in self._states:
                    self._states[closed] = _State()
                    pending.append(closed)
                state[word] = self._states[closed]
        return root

    def _closure(self, nodes: Sequence[int]) -> frozenset[int]:
        found = set(nodes)
        pending = list(nodes)
        while pending:
            for there in self._skips[pending.pop()]:
                if there not in found:
                    found.add(there)
                    pending.append(there)
        return frozenset(found)
