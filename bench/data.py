"""Where real input lies, for trying and measuring; the project keeps none of it, and says so where it is absent."""

import os
from pathlib import Path

DATA = Path(os.environ.get("HOTLINE_BENCH_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
