"""How much the tests leave to chance: nothing, but for `make fuzz`.

The random examples of a test are the same on every run and every machine. `make fuzz` draws others
from a seed (FUZZ_SEED), more of them, and keeps what it finds in FOUND.
"""

import os
from pathlib import Path
from random import Random

import hypothesis

SEED = os.environ.get("FUZZ_SEED", "")
FUZZING = bool(SEED)
FOUND = Path(__file__).resolve().parent.parent / ".fuzz"
"""Where Hypothesis keeps examples that failed, and files and links stand that broke something."""

TIMES_AS_MANY = 10
"""Examples of `make fuzz` for one of `make test`, where a test does not say."""


def load_profile() -> None:
    """Let Hypothesis draw the same examples every time, or, for `make fuzz`, new ones."""
    # A limit on the time of one example only tells how busy the machine is.
    hypothesis.settings.register_profile("same", deadline=None, derandomize=True, database=None)
    found = hypothesis.database.DirectoryBasedExampleDatabase(FOUND / "examples")
    hypothesis.settings.register_profile(
        "chance", deadline=None, derandomize=False, database=found, print_blob=True
    )
    hypothesis.settings.load_profile("chance" if FUZZING else "same")


def count(usual: int, fuzzing: int | None = None) -> int:
    """Return how many examples to try: `usual`, or in `make fuzz` `fuzzing`."""
    return (fuzzing or TIMES_AS_MANY * usual) if FUZZING else usual


def examples(usual: int, fuzzing: int | None = None) -> hypothesis.settings:
    """Return the settings of a test that tries so many random examples."""
    return hypothesis.settings(max_examples=count(usual, fuzzing))


def numbers(number: int) -> Random:
    """Return the random numbers of one example: its own, and the same whenever the seed is."""
    return Random(f"{SEED}/{number}")  # noqa: S311


def kept(name: str, content: bytes) -> Path:
    """Keep what broke something, to be tried again."""
    FOUND.mkdir(exist_ok=True)
    file = FOUND / name
    file.write_bytes(content)
    return file
