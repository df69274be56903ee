"""Marks forces that somebody sets beside each other, among the others that they are compared with."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.counts.forces import recognise_forces
from analysis.results.compared_forces import ComparedForce


def mark_alike(rows: Sequence[ComparedForce], alike: Sequence[str]) -> tuple[ComparedForce, ...]:
    """Return rows of forces, each with `similar`: whether it is one of these forces, under whatever name it stands.

    Examples
    --------
    >>> from analysis.answer import compare_study
    >>> rows = mark_alike(compare_study("radar-2022/8-71/charged").forces, ["Gwent"])
    >>> [row.force for row in rows if row.similar]
    ['Gwent']
    """
    forces = recognise_forces(row.force for row in rows)
    marks = [force is not None and force.name in alike for force in forces]
    return tuple(replace(row, similar=mark) for row, mark in zip(rows, marks, strict=True))
