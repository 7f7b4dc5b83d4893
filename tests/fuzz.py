"""Run the tests that try random examples with new ones, again and again for some minutes.

    python -m tests.fuzz --minutes 5
    python -m tests.fuzz --seed 1234567     # what a round with this seed found, once more

Every round has a seed of its own, printed before it. A round that has begun is finished.
"""

import argparse
import os
import secrets
import subprocess
import sys
import time


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=5.0, help="until no round begins any more")
    parser.add_argument("--seed", type=int, help="one round with this seed")
    options, of_pytest = parser.parse_known_args()
    end = time.monotonic() + 60 * options.minutes
    rounds = 0
    while not rounds or (options.seed is None and time.monotonic() < end):
        seed = secrets.randbelow(10**9) if options.seed is None else options.seed
        rounds += 1
        print(f"fuzz: round {rounds}, seed {seed}", flush=True)
        command = [sys.executable, "-m", "pytest", "-q", "-m", "fuzz", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [*command, f"--hypothesis-seed={seed}", *of_pytest],
            env={**os.environ, "FUZZ_SEED": str(seed)},
            check=False,
        )
        if done.returncode:
            print(f"fuzz: found by seed {seed}; again: make fuzz SEED={seed}", flush=True)
            return done.returncode
    print(f"fuzz: {rounds} rounds, nothing found", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
