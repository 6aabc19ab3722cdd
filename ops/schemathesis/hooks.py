"""What Schemathesis must be told: how a piece of a file is written.

What can be reported to a demonstration is in schemathesis.toml: a body with a file that a hook edits is taken for one
that breaks its schema, whatever it is.
"""

import schemathesis


@schemathesis.serializer("application/offset+octet-stream")
def piece(_context, value):  # noqa: ANN001, ANN201  (runs in Schemathesis' own environment)
    if hasattr(value, "data"):  # its own wrapper of binary strings
        value = value.data
    return value if isinstance(value, bytes) else str(value).encode()
