from __future__ import annotations

from pathlib import Path

import pytest

from caveat.analysis.context import ContextFinder
from caveat.analysis.pipeline import Pipeline
from caveat.packs.cues import CueData
from caveat.packs.datafile import load_file

CUES = Path(__file__).parents[2] / "rules" / "lexicon" / "cues.yaml"


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture(scope="session")
def cue_data() -> CueData:
    return load_file(CUES, CueData)


@pytest.fixture(scope="session")
def finder(pipeline: Pipeline, cue_data: CueData) -> ContextFinder:
    return ContextFinder(cue_data, pipeline.norms)
