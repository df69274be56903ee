"""Say how many mutants the tests killed in each part, and which of the others tests/mutants.md does not explain.

Run by `make mutants` after `mutmut run`. A mutant that runs out of time is killed, as its loop has no end, and so
is one that brings the process down.
"""

import re
from collections import Counter
from pathlib import Path

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

EXPLAINED = Path(__file__).with_suffix(".md")
KILLED = ("killed", "timeout", "segfault", "suspicious")


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


def explained() -> dict[str, list[re.Pattern]]:
    """Return patterns of code by the headings of mutants.md: lines as they are, and what is found anywhere in one."""
    found = {}
    for part in EXPLAINED.read_text(encoding="utf-8").split("\n## ")[1:]:
        heading, _, text = part.partition("\n")
        codes = [" ".join(code.replace(r"\|", "|").split()) for code in re.findall(r"(?m)^\| `(.+?)` \|", text)]
        found[heading] = [re.compile(re.escape(code) if heading == "Lines" else f".*{code}.*") for code in codes]
    return found


def matches(code: str, patterns: list[re.Pattern]) -> bool:
    """Return whether one of the patterns is all of the code."""
    return any(pattern.fullmatch(code) for pattern in patterns)


def main() -> None:
    """Print the share of killed mutants of each part, and every survivor that nobody has explained."""
    mutants, known = statuses(), explained()
    unchecked = [name for name, (_, status) in mutants.items() if status == "not checked"]
    for name in unchecked:
        del mutants[name]
    alive = {name: new_code(name, path) for name, (path, status) in mutants.items() if status not in KILLED}
    same = {name for name, code in alive.items() if matches(code, known["Lines"] + known["Kinds"])}
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
    for name in sorted(name for name in set(alive) - same if not matches(alive[name], known["Left alone"])):
        print(f"{name.removeprefix('analysis.')} ({mutants[name][1]}): {alive[name]}")


if __name__ == "__main__":
    main()
