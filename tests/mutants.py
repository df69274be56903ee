"""Say how many mutants the tests killed, and which of the others tests/mutants.md does not explain.

Run by `make mutants` after `mutmut run`. A mutant that runs out of time is killed: its loop has no end.
"""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

EXPLAINED = Path(__file__).with_suffix(".md")
KILLED = ("killed", "timeout", "segfault", "suspicious")


def mutmut(*arguments: str) -> list[str]:
    """Return the lines that mutmut prints."""
    command = [Path(sys.executable).with_name("mutmut"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def changed_lines(mutant: str) -> list[str]:
    """Return what the mutant puts in the place of the code."""
    diff = mutmut("show", mutant)
    return [" ".join(line[1:].split()) for line in diff if line.startswith("+") and not line.startswith("+++")]


def main() -> int:
    """Print the share of killed mutants and every one that nobody has explained; 1 if there is such a one."""
    rows = [re.fullmatch(r"\s*(\S+): (.+)", line) for line in mutmut("results", "--all", "true")]
    status = {row[1]: row[2] for row in rows if row}
    explained = " ".join(EXPLAINED.read_text(encoding="utf-8").split())
    left = {mutant: changed_lines(mutant) for mutant, word in status.items() if word not in KILLED}
    equivalent = [mutant for mutant, lines in left.items() if all(f"`{line}`" in explained for line in lines)]
    killed, counted = len(status) - len(left), len(status) - len(equivalent)
    print(", ".join(f"{count} {word}" for word, count in sorted(Counter(status.values()).items())))
    print(
        f"{killed} of {counted} mutants killed ({killed / counted:.1%}), without {len(equivalent)} that change nothing"
    )
    for mutant in sorted(set(left) - set(equivalent)):
        print(f"{mutant} ({status[mutant]}): {' / '.join(left[mutant])}")
    return 0 if len(left) == len(equivalent) else 1


if __name__ == "__main__":
    sys.exit(main())
