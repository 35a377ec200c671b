"""Where the Ollama server is, and whether anything answers there."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from interviewer.errors import SettingsError

DEFAULT_PORT = 11434
_SCHEME_PORTS = {"http": 80, "https": 443}


def server_address(environ: Mapping[str, str]) -> str:
    """Return the server's address, `scheme://host:port[/path]`, as OLLAMA_HOST names it.

    Read as Ollama itself does: without a scheme the port is 11434, with one it is the scheme's.
    An address to listen on everywhere (0.0.0.0, ::) means loopback.

    Raises:
        SettingsError: it is no address.
    """
    given = environ.get("OLLAMA_HOST", "").strip().strip("'\"").strip()
    scheme, separator, location = given.partition("://")
    if not separator:
        scheme, location = "http", given
    scheme = scheme.lower()
    if scheme not in _SCHEME_PORTS or " " in location:
        raise _no_address(given)
    try:
        parts = urlsplit(f"{scheme}://{_bracketed(location)}")
        port = parts.port
    except ValueError as error:
        raise _no_address(given) from error
    if port is None:
        port = _SCHEME_PORTS[scheme] if separator else DEFAULT_PORT
    path = parts.path.strip("/")
    return f"{scheme}://{_reachable_host(parts.hostname)}:{port}" + (f"/{path}" if path else "")


def is_loopback(address: str) -> bool:
    """Say whether a server's address is on this machine."""
    host = urlsplit(address).hostname or ""
    ip = _ip(host)
    return host == "localhost" or (ip is not None and ip.is_loopback)


def place(address: str) -> str:
    """Return an address in words for the screen: `127.0.0.1:11434`."""
    return address.partition("://")[2].rstrip("/")


def is_reachable(host: str, *, connect_s: float = 1.0) -> str | None:
    """Return the version of the Ollama server at an address, or None if there is none.

    Waits `connect_s` seconds for the connection and three times as long for the answer.
    """
    try:
        answer = httpx.get(
            f"{host}/api/version",
            timeout=httpx.Timeout(3 * connect_s, connect=connect_s),
            trust_env=not is_loopback(host),
            follow_redirects=True,
        )
        found = answer.json() if answer.is_success else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return None
    version = found.get("version") if isinstance(found, dict) else None
    return version if isinstance(version, str) else None


def _bracketed(location: str) -> str:
    ip = _ip(location)
    return f"[{location}]" if isinstance(ip, ipaddress.IPv6Address) else location


def _reachable_host(host: str | None) -> str:
    ip = _ip(host or "127.0.0.1")
    if ip is None:
        return str(host)
    if ip.is_unspecified:
        return "127.0.0.1" if isinstance(ip, ipaddress.IPv4Address) else "[::1]"
    return _bracketed(str(ip))


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _no_address(given: str) -> SettingsError:
    return SettingsError(
        f"OLLAMA_HOST should be an address such as 127.0.0.1:11434; it is {given!r}.",
        hint="Set OLLAMA_HOST to host:port or to an http(s) address, or unset it.",
    )
