"""Counts of all forces on many pages, and which force each fit leaves out."""

from typing import NamedTuple

import numpy as np

from analysis.statistics.arrays import Flags, Floats, Indices

NOBODY = -1
"""Stands for the index of the force that is left out where all stay in."""


class PageCounts(NamedTuple):
    """Counts of all forces, page by page, and which of them is left out of which page."""

    k: Floats
    n: Floats
    """Pages by forces; 0 of 0 for a force that takes no part."""
    page: Indices
    left: Indices
    """Row by row of the fits."""

    def of(self, rows: Indices | Flags) -> "PageCounts":
        """Return the same counts for some of the rows."""
        return self._replace(page=self.page[rows], left=self.left[rows])

    def own_pages(self) -> "PageCounts":
        """Return the same rows with their pages only."""
        pages, page = np.unique(self.page, return_inverse=True)
        return PageCounts(self.k[pages], self.n[pages], page, self.left)

    def everybody(self) -> "PageCounts":
        """Return the same counts with one row for each page, from which nobody is left out."""
        pages = np.arange(len(self.k))
        return self._replace(page=pages, left=np.full(pages.size, NOBODY))

    def sum_others(self, parts: Floats, *, by_page: bool = False) -> Floats:
        """Sum parts, whose last axis are the forces and the one before them rows or pages, without each row's own."""
        at = self.page if by_page else np.arange(self.page.size)
        own = np.where(self.left == NOBODY, 0.0, parts[..., at, self.left])
        total: Floats = parts.sum(axis=-1)[..., at] - own
        return total
