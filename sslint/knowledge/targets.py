"""What a configuration is read for: httpd and OpenSSL versions, distribution, modules, paths."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .modules import STOCK
from .versions import NEWEST, HttpdVersion


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


_MENDING = ("debian-", "ubuntu-", "rhel-", "sles-", "amazon-")
"""Presets of distributions that keep a version for years and mend it."""


@dataclass(frozen=True, slots=True)
class Target:
    """The server that a configuration is meant for. Nothing in it comes from this machine.

    `openssl` is a version like `3.0.19` or `1.1.1k`; `security_level` None means the library
    build's own, which is `default_security_level`. `tls_floor` is the lowest protocol that the
    distribution's library policy leaves, None where there is no policy; `system_ciphers` is what that
    policy puts in the place of `PROFILE=SYSTEM`, None for a library without that keyword. `static_modules` are
    compiled in, `available_modules` can be loaded, `assumed_modules` count as loaded although no
    LoadModule line was seen; all three hold identifiers (`ssl_module`). `environment` holds what
    the distribution's start script sets. Paths are the server's. `measured` is True where
    the facts were read from the installed package; elsewhere they are as commonly known in the
    month `as_of`, not read from the package, and are to be checked at `source`.
    """

    httpd: HttpdVersion = NEWEST
    openssl: str = "3.0.19"
    security_level: int | None = None
    default_security_level: int = 1
    has_sslv3: bool = False
    tls_floor: str | None = None
    system_ciphers: str | None = None
    preset: str = "upstream"
    static_modules: frozenset[str] = frozenset()
    available_modules: frozenset[str] = STOCK
    assumed_modules: frozenset[str] = frozenset()
    environment: Mapping[str, str] = field(default_factory=_nothing, hash=False)
    server_root: str = "/usr/local/apache2"
    main_config: str = "/usr/local/apache2/conf/httpd.conf"
    envvars: str | None = None
    control: str = "/usr/local/apache2/bin/apachectl"
    as_of: str = ""
    source: str = ""
    measured: bool = False

    @property
    def effective_security_level(self) -> int:
        """The level in force unless a cipher string sets another."""
        return self.default_security_level if self.security_level is None else self.security_level

    @property
    def is_mended(self) -> bool:
        """Whether a distribution brings corrections into its version, whose number then tells nothing of holes."""
        return self.preset.startswith(_MENDING)

    def replace(self, **changes: object) -> Target:
        """A copy with some fields changed; names of fields as above."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]

    def with_openssl(self, version: str) -> Target:
        """A copy with another OpenSSL; a 1.0 or older has SSLv3, and neither levels nor system-wide policies."""
        if _release(version) >= (1, 1):
            return self.replace(openssl=version, has_sslv3=False)
        return self.replace(
            openssl=version, has_sslv3=True, default_security_level=0, tls_floor=None, system_ciphers=None
        )

    def with_httpd(self, version: HttpdVersion) -> Target:
        """A copy with another httpd; where that can't be built with this OpenSSL, with the OpenSSL of its time."""
        changed = self.replace(httpd=version)
        for first, library in _OPENSSL_BEFORE:
            if version < first:
                return changed if _release(self.openssl) <= _release(library) else changed.with_openssl(library)
        return changed


_OPENSSL_BEFORE = (
    (HttpdVersion(2, 2, 23), "0.9.8zh"),
    (HttpdVersion(2, 4, 26), "1.0.2k"),
    (HttpdVersion(2, 4, 36), "1.1.0l"),
    (HttpdVersion(2, 4, 52), "1.1.1w"),
)
"""The newest OpenSSL before some releases of httpd: 2.4.26 is ready for 1.1.0, 2.4.36 for 1.1.1, 2.4.52 for 3.0."""


def _release(openssl: str) -> tuple[int, ...]:
    """`(1, 0, 2)` of `1.0.2k`."""
    return tuple(int(part) for part in re.findall(r"\d+", openssl)[:3])


def _debian(name: str, httpd: str, openssl: str, floor: str | None, as_of: str, source: str) -> Target:
    root = "/etc/apache2"
    return Target(
        httpd=HttpdVersion.parse(httpd),
        openssl=openssl,
        default_security_level=2,
        tls_floor=floor,
        preset=name,
        static_modules=_DEBIAN_STATIC,
        environment=_DEBIAN_ENVIRONMENT,
        server_root=root,
        main_config=f"{root}/apache2.conf",
        envvars=f"{root}/envvars",
        control="/usr/sbin/apache2ctl",
        as_of=as_of,
        source=source,
    )


