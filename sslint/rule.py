"""What a rule is: metadata, a check, and the context in which it reports.

A rule is a generator function under one `@rule(...)`. The annotation of its first parameter is
its subscription, the second parameter is the `Context`:

    @rule(code="SSL0101", name="weak-ssl-protocol", severity=Severity.ERROR, since="0.1.0")
    def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
        ...
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import CodeType, FunctionType, MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from .diagnostic import Diagnostic, Edit, Fix, Related, Safety, Severity
from .text import Source, Span

if TYPE_CHECKING:
    from .configuration import Configuration, Directive
    from .configuration.problem import Problem
    from .knowledge.targets import Target
    from .server import Server
    from .tls.profiles import Profile
    from .tls.profiles.judge import Breach

OptionValue = bool | int | str | tuple[str, ...]
T = TypeVar("T", bool, int, str, tuple[str, ...])
S = TypeVar("S")
Check = Callable[..., Iterator[Diagnostic]]

FAMILIES = (
    "syntax", "protocol", "cipher", "keyexchange", "certificate", "session", "clientauth", "requiressl", "proxy",
    "vhost", "transport", "legacy", "disclosure", "access", "limits", "logging", "obsolete", "rewrite", "htaccess",
    "style", "profile", "acme",
)  # fmt: skip
"""The families in the order of their numbers: the first two digits of a code."""

OWN = "own"
"""The family of all rules that do not ship with sslint."""

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""What a rule's name looks like: lower-case words with hyphens."""
_CODE = re.compile(r"(?P<shipped>SSL\d{4})|(?!SSL\d)[A-Z]{2,10}\d{2,5}")

TLS = "tls"
"""Among the needs of rules: a host that speaks TLS, whatever switched it on. No directive is called so."""

INCLUDED = "included from here"
"""The label of related places that only tell how the server came to a finding's file."""


class Subject(enum.Enum):
    """What a rule may subscribe to, by the name of its first parameter's annotation."""

    DIRECTIVE = "Directive"
    """Every directive that the server reads, sections included."""
    SECTION = "Section"
    VIRTUAL_HOST = "VirtualHost"
    """The main server, and each virtual host."""
    SERVER = "Server"
    SOURCE_FILE = "SourceFile"
    """Every file that was read, whatever stands in it."""
    PROBLEM = "Problem"
    """What reading and the server's own checks found: the problems whose kind is the rule's slug."""


class RuleError(Exception):
    """A rule that can't be loaded; the message starts with its file and line."""


class Place(Protocol):
    """Anything that stands somewhere in a source: a directive, an argument, a problem."""

    @property
    def source(self) -> Source: ...

    @property
    def span(self) -> Span: ...


class SourceFile(NamedTuple):
    """One file that was read, for rules that look at a file as such."""

    source: Source

    @property
    def span(self) -> Span:
        """The first line; what is said about a whole file is shown there."""
        return self.source.line_span(1)


class Rule(NamedTuple):
    """One rule: what `@rule` says, and the check."""

    code: str
    slug: str
    severity: Severity
    since: str
    subject: Subject
    check: Check
    doc: str
    file: str
    fix: Safety | None = None
    reference: str = ""
    keys: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    options: Mapping[str, OptionValue] = MappingProxyType({})
    rejected: bool = False
    whole_server: bool = False
    htaccess: bool = False
    default: bool = True

    @property
    def family(self) -> str:
        """The family that the code names."""
        return family_of(self.code)

    @property
    def own(self) -> bool:
        """Whether it is an organisation's own, rather than one that ships."""
        return self.family == OWN

    @property
    def summary(self) -> str:
        """The documentation's first line."""
        return self.doc.strip().partition("\n")[0]


def is_own_code(text: str) -> bool:
    """Whether a text can be the code of a rule that does not ship with sslint."""
    match = _CODE.fullmatch(text)
    return match is not None and not match["shipped"]


def family_of(code: str) -> str:
    """The family of a code: its first two digits name it; all other codes are of the family `own`."""
    match = _CODE.fullmatch(code)
    return FAMILIES[int(code[3:5])] if match is not None and match["shipped"] else OWN


def rule(
    *,
    code: str,
    name: str,
    severity: Severity,
    since: str,
    fix: Safety | None = None,
    reference: str = "",
    keys: Sequence[str] = (),
    needs: Sequence[str] = (),
    options: Mapping[str, OptionValue] | None = None,
    rejected: bool = False,
    whole_server: bool = False,
    htaccess: bool = False,
    default: bool = True,
) -> Callable[[Callable[[S, Context], Iterator[Diagnostic]]], Rule]:
    """Make a rule of a generator function.

    `keys` narrows a subscription to `Directive` or `Section` to those names. `needs` names directives
    without any of which the rule has nothing to say of a configuration; `tls` among them stands for a host
    that speaks TLS. Both are written as literals: they are read before the rule is imported.
    `options` are the rule's settings with their defaults. `rejected` says that httpd refuses what the rule finds,
    `whole_server` that nothing can be said of a fragment whose server is unknown,
    `htaccess` that a rule about the server judges the lines of a `.htaccess` too, and
    `default=False` that the rule runs only when it is selected.
    """

    def decorate(check: Callable[[S, Context], Iterator[Diagnostic]]) -> Rule:
        assert isinstance(check, FunctionType)
        origin = check.__code__
        subject = _subject(check, origin)
        match = _CODE.fullmatch(code)
        if match is None or (match["shipped"] and int(code[3:5]) >= len(FAMILIES)):
            raise _error(
                origin,
                f"{code!r} is no rule code: it takes SSL, two digits of the family and two of the rule; "
                "an organisation's own takes other capitals and digits, such as EXA001",
            )
        if keys and subject not in (Subject.DIRECTIVE, Subject.SECTION):
            raise _error(origin, f"keys narrow a subscription to Directive or Section, not to {subject.value}")
        if needs and (keys or subject is Subject.PROBLEM):
            raise _error(origin, "needs are for rules without keys that wait for no problem")
        return Rule(
            code=code,
            slug=name,
            severity=severity,
            since=since,
            subject=subject,
            check=check,
            doc=check.__globals__.get("__doc__") or "",
            file=origin.co_filename,
            fix=fix,
            reference=reference,
            keys=tuple(key.lower() for key in keys),
            needs=tuple(key.lower() for key in needs),
            options=options or {},
            rejected=rejected,
            whole_server=whole_server,
            htaccess=htaccess,
            default=default,
        )

    return decorate


