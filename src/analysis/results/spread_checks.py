"""What an allowance for forces' usual spread finds, and whom its limits would accuse."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Allowance:
    """One way to allow for how forces usually differ.

    Attributes
    ----------
    name : str
        "none", "winsorised" or "Paule–Mandel".
    tau2, deviation : float
        Variance between forces that it finds, and its root.
    outside_95, outside_998 : int
        Forces of the study beyond its 95% and 99.8% limits.
    accused : float
        Share of usual forces beyond its "99.8%" limits in the long run, if their spread is Paule and Mandel's.
    """

    name: str
    tau2: float
    deviation: float
    outside_95: int
    outside_998: int
    accused: float


@dataclass(frozen=True)
class AccusedCurve:
    """Share of usual forces beyond "99.8%" limits over the true spread between forces, one value for each deviation.

    Attributes
    ----------
    deviations : tuple of float
        Standard deviations of the forces' own rates.
    none, winsorised, paule_mandel : tuple of float
        The share under each allowance.
    """

    deviations: tuple[float, ...]
    none: tuple[float, ...]
    winsorised: tuple[float, ...]
    paule_mandel: tuple[float, ...]


@dataclass(frozen=True)
class Spread:
    """What the two ways to allow for forces' usual spread find, and how many usual forces each would accuse.

    Attributes
    ----------
    study : str
        The study.
    forces : int
        Its forces.
    none, winsorised, paule_mandel : Allowance
        Without an allowance, and with each.
    long_run_tau2 : float
        What winsorising would find in the long run, if Paule and Mandel's variance is true.
    curve : AccusedCurve
        The same over other true spreads.
    nominal : float
        Share of forces that 99.8% limits promise to accuse.
    kept : float
        Part of a normal spread's mean square that winsorising keeps.
    """

    study: str
    forces: int
    none: Allowance
    winsorised: Allowance
    paule_mandel: Allowance
    long_run_tau2: float
    curve: AccusedCurve
    nominal: float
    kept: float

    @property
    def allowances(self) -> tuple[Allowance, Allowance, Allowance]:
        """The three allowances, the smallest first."""
        return self.none, self.winsorised, self.paule_mandel
