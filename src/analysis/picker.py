"""A notebook's parameters chosen from lists: the choice stands in the parameters, and nothing else changes."""

from collections.abc import MutableMapping
from typing import Any

from analysis.counts import releases, studies
from analysis.errors import InputError

NAMES = ("release", "offence", "outcome", "force")
"""The parameters in the order in which they are chosen: what one may be depends on those before it."""
TYPED = "a word of its title, or its code"


def pick_parameters(namespace: MutableMapping[str, Any]) -> Any:
    """Show a list for each of the parameters release, offence, outcome and force; a choice sets them, and no more.

    What another release does not have becomes the first of its list. Nothing is set before something is chosen.

    Parameters
    ----------
    namespace
        Where the parameters stand: `globals()` in a notebook. A force is offered only where there is one.

    Returns
    -------
    ipywidgets.VBox
        The lists, which a notebook shows where this is the last line of a cell.

    Raises
    ------
    InputError
        If ipywidgets is not installed, a parameter is not there, or one of them is unknown; near names are offered.

    Examples
    --------
    >>> parameters = {"release": "home-office-2018-19", "offence": "8R", "outcome": "charged"}
    >>> release, offence, outcome, said = pick_parameters(parameters).children
    >>> offence.value = "Stalking (8Q)"
    >>> parameters
    {'release': 'home-office-2018-19', 'offence': '8Q', 'outcome': 'charged'}
    """
    try:
        import ipywidgets
    except ImportError:
        raise InputError(
            "lists to choose from need ipywidgets, which the extra picker brings: in a clone run make lab, "
            "elsewhere pip install 'charge-rates[picker]', then restart the kernel"
        ) from None
    missing = [name for name in NAMES[:3] if name not in namespace]
    if missing:
        raise InputError(f"{' and '.join(missing)} must be there to be chosen: run the cell with the parameters first")
    return _Picker(namespace, ipywidgets).box


class _Picker:
    def __init__(self, namespace: MutableMapping[str, Any], ipywidgets: Any):
        self.namespace = namespace
        self.names = [name for name in NAMES if name in namespace]
        self.chosen = _official({name: namespace[name] for name in self.names})
        self.lists = {name: _choices(name, self.chosen) for name in self.names}
        self.widgets = {
            name: ipywidgets.Combobox(description=name, ensure_option=True, placeholder=TYPED)
            if name == "offence"
            else ipywidgets.Dropdown(description=name)
            for name in self.names
        }
        self.said = ipywidgets.Label()
        self.box = ipywidgets.VBox([*self.widgets.values(), self.said])
        self.show()
        for name, widget in self.widgets.items():
            widget.layout.width = "40em"
            widget.observe(lambda change, name=name: self.choose(name, change["new"]), "value")

    def show(self) -> None:
        """Let the lists show what is chosen, which is no choice itself."""
        self.is_showing = True
        for name, widget in self.widgets.items():
            widget.options = tuple(self.lists[name])
            widget.value = next(label for label, value in self.lists[name].items() if value == self.chosen[name])
        self.is_showing = False

    def choose(self, name: str, label: str) -> None:
        """Set the parameters to a choice and to what can be asked with it; what cannot be read changes nothing."""
        if self.is_showing or label not in self.lists[name]:
            return
        chosen, lists = self.chosen | {name: self.lists[name][label]}, dict(self.lists)
        self.said.value = ""
        try:
            for later in self.names[self.names.index(name) + 1 :]:
                lists[later] = _choices(later, chosen)
                if chosen[later] not in lists[later].values():
                    chosen[later] = next(iter(lists[later].values()))
        except InputError as error:
            self.said.value = str(error)
        else:
            self.chosen, self.lists = chosen, lists
            self.namespace.update(chosen)
        self.show()


def _official(given: dict[str, Any]) -> dict[str, str]:
    """Return parameters, each of which may be another name of what is meant, as the lists have them."""
    release = releases.find_release(given["release"])
    outcome = releases.find_outcome(release, given["outcome"]).id
    found = {"release": release.id, "offence": releases.find_offence(release, given["offence"]), "outcome": outcome}
    return found | ({"force": _study(found).find(given["force"])} if "force" in given else {})


def _choices(name: str, chosen: dict[str, str]) -> dict[str, str]:
    """Return {what is shown: its value} of a parameter, given those before it; forces without a report come last."""
    if name == "release":
        usable = [release for release in releases.list_releases() if release.kind == "study"]
        return {f"{release.title} ({release.id})": release.id for release in usable}
    release = releases.find_release(chosen["release"])
    if name == "offence":
        return {f"{title} ({code})": code for code, title in releases.list_questions(release).items()}
    if name == "outcome":
        return {outcome.label: outcome.id for outcome in releases.list_outcomes(release)}
    forces = _study(chosen).forces
    known, columns = forces["why_unknown"].isna(), ["force", "why_unknown"]
    unknown = {f"{force} ({why})": force for force, why in forces.loc[~known, columns].itertuples(index=False)}
    return {force: force for force in forces.loc[known, "force"]} | unknown


def _study(chosen: dict[str, str]) -> studies.Study:
    return studies.read_study(studies.make_study_id(chosen["release"], chosen["offence"], chosen["outcome"]))
