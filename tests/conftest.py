"""What all tests share: a cache of their own, and one linter that nothing on this machine configures."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from caveat.engine.linter import Linter

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 2)

settings.register_profile(  # seconds on the clock are no property of the code
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what runs leave behind out of the user's cache folder; the workers of one run share theirs."""
    before = os.environ.get("CAVEAT_CACHE_DIR")
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    os.environ["CAVEAT_CACHE_DIR"] = str(folder / "caveat-cache")
    yield
    if before is None:
        del os.environ["CAVEAT_CACHE_DIR"]
    else:
        os.environ["CAVEAT_CACHE_DIR"] = before


@pytest.fixture(scope="session")
def linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    """A linter with the shipped packs, an empty configuration and a fixed date."""
    config = tmp_path_factory.mktemp("config") / ".caveat.yaml"
    config.write_text("{}\n", encoding="utf-8")
    return Linter.load(config=config, today=TODAY, cache=False)


def processor_seconds(call: Callable[[], object]) -> float:
    """The processor seconds that a call takes, without those of a collection, which costs what the whole run holds."""
    gc.disable()
    try:
        before = time.process_time()
        call()
        return time.process_time() - before
    finally:
        gc.enable()


@pytest.fixture(scope="session")
def spent() -> Callable[[Callable[[], object]], float]:
    """The processor seconds that a call takes: the least of three, as other work on the machine only ever adds."""
    return lambda call: min(processor_seconds(call) for _ in range(3))


@pytest.fixture(scope="session")
def linear() -> Callable[..., bool]:
    """Whether the time of a call grows with its size: `linear(make, n)` times `make(n)`, `make(4 * n)`, `make(16 * n)`.

    Four times the size takes 4 times if it is linear and 16 times if it is quadratic. One step of nine times proves
    nothing, since what outgrows the processor's caches doubles what a word costs, once; two steps in turn do.
    What is over in 50 ms is no harm to anybody.
    """

    def grows(make: Callable[[int], Callable[[], object]], size: int) -> bool:
        calls = {n: make(n) for n in (size, 4 * size)}
        least = dict.fromkeys(calls, float("inf"))
        for step in (size, 4 * size):
            if step * 4 not in calls:
                calls[step * 4], least[step * 4] = make(step * 4), float("inf")
            for _ in range(3):
                for n in (step, step * 4):
                    least[n] = min(least[n], processor_seconds(calls[n]))
                if least[step * 4] < max(0.05, 9 * least[step]):
                    return True
        return False

    return grows
