"""Everything that a rule may import.

A rule file says `from sslint.api import …` and needs nothing else but underscore helpers of its
own family. What is missing here belongs in the model below, where every rule can use it.
"""

from __future__ import annotations

from .configuration import Argument, Configuration, Directive, Section, walk
from .configuration.problem import Problem
from .diagnostic import Diagnostic, Edit, Fix, Related, Safety, Severity, on_its_own_line
from .edits import (
    above_engines,
    add_to,
    delete_lines,
    fix_at_end,
    insert_after,
    insert_at_end,
    insert_before,
    replace,
    set_value,
)
from .files import ReadError
from .knowledge.directives import Deprecation
from .knowledge.history import deprecation, gone_module, successor
from .knowledge.redos import blowup
from .knowledge.suggest import closest
from .knowledge.targets import Target
from .knowledge.versions import HttpdVersion
from .openssl.groups import group_bits
from .openssl.history import is_tls13_name, lifetime, namesakes, neighbours, openssl_name_of
from .openssl.redundancy import redundant
from .openssl.selection import CipherList, Element
from .openssl.suite import Suite
from .openssl.weakness import gravest, weaknesses
from .rule import Context, Place, SourceFile, rule
from .server import (
    Access,
    Default,
    Exposure,
    Reach,
    Scope,
    Server,
    Setting,
    Socket,
    Spot,
    VirtualHost,
    assumption,
    listing,
)
from .server.access import require_group
from .server.addresses import ANY as ANY_ADDRESS
from .server.addresses import is_loopback
from .server.backends import Backend, backends
from .server.comparisons import NUMERIC, compared_as_text
from .server.environment import EnvironmentLine, environment_line, settled
from .server.in_force import InForce, in_force, is_overridden
from .server.judging import holds, judge
from .server.mapping import Mapper, Proxied, in_order, lies_in
from .server.memory import kept
from .server.merging.bits import Bits
from .server.merging.duplicates import is_chosen_from
from .server.merging.effective import Effective, effective
from .server.override_files import OverrideFile, override_files
from .server.pattern import compile_pattern, literal_prefix
from .server.reach import ends_tls_upstream
from .server.redirects import redirect_of
from .server.requests.circle import BROWSERS_FOLLOW, circle
from .server.requests.misdirection import unlike_settings
from .server.requests.request import Answer, predict
from .server.requests.rewrites import Rule as RewriteRule
from .server.requests.rewrites import flags_of as rewrite_flags
from .server.requests.rewrites import rewritten_in_folder
from .server.requests.stranger import answer_to, opened_by, served_file, serves, strangers_admission, strangers_answers
from .server.responses import Field as HeaderField
from .server.responses import (
    HeaderLine,
    ResponseHeaders,
    edited,
    header_line,
    header_lines,
    headers_of,
    response_headers,
    said_for,
)
from .server.rule_sets import RuleSet, rule_sets
from .server.sections import Where, all_scopes, host_scopes
from .server.setting import usable
from .server.spot import all_arguments, name_of, part, spot
from .server.steering import (
    Steered,
    begins_with_slash,
    captured_from,
    group_of,
    is_free,
    may_hold,
    never_fits,
    slash_before,
    steered,
)
from .server.unmet import is_unreachable, met_hosts, misses
from .server.user_agents import UserAgent, user_agents
from .text import Span, enumeration, leading_number, number_of
from .tls import (
    CipherSetting,
    OfferedProtocol,
    OfferedSuite,
    Protocol,
    ProxyOffer,
    TlsOffer,
    cipher_line,
    offers,
    switch_on,
    with_value,
    without_gaps,
)
from .tls import available as available_protocols
from .tls.certificates import (
    FIRST_WITH_CHAIN_IN_FILE,
    Certificate,
    Credentials,
    DhParameters,
    Pair,
    PublicKey,
    Refusal,
    authorities,
    covers,
    credentials,
    machine_certificate,
    machine_refusal,
    secrets,
)
from .tls.certificates import Named as NamedFile
from .tls.clients import Client, Outcome, clients, simulate
from .tls.lists import expand_group_list
from .tls.protocols import explicit
from .tls.startup import knows_modules, line_above
from .tls.startup.lists import proxy_sides
from .tls.suites import default_level
from .tls.switches import compresses_by_default

