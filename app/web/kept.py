"""The words of a request that could not be carried out: shown to their writer, so that nothing typed is lost."""

from flask import current_app, request

SECRET = ("csrf_token", "password", "passphrase", "secret", "otp", "query_code")
SHORTEST = 4


def carried() -> list[tuple[str, str]]:
    """Every field that may be sent once more, in its order; secrets have to be typed again."""
    return [
        (name, value) for name, value in request.form.items(multi=True) if not any(secret in name for secret in SECRET)
    ]


def words() -> list[str]:
    """What a person wrote, without marks, numbers and choices."""
    return [value for _, value in carried() if _is_prose(value)]


def from_here() -> bool:
    """Whether the request was sent by a page of ours.

    Browsers say so themselves; older ones send the session cookie only from our own pages (SameSite).
    """
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told in {"same-origin", "none"}
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def _is_prose(value: str) -> bool:
    return len(value.strip()) >= SHORTEST and (not value.isascii() or " " in value.strip())
