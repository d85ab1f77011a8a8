"""Requests to a server that runs an example, and whether what is seen is what its case says."""

from __future__ import annotations

import base64
import http.client
import re
import socket
import ssl
import tempfile
import time
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple
from urllib.parse import urlsplit

from asking.case import Question

from .case import Ask
from .live import Backends, Heard, Place, Running, keys

_HOPS = 10


class Seen(NamedTuple):
    """What a request brought: no status where the connection ended without an answer."""

    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: str
    handshake: bool


def faults(running: Running, backends: Backends, asked: Ask) -> Iterator[str]:
    """What differs from what must be seen."""
    before = len(running.log())
    backends.heard.clear()
    seen = send(running.place, asked.question)
    for word in asked.seen:
        if not any(_holds(word, seen, running, backends, asked.question, before) for _ in _patience(word)):
            heard = [f"{one.port} {named(running.place, one.line)}" for one in backends.heard]
            log = named(running.place, running.log()[before:])
            yield f"{asked.question.title}: not {word}, but {seen}, asked {heard}, {log}"


def _patience(word: str) -> Iterator[int]:
    """The log and the end of a process may come a moment after the answer."""
    yield 0
    if word.startswith(("log=", "dies")):
        for number in range(100):
            time.sleep(0.02)
            yield number


def _holds(word: str, seen: Seen, running: Running, backends: Backends, question: Question, before: int) -> bool:
    if word.startswith("!"):
        return not _holds(word[1:], seen, running, backends, question, before)
    key, is_text, value = word.partition("=")
    if is_text and key in ("log", "body"):
        text = running.log()[before:] if key == "log" else seen.body
        return fnmatchcase(named(running.place, text), f"*{value}*")
    if is_text and key == "lands":
        return fnmatchcase(landing(running.place, question), value)
    if is_text and key in ("asked", "told"):
        heard = [one for request in backends.heard for one in _lines(request, key)]
        return any(fnmatchcase(named(running.place, line), value) for line in heard)
    if ":" in word:
        name, _, value = word.partition(":")
        lines = [f"{one.lower()}:{text}" for one, text in seen.headers]
        return any(fnmatchcase(named(running.place, line), f"{name.lower()}:{value}") for line in lines)
    return {"none": seen.status is None, "shakes": seen.handshake, "dies": running.process.poll() is not None}.get(
        word, word == str(seen.status)
    )


def _lines(request: Heard, key: str) -> list[str]:
    if key == "asked":
        return [f"{request.port} {request.line}"]
    return [f"{name}:{value}" for name, value in request.headers]


def named(place: Place, text: str) -> str:
    """A text with the ports and paths of the example in place of the real ones."""
    for label, port in place.ports.items():
        text = re.sub(rf"\b{port}\b", label, text)
    return text.replace(str(place.root), "")


def landing(place: Place, question: Question) -> str:
    """Where a browser ends that follows redirects, or `circle`."""
    words = dict(question.words)
    for _ in range(_HOPS):
        seen = send(place, question._replace(words=words))
        target = {name.lower(): value for name, value in seen.headers}.get("location")
        url = f"http{'s' if 'tls' in words else ''}://{words.get('host', 'www.example.org')}{question.path}"
        if target is None:
            return url
        parts = urlsplit(named(place, target))
        port = str(parts.port or (443 if parts.scheme == "https" else 80))
        if port not in place.ports:
            return target
        words = {"host": parts.hostname or "", "port": port} | ({"tls": "yes"} if parts.scheme == "https" else {})
        question = question._replace(path=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    return "circle"


def send(place: Place, question: Question) -> Seen:
    """Make one request."""
    words = question.words
    tls = "tls" in words
    host = words.get("host", "www.example.org")
    port = place.ports[words.get("port", "443" if tls else "80")]
    shaken = False
    try:
        stream = socket.create_connection(("127.0.0.1", port), 10)
        with stream if not tls else _wrapped(stream, words, host) as wire:
            shaken = True
            return _exchange(wire, place, question, host)
    except (OSError, http.client.HTTPException):
        return Seen(None, (), "", shaken)


def _exchange(wire: socket.socket, place: Place, question: Question, host: str) -> Seen:
    connection = http.client.HTTPConnection("127.0.0.1", 1)
    connection.sock = wire
    connection.putrequest(question.method, place.moved(question.path), skip_host=True, skip_accept_encoding=True)
    headers = {"Host": place.moved(host), "Connection": "close", **question.headers}
    if "user" in question.words:
        headers["Authorization"] = "Basic " + base64.b64encode(f"{question.words['user']}:p".encode()).decode()
    body = question.words.get("body", "").encode()
    if body or question.method in ("POST", "PUT"):
        headers["Content-Length"] = str(len(body))
    for key, value in headers.items():
        connection.putheader(key, place.moved(value))
    connection.endheaders(body or None)
    answer = connection.getresponse()
    text = answer.read().decode("latin-1") if question.method != "CONNECT" else ""
    return Seen(answer.status, tuple(answer.getheaders()), text, True)


def _wrapped(stream: socket.socket, words: dict[str, str], host: str) -> ssl.SSLSocket:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if "version" in words:
        context.minimum_version = context.maximum_version = ssl.TLSVersion[words["version"]]
    if "suites" in words:
        context.set_ciphers(words["suites"])
    if "groups" in words:
        context.set_ecdh_curve(words["groups"])
    if "cert" in words:
        with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
            file.write(keys()[words["cert"]])
            file.flush()
            context.load_cert_chain(file.name)
    return context.wrap_socket(stream, server_hostname=words.get("sni", host) or None)
