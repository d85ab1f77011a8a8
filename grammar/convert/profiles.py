"""Make grammar/profiles/*.yaml from collected policies, one file for each edition.

    python grammar/convert/profiles.py ../shared/data/policies

What an edition says is never changed: a file that is there is written again only to put its requirements
right before it ships. The `rules:` of a file, the ordinary rules that it selects, are written by hand and kept.
`sslint/profile.schema.json` describes the form, `docs/profiles.md` explains it.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

Json = Mapping[str, Any]
Entry = dict[str, Any]
TARGET = Path(__file__).resolve().parent.parent / "profiles"
RULES = "\nrules:\n"

LEVELS = {
    "forbidden": "must", "required": "must", "allowed_only": "must", "insufficient": "must", "required_if_cbc": "must",
    "required_if_legacy": "must", "recommended": "should", "discouraged": "should", "phase_out": "should",
    "required_unless_all_good": "should", "tolerated": "may", "good": "may", "sufficient": "may",
}  # fmt: skip
NEGATIVE = frozenset({"forbidden", "insufficient", "discouraged", "phase_out"})
UNDECIDED = {
    "extended_master_secret": "the extended master secret (RFC 7627), which OpenSSL 1.1.0 and later always offers",
    "encrypt_then_mac": "encrypt-then-MAC (RFC 7366) with CBC suites, which OpenSSL 1.1.0 and later always offers",
    "fallback_scsv": "TLS_FALLBACK_SCSV (RFC 7507), which OpenSSL 1.0.1j and later always heeds",
    "sni": "server name indication, which httpd with mod_ssl always heeds",
    "alpn": "ALPN (RFC 7301), which httpd 2.4.17 and later offers",
    "early_data": "0-RTT early data, which httpd never takes",
    "psk_ke": "resumption without a new key exchange (psk_ke), which OpenSSL does only when it is told to",
    "psk_dhe_ke": "resumption with a new key exchange (psk_dhe_ke), which OpenSSL does unless it is told not to",
    "session_resumption": "resumption with a new key exchange (psk_dhe_ke), which OpenSSL does by itself",
    "session_tickets": "rotation of the keys of session tickets; httpd makes new ones at every restart only",
    "client_renegotiation": "renegotiation that clients begin, which httpd 2.2.15 and later refuses",
    "heartbeat": "heartbeat extension (RFC 6520), which OpenSSL 1.1.1 and later does not have",
    "truncated_hmac": "truncated HMAC (RFC 6066), which OpenSSL does not have",
    "raw_public_key": "raw public keys (RFC 7250), which httpd does not use",
    "unknown_sni_rejected": "names that no host has are refused (ALPACA); a default host that refuses all does so",
    "transport": "only secure versions, algorithms, key sizes and implementations",
    "certificate": "certificates are trusted, valid, not expired and not revoked",
    "private_key": "the private key is protected",
    "sigalg": "signature algorithms of handshakes",
    "signature": "signatures without a post-quantum scheme",
    "key_exchange": "key exchange without a post-quantum scheme",
    "server_order": "the server's order of suites counts, unless all that are offered are good",
    "module": "mod_ssl or mod_nss is there",
    "https_only": "every page is to be reached by TLS only",
    "fips": "a cryptographic module that is validated by FIPS 140",
    "hash": "hashes of handshake signatures",
}
CIS_OPEN = {
    "1.1 to 1.3": "planning, a server for httpd alone, and where it was installed from",
    "2.1": "only the modules for logins that are needed are loaded",
    "3.2 to 3.3": "the account of the server has no shell and is locked",
    "3.4 to 3.6, 3.11 to 3.13": "owners and modes of files and folders",
    "3.7 to 3.10": "the folders of core dumps, locks, the process's number and the scoreboard are safe",
    "4.2": "access is granted to whom it is meant for",
    "6.4": "logs are kept for long enough, and turned over",
    "6.5": "updates are applied",
    "6.7": "the OWASP core rules are installed in ModSecurity",
    "11.1 to 11.4": "SELinux confines the server",
    "12.1 to 12.3": "AppArmor confines the server",
}
CIS_NOTES = {
    "7.5 server-cipher-order": "where all suites are good, as in Mozilla's lists, the client's order does as well",
    "7.10 ocsp-stapling": "authorities such as Let's Encrypt have switched their OCSP responders off",
    "7.5 ciphers": "judged by what is offered, not by the words of the list",
}
STIG_OPEN = {
    "V-214238": "only the modules that are needed are loaded",
    "V-214235, V-214236": "owners and modes of logs",
    "V-214248, V-214299": "access to files of the system",
    "V-214266": "only ports that are approved are open",
    "V-214267, V-214274": "owners and modes of the process's number and of files of passwords",
    "V-214270, V-214273": "the version is supported and updated",
    "V-214290": "the documents lie on a partition of their own",
    "V-214234, V-214237, V-214240, V-214247, V-214249, V-214254, V-214260, V-214261, V-214262, V-214263, V-214264, "
    "V-214271, V-214272, V-214289, V-214298, V-214304": "what only people and other systems can tell",
}
CAPS = (
    ({"protocols": {"forbid": ["SSLv2"]}}, "must", "protocol", "transcription", "its grade is F"),
    ({"protocols": {"forbid": ["SSLv3"]}}, "must", "protocol", "transcription", "caps the grade at B"),
    ({"protocols": {"forbid": ["TLSv1", "TLSv1.1"]}}, "must", "2009q", "secondary", "caps the grade at B"),
    ({"protocols": {"any": ["TLSv1.2", "TLSv1.3"]}}, "must", "protocol", "transcription", "caps the grade at C"),
    ({"protocols": {"require": ["TLSv1.3"]}}, "should", "2009r", "recall", "believed to cost the plain A"),
    ({"ciphers": {"forbid": [{"bits-below": 112}, {"enc": ["NONE"]}, {"export": True}]}}, "must", "cipher",
     "transcription", "the grade is F"),
    ({"ciphers": {"forbid": [{"enc": ["RC4"]}]}}, "must", "cipher", "transcription", "caps the grade at B or C"),
    ({"ciphers": {"forbid": [{"enc": ["3DES", "IDEA"]}]}}, "must", "cipher", "secondary",
     "caps the grade at C where TLS 1.1 or later negotiates it"),
    ({"ciphers": {"any": [{"mode": ["GCM", "CCM", "CCM8"]}, {"enc": ["CHACHA20"]}]}}, "must", "cipher",
     "transcription", "caps the grade at B"),
    ({"ciphers": {"any": [{"kx": ["ECDHE", "DHE"]}]}}, "must", "cipher", "secondary", "caps the grade at B"),
    ({"rsa-bits": {"least": 2048}}, "must", "key exchange", "transcription", "caps the grade at B, below 1024 at F"),
    ({"dh-bits": {"least": 2048}}, "must", "key exchange", "transcription", "caps the grade at B, below 1024 at F"),
    ({"certificate-hashes": {"forbid": ["md2", "md5", "sha1"]}}, "must", "certificate", "transcription",
     "the grade is F or T"),
    ({"compression": False}, "must", "attack", "transcription", "caps the grade at C (CRIME)"),
    ({"insecure-renegotiation": False}, "should", "warnings", "transcription", "costs the plain A"),
    ({"hsts-seconds": {"least": 15552000}}, "should", "A+", "recall", "without it there is no A+"),
    ({"undecided": "trust, expiry, revocation and names of the certificate and its chain"}, "must", "certificate",
     "transcription", ""),
    ({"undecided": "Heartbleed, CCS injection, Ticketbleed, ROBOT, DROWN: faults of the library's version"}, "must",
     "attack", "transcription", ""),
    ({"undecided": "the score in numbers, 30 for protocols, 30 for key exchange and 40 for ciphers"}, "may", "score",
     "transcription", ""),
)  # fmt: skip


def main(folder: str) -> None:
    """Write the files."""
    for path in sorted(Path(folder).glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        make: Callable[[Json], Iterator[Entry]] = MAKERS.get(document["id"], policy)
        for profile in make(document):
            write(profile)


def write(profile: Entry) -> None:
    """One edition; what stands there by hand is kept."""
    file = TARGET / f"{profile['profile']}@{profile['edition']}.yaml"
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    rules = before[before.index(RULES) :] if RULES in before else ""
    requirements = profile.pop("requirements")
    bases = [one.get("basis", profile.get("basis", "")) for one in requirements]
    profile["basis"] = max(dict.fromkeys(bases), key=bases.count)
    lines = [_line(key, value, "") for key, value in profile.items()]
    lines.append("requirements:")
    for one in requirements:
        plain = {"level": "must", "basis": profile["basis"]}
        parts = [_line(key, value, "    ") for key, value in one.items() if plain.get(key) != value]
        lines += ["  - " + parts[0].lstrip(), *parts[1:]]
    file.write_text("\n".join(lines) + "\n" + (rules[1:] if rules else ""), encoding="utf-8")


def _line(key: str, value: Any, indent: str) -> str:
    """`key: value`, on several lines where it is long."""
    shown = yaml.dump(value, sort_keys=False, default_flow_style=True, width=10_000, allow_unicode=True)
    text = f"{indent}{key}: {shown.removesuffix(chr(10)).removesuffix('...').rstrip()}"
    return textwrap.fill(text, 116, subsequent_indent=indent + "  ", break_long_words=False, break_on_hyphens=False)


# Mozilla's guidelines


def mozilla(document: Json) -> Iterator[Entry]:
    """One profile for each version and level."""
    for version in document["versions"]:
        if version["version"] >= "5":
            for level, content in version["profiles"].items():
                yield {
                    "profile": f"mozilla-{level}",
                    "edition": version["version"],
                    "title": f"Mozilla Server Side TLS, {level}",
                    "publisher": "Mozilla",
                    "released": version["released"],
                    "source": version["source"],
                    "basis": version["basis"],
                    "requirements": list(_mozilla(content, level, version["version"])),
                }


def _mozilla(content: Json, level: str, version: str) -> Iterator[Entry]:
    with_curves = version >= "5.8"
    hashes = [one for one in ("sha256", "sha384", "sha512") if one in str(content["certificate_signatures"]).lower()]
    note = "" if with_curves else "the configurations that this edition's generator writes leave groups to the library"
    yield _entry({"protocols": {"only": content["protocols"]}}, "must", "protocols")
    yield _entry({"protocols": {"require": ["TLSv1.3"]}}, "must" if level == "modern" else "should", "protocols")
    if content["ciphers_tls12"]:
        yield _entry({"ciphers": {"only": content["ciphers_tls12"]}}, "must", "cipher suites")
    yield _entry({"ciphersuites": {"only": content["ciphersuites_tls13"]}}, "must", "cipher suites")
    yield _entry({"groups": {"only": content["groups"]}}, "must" if with_curves else "may", "curves", note)
    yield _entry({"server-cipher-order": content["server_preferred_order"]}, "should", "cipher preference")
    kinds = {"rsa": "RSA", "ecdsa": "ECDSA"}
    keys = [kinds[one] for one in content["certificate_types"]]
    yield _entry({"certificate-keys": {"require" if level == "old" else "only": keys}}, "must", "certificate type")
    if content["certificate_curves"]:
        yield _entry({"certificate-curves": {"only": content["certificate_curves"]}}, "must", "certificate curve")
    yield _entry({"certificate-hashes": {"only": hashes}}, "must", "certificate signature")
    if content["rsa_key_bits"]:
        yield _entry({"rsa-bits": {"least": content["rsa_key_bits"]}}, "must", "RSA key size")
    if content["dh_param_bits"]:
        yield _entry({"dh-bits": {"least": content["dh_param_bits"]}}, "must", "DH parameter size")
    yield _entry({"certificate-days": {"most": content["certificate_max_days"]}}, "must", "certificate lifespan")
    advised = content.get("certificate_recommended_days")
    if advised and advised != content["certificate_max_days"]:
        yield _entry({"certificate-days": {"most": advised}}, "may", "certificate lifespan", "recommended")
    yield _entry({"hsts-seconds": {"least": content["hsts_min_age"]}}, "must", "HSTS")
    if content["ocsp_staple"]:
        note = "several authorities have switched their OCSP responders off since" if version >= "5.8" else ""
        yield _entry({"ocsp-stapling": True}, "should", "OCSP stapling", note)


def _entry(ask: Entry, level: str, section: str, note: str = "", basis: str = "") -> Entry:
    return {**ask, "section": section, "level": level, **({"basis": basis} if basis else {}),
            **({"note": note} if note else {})}  # fmt: skip


# The other policies


def policy(document: Json) -> Iterator[Entry]:
    """One profile for each edition of a policy of rules."""
    notes = {"bsi-tr-02102-2": "Section numbers are approximate.", "anssi-tls-1.2": "Rule numbers are approximate."}
    for one in document.get("versions", [document]):
        named = {"nist-sp800-52r2": ("nist-sp800-52r2", "2019-08"), "pci-dss-4.0.1": ("pci-dss", "4.0.1"),
                 "anssi-tls-1.2": ("anssi-tls", "1.2"), "rfc-9325": ("rfc-9325", "2022-11")}  # fmt: skip
        name, edition = named.get(document["id"], (document["id"], str(one.get("version", ""))))
        note = notes.get(document["id"], "")
        yield {
            "profile": name,
            "edition": edition,
            "title": document["title"],
            "publisher": document["publisher"],
            "released": str(one.get("released", document.get("released", ""))),
            "source": " ".join(str(one.get("source") or _sources(document)).split()),
            **({"note": note} if note else {}),
            **({"partial": True} if document["id"] == "bsi-tr-02102-2" and edition >= "2026" else {}),
            "requirements": _distinct(requirement(rule, name) for rule in _merged(name, one["rules"])),
        }


def _merged(name: str, rules: list[Json]) -> list[Json]:
    """The rules; two lists that only together say what is recommended become one."""
    found: list[Json] = []
    for rule in rules:
        before = found[-1] if found else {}
        several = (name, rule["subject"]) in {("anssi-tls", "group"), ("bsi-tr-02102-2", "protocol")}
        if several and before.get("subject") == rule["subject"] and before.get("level") == rule["level"]:
            told = f"{', '.join(rule['value'])}: {rule['basis']}, {rule['section']}"
            dates = [f"{', '.join(one['value'])} until {str(one['until']).rstrip('+')}" for one in (before, rule)
                     if one.get("until")]  # fmt: skip
            plain = {key: value for key, value in before.items() if key != "until"}
            note = "; ".join(dates) or told
            values = [*before["value"], *rule["value"]]
            if name == "anssi-tls":  # the list is one of curves; R8 tolerates Diffie-Hellman from 2048 bits on
                values += [f"ffdhe{bits}" for bits in (2048, 3072, 4096, 6144, 8192)]
                note += "; finite fields by R8"
            found[-1] = {**plain, "value": values, "note": note}
        else:
            found.append(rule)
    return found


def _distinct(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, each once."""
    found: list[Entry] = []
    for entry in entries:
        if entry not in found:
            found.append(entry)
    return found


