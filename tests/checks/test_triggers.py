"""What makes a page owe its readers something."""

from __future__ import annotations

import pytest

from caveat.checks import page
from caveat.packs.when.disclosure import SignalKind, Trigger


@pytest.mark.parametrize("trigger", Trigger, ids=str)
def test_a_trigger_that_nothing_finds_is_a_signal(trigger: Trigger) -> None:
    """Any other would never hold, and no rule that names it would be heard."""
    assert trigger in page._FINDERS or trigger.value in set(SignalKind)
