"""GeoReport's two forms of one answer: XML as its specification draws it, and JSON by the Spark convention."""

import re
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Response, json, make_response, request

JSON, XML = "application/json", "text/xml"
MEDIA = {"json": JSON, "xml": XML}
ITEMS = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
    "errors": "error",
}
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def answer(name: str, content: Any, status: int = 200) -> Response:
    """The document `name` in the form the address ends in (XML where it ends in none)."""
    ending = asked_form()
    body = json.dumps(content, sort_keys=False, ensure_ascii=False) if ending == "json" else as_xml(name, content)
    response = make_response(body, status)
    response.content_type = f"{MEDIA[ending]}; charset=utf-8"
    return response


def fault(status: int, told: str) -> Response:
    """An error as GeoReport writes it. What is neither missing, forbidden nor about the request as such is 400."""
    status = 400 if status in {409, 422} else status
    return answer("errors", [{"code": status, "description": told}], status)


def asked_form() -> str:
    """The form an address asks for, also an address that is none of ours."""
    ending = (request.view_args or {}).get("ending") or request.path.rpartition(".")[2]
    return ending if ending in MEDIA else "xml"


def as_xml(name: str, content: Any) -> bytes:
    root = Element(name)
    _fill(root, content)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _fill(element: Element, content: Any) -> None:
    if isinstance(content, dict):
        for name, value in content.items():
            _fill(SubElement(element, name), value)
    elif isinstance(content, list):
        for value in content:
            _fill(SubElement(element, ITEMS[element.tag]), value)
    elif isinstance(content, bool):
        element.text = str(content).lower()
    elif content is not None:
        element.text = NO_XML.sub("", str(content))