__all__ = [
    "ANY_ADDRESS",
    "BROWSERS_FOLLOW",
    "FIRST_WITH_CHAIN_IN_FILE",
    "NUMERIC",
    "Access",
    "Answer",
    "Argument",
    "Backend",
    "Bits",
    "Certificate",
    "CipherList",
    "CipherSetting",
    "Client",
    "Configuration",
    "Context",
    "Credentials",
    "Default",
    "Deprecation",
    "DhParameters",
    "Diagnostic",
    "Directive",
    "Edit",
    "Effective",
    "Element",
    "EnvironmentLine",
    "Exposure",
    "Fix",
    "HeaderField",
    "HeaderLine",
    "HttpdVersion",
    "InForce",
    "Mapper",
    "NamedFile",
    "OfferedProtocol",
    "OfferedSuite",
    "Outcome",
    "OverrideFile",
    "Pair",
    "Place",
    "Problem",
    "Protocol",
    "Proxied",
    "ProxyOffer",
    "PublicKey",
    "Reach",
    "ReadError",
    "Refusal",
    "Related",
    "ResponseHeaders",
    "RewriteRule",
    "RuleSet",
    "Safety",
    "Scope",
    "Section",
    "Server",
    "Setting",
    "Severity",
    "Socket",
    "SourceFile",
    "Span",
    "Spot",
    "Steered",
    "Suite",
    "Target",
    "TlsOffer",
    "UserAgent",
    "VirtualHost",
    "Where",
    "above_engines",
    "add_to",
    "all_arguments",
    "all_scopes",
    "answer_to",
    "assumption",
    "authorities",
    "available_protocols",
    "backends",
    "begins_with_slash",
    "blowup",
    "captured_from",
    "cipher_line",
    "circle",
    "clients",
    "closest",
    "compared_as_text",
    "compile_pattern",
    "compresses_by_default",
    "covers",
    "credentials",
    "default_level",
    "delete_lines",
    "deprecation",
    "edited",
    "effective",
    "ends_tls_upstream",
    "enumeration",
    "environment_line",
    "expand_group_list",
    "explicit",
    "fix_at_end",
    "gone_module",
    "gravest",
    "group_bits",
    "group_of",
    "header_line",
    "header_lines",
    "headers_of",
    "holds",
    "host_scopes",
    "in_force",
    "in_order",
    "insert_after",
    "insert_at_end",
    "insert_before",
    "is_chosen_from",
    "is_free",
    "is_loopback",
    "is_overridden",
    "is_tls13_name",
    "is_unreachable",
    "judge",
    "kept",
    "knows_modules",
    "leading_number",
    "lies_in",
    "lifetime",
    "line_above",
    "listing",
    "literal_prefix",
    "machine_certificate",
    "machine_refusal",
    "may_hold",
    "met_hosts",
    "misses",
    "name_of",
    "namesakes",
    "neighbours",
    "never_fits",
    "number_of",
    "offers",
    "on_its_own_line",
    "opened_by",
    "openssl_name_of",
    "override_files",
    "part",
    "predict",
    "proxy_sides",
    "redirect_of",
    "redundant",
    "replace",
    "require_group",
    "response_headers",
    "rewrite_flags",
    "rewritten_in_folder",
    "rule",
    "rule_sets",
    "said_for",
    "secrets",
    "served_file",
    "serves",
    "set_value",
    "settled",
    "simulate",
    "slash_before",
    "spot",
    "steered",
    "strangers_admission",
    "strangers_answers",
    "successor",
    "switch_on",
    "unlike_settings",
    "usable",
    "user_agents",
    "walk",
    "weaknesses",
    "with_value",
    "without_gaps",
]