def _red_hat(name: str, httpd: str, openssl: str, level: int, floor: str | None, as_of: str, source: str) -> Target:
    root = "/etc/httpd"
    return Target(
        httpd=HttpdVersion.parse(httpd),
        openssl=openssl,
        default_security_level=level,
        has_sslv3=openssl.startswith("1.0."),
        tls_floor=floor,
        system_ciphers=_RED_HAT_CIPHERS if floor else None,
        preset=name,
        static_modules=_SMALL_STATIC,
        available_modules=STOCK | {"systemd_module"},
        server_root=root,
        main_config=f"{root}/conf/httpd.conf",
        control="/usr/sbin/apachectl",
        as_of=as_of,
        source=source,
    )


_RED_HAT_CIPHERS = (
    "@SECLEVEL=2:kEECDH:kRSA:kEDH:kPSK:kDHEPSK:kECDHEPSK:kRSAPSK:-aDSS:-3DES:!DES:!RC4:!RC2:!IDEA:-SEED:"
    "!eNULL:!aNULL:!MD5:-SHA384:-CAMELLIA:-ARIA:-AESCCM8"
)
"""/etc/crypto-policies/back-ends/openssl.config of the policy DEFAULT."""
_SMALL_STATIC = frozenset({"core_module", "so_module", "http_module"})
_DEBIAN_STATIC = _SMALL_STATIC | {
    "watchdog_module", "log_config_module", "logio_module", "version_module", "unixd_module",
}  # fmt: skip
_DEBIAN_ENVIRONMENT: Mapping[str, str] = MappingProxyType(
    {
        "APACHE_RUN_USER": "www-data",
        "APACHE_RUN_GROUP": "www-data",
        "APACHE_PID_FILE": "/var/run/apache2/apache2.pid",
        "APACHE_RUN_DIR": "/var/run/apache2",
        "APACHE_LOCK_DIR": "/var/lock/apache2",
        "APACHE_LOG_DIR": "/var/log/apache2",
        "LANG": "C",
    }
)
"""/etc/apache2/envvars of the Debian package, unchanged since 2.4.38."""
_LOADED_BY_DEFAULT = frozenset({"log_config_module", "logio_module", "version_module", "unixd_module"})

_UPSTREAM = Target(
    static_modules=_SMALL_STATIC | {"mpm_event_module"},
    available_modules=STOCK | _LOADED_BY_DEFAULT,
    as_of="2026-11",
    source="httpd-2.4 configure defaults; openssl.org 3.0 build defaults",
)

_PACKAGES = "packages.debian.org and security tracker"
_UBUNTU = "packages.ubuntu.com (apache2, openssl), updates pocket"
_RED_HAT = "vendor package lists (httpd, openssl); crypto-policies DEFAULT"

_DEBIAN_12 = _debian(
    "debian-12", "2.4.71", "3.0.19", None, "2026-11", "apache2 -V, -l and envvars of 2.4.71-1~deb12u1"
).replace(measured=True)

