"""The one kind of error that a user can put right."""


class InputError(ValueError):
    """Something given to the project cannot be used.

    The message is one sentence that names the value, the place it stands in and what to do. The command line prints
    it and ends with status 2; a notebook shows it instead of a traceback's inside.
    """
