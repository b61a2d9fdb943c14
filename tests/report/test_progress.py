"""Progress is drawn for people only."""

from __future__ import annotations

import io

from caveat.report.progress import track

from .test_terminal import Tty


def test_items_pass_unchanged_and_nothing_is_drawn_in_a_pipe() -> None:
    stream = io.StringIO()
    assert list(track(range(100), total=100, stream=stream)) == list(range(100))
    assert stream.getvalue() == ""


def test_a_short_run_draws_nothing() -> None:
    stream = Tty()
    assert list(track(range(3), total=3, stream=stream)) == [0, 1, 2]
    assert stream.getvalue() == ""


def test_a_long_run_at_a_terminal_draws_a_bar() -> None:
    stream = Tty()
    assert len(list(track(range(100), total=100, stream=stream))) == 100
    assert "100/100" in stream.getvalue()
