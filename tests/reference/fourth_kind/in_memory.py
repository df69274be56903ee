"""A kind of release for a test: three forces in memory, copied into the package as a folder of its own."""

from dataclasses import dataclass
from typing import ClassVar

FIGURES = {"Essex": (10, 100), "Gwent": (5, 50), "Kent": (40, 100)}


@dataclass(frozen=True)
class InMemoryRelease:
    release: object
    every_offence: ClassVar[bool] = False

    @staticmethod
    def holds(release):
        return release.counts == "in memory"

    def offences(self):
        return {"8/71": "intimate image abuse"}

    def study_rows(self, offence, outcome, missing):
        window = {"window_start": self.release.window_start, "window_end": self.release.window_end}
        known = {"open": 0, "how_known": "told", "why_unknown": None, "marked": None, "source": self.release.source}
        return [
            {"force": force, "count_low": count, "count_high": count, "recorded": recorded} | window | known
            for force, (count, recorded) in FIGURES.items()
        ]

    def force_outcomes(self, offence, force):
        count, recorded = FIGURES[force]
        numbers = {"count_low": count, "count_high": count, "recorded": recorded}
        return [{"outcome_type": "1", "label": "Charged", "open": False, "how_known": "told"} | numbers]

    def cells(self, outcome):
        return []

    def codes(self):
        return {"8/71"}

    def totals(self):
        return {}

    def check(self):
        return iter(())
