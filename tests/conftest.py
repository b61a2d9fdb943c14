"""What all tests share: a cache of their own, and one linter that nothing on this machine configures."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from caveat.engine.linter import Linter

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 2)

settings.register_profile("any machine", deadline=None)  # seconds on the clock are no property of the code
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


@pytest.fixture(scope="session")
def spent() -> Callable[[Callable[[], object]], float]:
    """The processor seconds that a call takes: the least of three, as other work on the machine only ever adds."""

    def least(call: Callable[[], object]) -> float:
        times = []
        for _ in range(3):
            gc.disable()  # a collection costs what the whole test run holds by then, whatever is called
            try:
                before = time.process_time()
                call()
                times.append(time.process_time() - before)
            finally:
                gc.enable()
        return min(times)

    return least
