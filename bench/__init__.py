"""Measured speed beside its references."""

import sys
from pathlib import Path

# What the benchmarks share with the runner of the tests: PostgreSQL, fonts, the judges of papers.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))
