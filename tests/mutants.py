"""Say how many mutants the tests killed in each part, and which of the others tests/mutants.md does not explain.

Run by `make mutants` after `mutmut run`. A mutant that runs out of time is killed: its loop has no end.
"""

import re
import sys
from collections import Counter
from pathlib import Path

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

EXPLAINED = Path(__file__).with_suffix(".md")
KILLED = ("killed", "timeout", "segfault")


def statuses() -> dict[str, tuple[Path, str]]:
    """Return the file that each mutant is of, and what became of it."""
    found = {}
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        found |= {name: (path, status_by_exit_code[code]) for name, code in data.exit_code_by_key.items()}
    return found


def new_code(mutant: str, path: Path) -> str:
    """Return what the mutant puts in the place of the code, on one line."""
    lines = get_diff_for_mutant(mutant, path=path).splitlines()
    return " ".join(" ".join(line[1:].split()) for line in lines if re.match(r"\+(?!\+\+)", line))


def equivalents() -> list[re.Pattern]:
    """Return the patterns of code that changes nothing: the lines of mutants.md as they are, and its kinds."""
    lines, kinds = (
        [code.replace(r"\|", "|") for code in re.findall(r"(?m)^\| `(.+?)` \|", part)]
        for part in EXPLAINED.read_text(encoding="utf-8").split("## Kinds")
    )
    return [re.compile(pattern) for pattern in (*map(re.escape, lines), *(f".*{kind}.*" for kind in kinds))]


def main() -> int:
    """Print the share of killed mutants of each part, and every survivor that nobody has explained."""
    mutants, known = statuses(), equivalents()
    unchecked = [name for name, (_, status) in mutants.items() if status == "not checked"]
    for name in unchecked:
        del mutants[name]
    alive = {name: new_code(name, path) for name, (path, status) in mutants.items() if status not in KILLED}
    same = {name for name, code in alive.items() if any(pattern.fullmatch(code) for pattern in known)}
    made, killed, counted = Counter(), Counter(), Counter()
    for name, (path, status) in mutants.items():
        for part in (path.parent.name, "all"):
            made[part] += 1
            killed[part] += status in KILLED
            counted[part] += name not in same
    for part in sorted(made, key=lambda part: (part == "all", part)):
        share = f"{killed[part]:,} of {counted[part]:,} killed ({killed[part] / counted[part]:.1%})"
        print(f"{part}: {share}; {made[part] - counted[part]} more change nothing")
    print(f"{len(unchecked):,} not run")
    for name in sorted(set(alive) - same):
        print(f"{name.removeprefix('analysis.')} ({mutants[name][1]}): {alive[name]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
