"""Every method of the project beside its definition: `make opinions` prints the largest difference of each."""

import random
import sys

import mpmath as mp
from independent import METHODS, SEED
from independent_verdicts import VERDICTS

OPINIONS = METHODS | VERDICTS


def largest_difference(method, cases):
    """Return the largest difference between the first and the second opinion over so many random cases."""
    rng, largest = random.Random(SEED), 0.0
    for _ in range(cases):
        case = method.case(rng)
        ours = method.ours(*case)
        for one, other in zip(ours, method.theirs(ours, *case), strict=True):
            assert (one is None) == (other is None), case
            if one is not None and one != other:
                difference = abs(mp.mpf(float(one)) - other) / max(abs(other), method.below)
                largest = max(largest, float(difference))
    return largest


def main(cases):
    """Print the largest difference of each method."""
    print(f"Largest relative difference between the methods and their definitions in 30 digits, seed {SEED}:")
    for name, method in OPINIONS.items():
        number = max(cases // method.share, 1)
        print(f"{name:<32} {largest_difference(method, number):.1e} in {number:,} cases", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