_PRESETS = (
    _UPSTREAM,
    _debian("debian-10", "2.4.59", "1.1.1n", "TLSv1.2", "2024-06", f"{_PACKAGES}; openssl.cnf system_default"),
    _debian("debian-11", "2.4.65", "1.1.1w", "TLSv1.2", "2025-09", f"{_PACKAGES}; openssl.cnf system_default"),
    _DEBIAN_12,
    _debian("debian-13", "2.4.66", "3.5.4", None, "2026-01", _PACKAGES),
    _debian("ubuntu-20.04", "2.4.41", "1.1.1f", "TLSv1.2", "2025-05", _UBUNTU),
    _debian("ubuntu-22.04", "2.4.52", "3.0.2", "TLSv1.2", "2025-12", _UBUNTU),
    _debian("ubuntu-24.04", "2.4.58", "3.0.13", "TLSv1.2", "2025-12", _UBUNTU),
    _red_hat("rhel-7", "2.4.6", "1.0.2k", 0, None, "2024-06", "vendor package lists; OpenSSL 1.0.2 has no levels"),
    _red_hat("rhel-8", "2.4.37", "1.1.1k", 2, "TLSv1.2", "2025-11", _RED_HAT),
    _red_hat("rhel-9", "2.4.62", "3.5.1", 2, "TLSv1.2", "2025-11", _RED_HAT),
    _red_hat("fedora", "2.4.66", "3.5.4", 2, "TLSv1.2", "2026-01", "Fedora 43; crypto-policies DEFAULT"),
    _red_hat("amazon-2", "2.4.66", "1.0.2k", 0, None, "2026-01", "Amazon Linux 2 core repository"),
    _red_hat("amazon-2023", "2.4.66", "3.2.2", 2, "TLSv1.2", "2026-01", "Amazon Linux 2023 repository"),
    Target(
        httpd=HttpdVersion.parse("2.4.62"),
        openssl="3.2.3",
        preset="sles-15",
        static_modules=_SMALL_STATIC | {"mpm_prefork_module", "unixd_module", "systemd_module"},
        available_modules=STOCK | {"log_config_module", "logio_module", "version_module"},
        server_root="/srv/www",
        main_config="/etc/apache2/httpd.conf",
        control="/usr/sbin/apachectl",
        as_of="2025-06",
        source="SUSE Linux Enterprise 15 SP7 package list (apache2, libopenssl3)",
    ),
    Target(
        httpd=HttpdVersion.parse("2.4.66"),
        openssl="3.5.4",
        default_security_level=2,
        preset="alpine",
        static_modules=_SMALL_STATIC,
        available_modules=STOCK | _LOADED_BY_DEFAULT,
        server_root="/var/www",
        main_config="/etc/apache2/httpd.conf",
        control="/usr/sbin/apachectl",
        as_of="2026-01",
        source="pkgs.alpinelinux.org 3.23 (apache2, openssl); upstream security level",
    ),
    Target(
        httpd=HttpdVersion.parse("2.4.66"),
        openssl="3.0.16",
        preset="freebsd",
        static_modules=_SMALL_STATIC,
        available_modules=STOCK | _LOADED_BY_DEFAULT,
        server_root="/usr/local",
        main_config="/usr/local/etc/apache24/httpd.conf",
        control="/usr/local/sbin/apachectl",
        as_of="2026-01",
        source="ports www/apache24; OpenSSL of the FreeBSD 14 base system",
    ),
    Target(
        httpd=HttpdVersion.parse("2.4.66"),
        openssl="3.5.4",
        default_security_level=2,
        preset="docker",
        static_modules=_SMALL_STATIC,
        available_modules=STOCK | _LOADED_BY_DEFAULT,
        as_of="2026-01",
        source="docker.io/library/httpd:2.4 on Debian 13 (library/official-images)",
    ),
)

PRESETS: Mapping[str, Target] = MappingProxyType({target.preset: target for target in _PRESETS})
"""The presets by name; other names are in ALIASES."""

_CLONES = ("alma", "almalinux", "rocky", "centos", "oracle")

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        **{f"{clone}-{n}": f"rhel-{n}" for clone in _CLONES for n in (7, 8, 9)},
        **{name: f"debian-{n}" for n, name in ((10, "buster"), (11, "bullseye"), (12, "bookworm"), (13, "trixie"))},
        "focal": "ubuntu-20.04", "jammy": "ubuntu-22.04", "noble": "ubuntu-24.04",
        "centos-stream-8": "rhel-8", "centos-stream-9": "rhel-9",
        "debian": "debian-13", "ubuntu": "ubuntu-24.04", "rhel": "rhel-9", "centos": "rhel-9", "alma": "rhel-9",
        "rocky": "rhel-9", "opensuse": "sles-15", "suse": "sles-15", "sles": "sles-15",
        "amazon": "amazon-2023", "httpd:2.4": "docker", "docker-httpd": "docker",
    }
)  # fmt: skip
"""Other names of presets."""

DEFAULT = _UPSTREAM
"""The target when nobody says anything: the newest known 2.4 with OpenSSL 3.0."""


def preset(name: str) -> Target:
    """The target of a preset or alias, any case. Raises ValueError, naming the presets."""
    key = name.strip().lower()
    found = PRESETS.get(ALIASES.get(key, key))
    if found is None:
        raise ValueError(f"unknown preset {name!r}: use one of {', '.join(sorted(PRESETS))}")
    return found
