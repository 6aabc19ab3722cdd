"""What existing GeoReport clients send and how they read the answer, as their sources have it."""

from urllib.parse import urlencode
from xml.etree import ElementTree as ET

V2 = "/open311/v2/"


class Client:
    """Sends as they do: no cookie, no token, no Accept of a browser."""

    def __init__(self, app, jurisdiction="ours", api_key=""):
        self.app, self.jurisdiction, self.api_key = app, jurisdiction, api_key

    def get(self, path, **params):
        asked = urlencode({"jurisdiction_id": self.jurisdiction} | params, doseq=True)
        return self.app.test_client().get(f"{V2}{path}?{asked}")

    def post(self, path, params, **more):
        sent = [("jurisdiction_id", self.jurisdiction), ("api_key", self.api_key), *params]
        content = "application/x-www-form-urlencoded"
        return self.app.test_client().post(V2 + path, data=urlencode(sent), content_type=content, **more)


FIXMYSTREET = [
    ("lat", "27.827"), ("long", "113.135"), ("email", "mao@example.org"),
    ("description", "title: 黄烟\n\ndetail: 夜里有黄烟，气味刺鼻。\n\nurl: http://fixmystreet.example/report/12\n\nSubmitted via FixMyStreet\n"),
    ("service_code", "air"), ("first_name", "Mao"), ("last_name", "Ceshi"), ("phone", "19900000101"),
    ("media_url", "http://fixmystreet.example/photo/12.full.jpeg"),
    ("attribute[air_what]", "黑烟、黄烟"), ("attribute[fixmystreet_id]", "12"),
]  # fmt: skip
"""perllib/Open311.pm: every parameter of _populate_service_request_params, form-encoded."""


def simple(xml):
    """XML::Simple's reading of a document: one element of a name is itself, several are a list."""
    return _read(ET.fromstring(xml))


def _read(element):
    if not len(element):
        return element.text or ""
    found: dict = {}
    for child in element:
        value = _read(child)
        if child.tag in found:
            known = found[child.tag]
            found[child.tag] = [*known, value] if isinstance(known, list) else [known, value]
        else:
            found[child.tag] = value
    return found