def _sources(document: Json) -> str:
    return ", ".join(one["document"] for one in document.get("sources", []))


def requirement(rule: Json, name: str) -> Entry:
    """One rule of a policy."""
    if name == "anssi-tls" and rule["subject"] in ("cipher", "mac") and rule["level"] == "recommended":
        rule = {**rule, "level": "tolerated"}  # degrees of recommendation, all of which conform
    if rule["subject"] == "group" and rule["basis"] == "recall" and name == "bsi-tr-02102-2":
        rule = {**rule, "level": "tolerated"}
    level = LEVELS[rule["level"]]
    ask = _asked(rule, name)
    if next(iter(ask)) in ("rsa-bits", "ec-bits") and rule["level"] in ("good", "sufficient", "phase_out"):
        level = {"sufficient": "should", "phase_out": "must"}.get(rule["level"], "may")
        if name == "ncsc-nl" and rule["basis"] == "recall":
            level = "must" if rule["level"] == "sufficient" else "may"
    told = "; ".join(str(rule[key]) for key in ("scope", "note") if rule.get(key))
    if rule["subject"] == "unknown_sni_rejected":
        told = "SSLStrictSNIVHostCheck refuses clients that name no host, not names that none has"
    dates = {key: str(rule[key]).rstrip("+") for key in ("since", "until") if rule.get(key)}
    tags = [word for word in str(rule["section"]).replace(",", " ").split() if word.startswith("V-")]
    tags += [f"level-{rule['profile'][1:]}"] if rule.get("profile") else []
    found = _entry(ask, level, str(rule["section"]), " ".join(told.split()), rule["basis"])
    return {**found, **({"tags": tags} if tags else {}), **dates}


