"""The measures of time that other tests rely on can fail."""

from __future__ import annotations

import time
from collections.abc import Callable

Linear = Callable[..., bool]


def taking(seconds: float) -> Callable[[], object]:
    def work() -> None:
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass

    return work


def test_a_step_for_each_item_is_linear(linear: Linear) -> None:
    assert linear(lambda n: taking(n * 0.015), 1)


def test_a_step_for_each_pair_is_not(linear: Linear) -> None:
    assert not linear(lambda n: taking(n * n * 0.004), 1)


def test_one_costly_step_is_no_square(linear: Linear) -> None:
    assert linear(lambda n: taking(n * (0.003 if n == 1 else 0.015)), 1)
