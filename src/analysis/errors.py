"""The one kind of error that a user can put right."""


class InputError(ValueError):
    """Something given to the project cannot be used.

    The message is one sentence that names the value, the place it stands in and what to do. The command line prints
    it and ends with status 2; a notebook shows it without the traceback that led to it.
    """

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows for this error: the sentence alone."""
        return [str(self)]