def _asked(rule: Json, name: str) -> Entry:
    """The subject and what is asked of it."""
    subject, value, level = rule["subject"], rule["value"], rule["level"]
    verb = _verb(level, name, subject)
    if subject == "protocol":
        return {"protocols": {verb: value}}
    if subject in ("cipher", "authentication", "bulk", "mac", "cipher13") or (
        subject == "key_exchange" and "kx" in value
    ):
        wanted = {"mac": value} if subject == "mac" else value
        return {"ciphersuites" if subject == "cipher13" else "ciphers": {verb: _suites(wanted)}}
    if subject in ("group", "dh_group") or (subject == "key_exchange" and "groups" in value):
        return {"groups": {verb: value["groups"] if isinstance(value, dict) else value}}
    return _single(subject, value, level)


def _single(subject: str, value: Any, level: str) -> Entry:
    """Bounds, switches, and what nobody can decide."""
    if subject in ("rsa_bits", "ec_bits", "dh_bits"):
        return {subject.replace("_", "-"): {"least": value["min"] if "min" in value else value["max"] + 1}}
    if subject in ("cert_sigalg", "hash") and isinstance(value, list) and level in NEGATIVE:
        return {"certificate-hashes": {"forbid": [one.lower() for one in value]}}
    if subject == "cert_sigalg":
        return {"certificate-hashes": {"only": ["sha224", "sha256", "sha384", "sha512"]}}
    plain: dict[str, Entry] = {
        "cert_max_days": {"certificate-days": {"most": value}},
        "certificate_curves": {"certificate-curves": {"only": value}},
        "compression": {"compression": False},
        "insecure_renegotiation": {"insecure-renegotiation": False},
        "renegotiation_info": {"insecure-renegotiation": False},
        "ocsp_stapling": {"ocsp-stapling": True},
        **({"server_order": {"server-cipher-order": True}} if level == "required" else {}),
        "hsts": {"hsts-seconds": {"least": 1}},
        "hsts_min_age": {"hsts-seconds": {"least": value}},
    }
    if subject in plain:
        return plain[subject]
    text = UNDECIDED.get(subject, str(value))
    listed = f" ({', '.join(value)})" if subject in ("sigalg", "hash") else ""
    return {"undecided": ("no " if level in NEGATIVE else "") + text + listed}


