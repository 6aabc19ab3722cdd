"""What Schemathesis must be told: how a piece of a file is written, and what can be reported to a demonstration."""

import schemathesis


@schemathesis.serializer("application/offset+octet-stream")
def piece(_context, value):  # noqa: ANN001, ANN201  (runs in Schemathesis' own environment)
    if hasattr(value, "data"):  # its own wrapper of binary strings
        value = value.data
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def before_call(_context, case, _kwargs) -> None:  # noqa: ANN001
    """A valid report names a service that there is (a schema cannot list them): else each would be a 404."""
    body, meta = case.body, case.meta
    valid = meta is None or (meta.phase.name == "fuzzing" and meta.generation.mode.is_positive)
    if valid and isinstance(body, dict) and "service_code" in body:
        body["service_code"] = "noise" if len(str(body.get("description"))) % 2 else "air"
        body.pop("api_key", None)
        if body.get("address_id"):
            body["address_id"] = "430211"
