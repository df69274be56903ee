"""What is said of the forces that are set aside because too many of their cases are open."""

from analysis.presentation.formats import forces, listed, percent
from analysis.results.set_aside import OpenCases, Screening


def screening_sentence(found: Screening) -> str:
    """Return which forces of a release are set aside, in one sentence, also where none is.

    Examples
    --------
    >>> print(screening_sentence(Screening(2, (OpenCases("Gwent", 100, 60),), OpenCases("Kent", 100, 5))))
    Screened for open cases: Gwent is set aside, with no outcome yet in 60.0% of its crimes (next is Kent, 5.0%).
    >>> print(screening_sentence(Screening(2, (), OpenCases("Kent", 100, 5))))
    Screened for open cases: none of 2 forces is set aside (most are open in Kent, 5.0% of its crimes).
    """
    other = found.next_force
    if not found.set_aside:
        most = f" (most are open in {other.force}, {_share(other)} of its crimes)" if other else ""
        return f"Screened for open cases: none of {forces(found.forces)} is set aside{most}."
    names = listed([one.force for one in found.set_aside])
    is_are, its_their = ("is", "its") if len(found.set_aside) == 1 else ("are", "their")
    shares = listed([_share(one) for one in found.set_aside])
    after = f" (next is {other.force}, {_share(other)})" if other else ""
    return (
        f"Screened for open cases: {names} {is_are} set aside, with no outcome yet in {shares} of {its_their} "
        f"crimes{after}."
    )


def _share(one: OpenCases) -> str:
    return percent(one.open / one.recorded)
