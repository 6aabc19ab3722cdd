"""The one refusal of evidence: a file is not taken, and its sender is told why."""

from app.kernel.errors import OfficeError


class BadFile(OfficeError):
    """A file that cannot be taken; the report it came with is taken all the same."""