def _error(origin: CodeType, message: str) -> RuleError:
    return RuleError(f"{origin.co_filename}:{origin.co_firstlineno}: {message}")


def _subject(check: FunctionType, origin: CodeType) -> Subject:
    """The subscription; names are compared, since importing the types would cost every start."""
    if origin.co_argcount != 2:
        raise _error(origin, f"a rule takes two parameters, its subject and the Context, not {origin.co_argcount}")
    annotation = check.__annotations__.get(origin.co_varnames[0], "")
    word = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    try:
        return Subject(word.rpartition(".")[2])
    except ValueError:
        subjects = ", ".join(subject.value for subject in Subject)
        raise _error(origin, f"the first parameter's annotation must be one of {subjects}, not {word!r}") from None


class Context:
    """What a rule may ask and do while it checks one configuration."""

    __slots__ = ("_notes", "_server", "_severity", "_tags", "configuration", "options", "profiles", "rule")

    def __init__(
        self,
        rule: Rule,
        configuration: Configuration,
        server: Callable[[], Server],
        options: Mapping[str, OptionValue],
        severity: Severity | None,
        profiles: Sequence[Profile] = (),
        notes: Sequence[str] = (),
        tags: Sequence[str] = (),
    ) -> None:
        self.rule = rule
        self.configuration = configuration
        self.options = options
        self.profiles = tuple(profiles)
        """The chosen profiles."""
        self._server = server
        self._severity = severity
        self._notes = tuple(notes)
        self._tags = tuple(tags)

    @property
    def target(self) -> Target:
        """The versions, modules and defaults that the configuration is read for."""
        return self.configuration.target

    @property
    def server(self) -> Server:
        """The server that the configuration makes."""
        return self._server()

    def breaches(self, server: Server, *subjects: str) -> list[Breach]:
        """What the hosts do against what the chosen profiles ask on some subjects."""
        if not self.profiles:
            return []
        from .tls.profiles.judges import breaches

        return breaches(self.profiles, server, subjects)

    def option(self, name: str, kind: type[T]) -> T:
        """One of the rule's options, as the type of its default."""
        value = self.options[name]
        assert isinstance(value, kind), f"option {name} of {self.rule.slug} is no {kind.__name__}"
        return value

    def report(
        self,
        place: Place,
        message: str,
        *,
        label: str = "",
        related: Sequence[Related | tuple[Place, str]] = (),
        notes: Sequence[str] = (),
        fix: Fix | None = None,
        severity: Severity | None = None,
        tags: Sequence[str] = (),
    ) -> Diagnostic:
        """A finding at a place.

        The rule's metadata, the chain of includes, and what the chosen profiles that ask for the rule
        say of it are filled in.
        """
        explained = [one if isinstance(one, Related) else _related(*one) for one in related]
        return Diagnostic(
            code=self.rule.code,
            slug=self.rule.slug,
            severity=self._severity or severity or self.rule.severity,
            message=message,
            source=place.source,
            span=place.span,
            label=label,
            related=(*explained, *_chain(place)),
            notes=(*notes, *self._notes),
            reference=self.rule.reference,
            fix=fix,
            tags=(*tags, *self._tags),
        )

    def relay(
        self,
        problem: Problem,
        title: str = "",
        severity: Severity | None = None,
        safety: Safety | None = None,
        message: str = "",
    ) -> Diagnostic:
        """The finding that passes a problem of reading on; `title` names what its edits do."""
        fix = self.fix(title or "write what was meant", *problem.edits, safety=safety) if problem.edits else None
        return self.report(
            problem,
            message or problem.message,
            label=problem.label,
            related=problem.related,
            notes=problem.notes,
            fix=fix,
            severity=severity,
        )

    def safety_with(self, module: str) -> Safety | None:
        """The safety of a fix that is safe where a module is loaded; None where it is not."""
        loaded = self.server.has_module(module)
        return None if loaded is False else Safety.SAFE if loaded else Safety.UNSAFE

    def fix(self, title: str, *edits: Edit, safety: Safety | None = None) -> Fix:
        """A fix with the safety that the rule declares, unless a lower one is given."""
        declared = safety or self.rule.fix
        assert declared is not None, f"{self.rule.slug} declares no fix"
        return Fix(title, edits, declared)


def _related(place: Place, label: str) -> Related:
    return Related(place.source, place.span, label)


def _chain(place: Place) -> Iterator[Related]:
    """The includes and macro uses that brought the server to a place, innermost first."""
    frame = getattr(place, "frame", None)
    chain: Sequence[Directive] = frame.chain if frame is not None else ()
    for directive in chain:
        yield Related(directive.source, directive.name_span, INCLUDED)