def _verb(level: str, name: str, subject: str) -> str:
    if level in NEGATIVE:
        return "forbid"
    lists = {("bsi-tr-02102-2", "protocol"), ("bsi-tr-02102-2", "cipher"), ("bsi-tr-02102-2", "cipher13"),
             ("bsi-tr-02102-2", "group"), ("anssi-tls", "group"), ("anssi-tls", "cipher")}  # fmt: skip
    if LEVELS[level] == "may":
        return "any"
    if level == "allowed_only" or (level in ("recommended", "required") and (name, subject) in lists):
        return "only"
    one_of = subject == "cipher" or (name, subject) == ("nist-sp800-52r2", "group")
    return "any" if one_of else "require"


def _suites(value: Any) -> list[Any]:
    """Names, or patterns."""
    if isinstance(value, list):
        return [_pattern(one) if isinstance(one, dict) else one for one in value if _usable(one)]
    return [_pattern(value)]


def _usable(value: Any) -> bool:
    """SSLv2's suites are out with SSLv2 itself."""
    return not isinstance(value, dict) or "protocol" not in value


def _pattern(value: Json) -> Entry:
    found: Entry = {}
    for key, part in value.items():
        if key in ("kx", "au", "enc", "mac", "mode"):
            found[key] = ["NONE" if one in ("NULL", "None") else one for one in part]
    if "bits_lt" in value:
        found["bits-below"] = value["bits_lt"]
    if "export" in value:
        found["export"] = True
    if value.get("class") == ["LOW"]:
        found["enc"] = ["DES", "RC2"]
    return found


def cis(document: Json) -> Iterator[Entry]:
    """Section 7 of the benchmark; the others select ordinary rules."""
    document = {**document, "title": "CIS Apache HTTP Server 2.4 Benchmark", "released": "2025"}
    for profile in policy({**document, "versions": [{**document, "version": document["version"]}]}):
        kept = [one for one in profile["requirements"] if one["section"] not in ("7.1", "7.2", "7.3", "7.9")]
        told = [{**one, "note": "; ".join(filter(None, (one.get("note"), CIS_NOTES.get(_about(one)))))} for one in kept]
        told = [one if one["note"] else {key: value for key, value in one.items() if key != "note"} for one in told]
        yield {**profile, "requirements": [*told, *_open(CIS_OPEN)]}


def _about(entry: Entry) -> str:
    return f"{entry['section']} {next(iter(entry))}"


def stig(document: Json) -> Iterator[Entry]:
    """The STIG alone; what FedRAMP adds was only recalled."""
    rules = [rule for rule in document["rules"] if rule["basis"] != "recall"]
    title = "DISA STIG, Apache Server 2.4 UNIX (Server and Site)"
    whole = {**document, "id": "stig-apache-2.4", "title": title, "publisher": "DISA", "rules": rules}
    for profile in policy({**whole, "versions": [{**whole, "version": "2024-01", "released": "2024-01"}]}):
        yield {**profile, "requirements": [*profile["requirements"], *_open(STIG_OPEN)]}


def _open(texts: Mapping[str, str]) -> list[Entry]:
    """The items that no configuration decides."""
    return [_entry({"undecided": text}, "must", section, basis="secondary") for section, text in texts.items()]


def ssllabs(document: Json) -> Iterator[Entry]:
    """What keeps the grade A, and A+ where it is advice."""
    yield {
        "profile": "ssllabs-a",
        "edition": document["version"],
        "title": "SSL Labs SSL Server Rating Guide, grade A",
        "publisher": document["publisher"],
        "released": "2020-01-30",
        "source": " ".join(document["source"].split()),
        "requirements": [_entry(ask, level, section, note, basis) for ask, level, section, basis, note in CAPS],
    }


MAKERS = {"mozilla": mozilla, "cis-apache-2.4": cis, "stig-fedramp": stig, "ssllabs-2009r": ssllabs}

if __name__ == "__main__":
    main(sys.argv[1])
