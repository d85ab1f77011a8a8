"""RewriteCond and RewriteRule, run on one request.

Sources: `apply_rewrite_list`, `apply_rewrite_rule`, `apply_rewrite_cond` and `do_expand` in mod_rewrite.c.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...configuration.model import Directive
from ...text import leading_number, number_of
from ..pattern import compile_pattern
from .message import Kind, Request, World

_REDIRECTS = {"permanent": 301, "temp": 302, "seeother": 303}
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PIECE = re.compile(r"\\(.)|([$%])(\d)|%\{([^}]*)\}|(\$\{[^}]*\})|(.)", re.DOTALL)
_NUMERIC = re.compile(r"-(eq|ne|lt|le|gt|ge)(.*)", re.DOTALL)
_LONGEST_RUN = 200


class Outcome(NamedTuple):
    """What the rules make of a request.

    `kind` is `pass` (nothing matched), `path` (another path), `redirect`, `status`, `proxy` or `unknown`;
    `through` tells of a path that goes on to Alias and the like (flag PT), `ends` that no rules of sections
    follow (flag END). A path has a status where it overtook a redirect, whose status stays.
    """

    kind: str
    value: str = ""
    status: int = 0
    directive: Directive | None = None
    through: bool = False
    ends: bool = False


class Rule(NamedTuple):
    """One RewriteRule with the conditions before it."""

    directive: Directive
    conditions: tuple[Sequence[str], ...]
    pattern: str
    target: str
    flags: dict[str, str]
    asked: tuple[Directive, ...] = ()
    """The lines of the conditions."""

    def has(self, *names: str) -> str | None:
        """The value of a flag, by its short or long name; None where it is not given."""
        return next((self.flags[name] for name in names if name in self.flags), None)


def rules_of(lines: Sequence[Directive]) -> list[Rule]:
    """The rules among RewriteCond and RewriteRule lines."""
    found: list[Rule] = []
    waiting: list[Directive] = []
    for line in lines:
        if line.key == "rewritecond":
            waiting.append(line)
        elif line.key == "rewriterule":
            words = line.values
            if len(words) > 1:
                flags = flags_of(words[2] if len(words) > 2 else "")
                conditions = tuple(one.values for one in waiting)
                found.append(Rule(line, conditions, words[0], words[1], flags, tuple(waiting)))
            waiting = []
    return found


def flags_of(text: str) -> dict[str, str]:
    """`[R=301,L]` as names in upper case with their values."""
    words = text.strip().removeprefix("[").removesuffix("]").split(",")
    pairs = (word.strip().partition("=") for word in words if word.strip())
    return {name.strip().upper(): value for name, _, value in pairs}


@dataclass(slots=True)
class Rewriting:
    """One run of the rules of one scope.

    `prefix` is the folder's path with its slash, for rules in a section; `base` the URL path that stands
    before relative results there. `file` is what REQUEST_FILENAME comes to.
    """

    request: Request
    world: World
    prefix: str = ""
    base: str = ""
    file: str | None = None
    _captured: tuple[re.Match[str] | None, re.Match[str] | None] = field(default=(None, None), init=False)

    def run(self, rules: Sequence[Rule], path: str) -> Outcome:
        """What the rules make of a URL path, or in a section of a file path."""
        result = Outcome("pass", path)
        at = 0
        for _ in range(_LONGEST_RUN):
            if at >= len(rules):
                return result
            rule = rules[at]
            passed_over = self.request.is_subrequest and rule.has("R", "REDIRECT", "NS", "NOSUBREQ") is not None
            fits = False if passed_over else self._fits(rule, result.value)
            if fits is None:
                return Outcome("unknown", directive=rule.directive)
            at += 1
            if not fits:
                at += 0 if passed_over else _chained(rules, at - 1)
                continue
            found = self._apply(rule, result)
            if rule.has("END") is not None:
                return found._replace(ends=True)
            if found.kind in ("status", "proxy", "unknown") or rule.has("L", "LAST", "PT", "PASSTHROUGH") is not None:
                return found
            result = found
            skip = rule.has("S", "SKIP")
            at = 0 if rule.has("N", "NEXT") is not None else at + (number_of(skip or "") or 0)
        return Outcome("unknown")

    def _fits(self, rule: Rule, path: str) -> bool | None:
        """Whether pattern and conditions match."""
        pattern = compile_pattern(rule.pattern.removeprefix("!"), rule.has("NC", "NOCASE") is not None)
        if pattern is None:
            return None
        negated = rule.pattern.startswith("!")
        match = pattern.search(path.removeprefix(self.prefix) if self.prefix else path)
        if (match is not None) is negated:
            return False
        self._captured = (match, None)
        return self._conditions_hold(rule.conditions)

    def _conditions_hold(self, conditions: Sequence[Sequence[str]]) -> bool | None:
        """Whether all hold; `[OR]` joins a condition to the next one, which is not looked at where the first holds."""
        results: set[bool | None] = set()
        group: bool | None = False
        for words in conditions:
            if group is not True:
                group = _either(group, self._holds(words))
            if not {"OR", "ORNEXT"}.isdisjoint(flags_of("".join(words[2:]))):
                continue
            results.add(group)
            if group is False:
                return False
            group = False
        return None if None in results else True

    def _holds(self, words: Sequence[str]) -> bool | None:
        if len(words) < 2:
            return None
        wanted, negated = words[1].removeprefix("!"), words[1].startswith("!")
        if words[0].lower() == "expr":
            from ..truth import judge

            found = judge(wanted, self._variable)
        else:
            text = self._expanded(words[0])
            nocase = not {"NC", "NOCASE"}.isdisjoint(flags_of("".join(words[2:])))
            found = None if text is None else self._tested(text, wanted, negated, nocase)
        return None if found is None else found is not negated

    def _tested(self, text: str, wanted: str, negated: bool, nocase: bool) -> bool | None:
        if wanted[:1] == "-" and len(wanted) == 2:
            return self._file_test(text, wanted[1])
        numeric = _NUMERIC.fullmatch(wanted)
        if numeric is not None:
            return _compared(leading_number(text), numeric.group(1), leading_number(numeric.group(2)))
        if wanted[:1] in ("=", "<", ">"):
            return _ordered(text, wanted, nocase)
        return self._matched(text, wanted, negated, nocase)

    def _matched(self, text: str, wanted: str, negated: bool, nocase: bool) -> bool | None:
        pattern = compile_pattern(wanted, nocase)
        if pattern is None:
            return None
        match = pattern.search(text)
        if match is not None and not negated:
            self._captured = (self._captured[0], match)
        return match is not None

    def _file_test(self, path: str, test: str) -> bool | None:
        kind = self.world.kind_of(path) if test in "fds" else None
        if kind is None:
            return None
        return kind is (Kind.FOLDER if test == "d" else Kind.FILE)

    def _variable(self, name: str) -> str | None:
        name = name.upper() if not name.upper().startswith("ENV:") else "ENV:" + name[4:]
        if name in ("REQUEST_FILENAME", "SCRIPT_FILENAME"):
            return self.file
        return self.request.lookup(name)

    def _expanded(self, text: str) -> str | None:
        """A text with its back-references and variables filled in; None where one isn't known."""
        parts: list[str] = []
        for escaped, sign, number, variable, mapped, other in _PIECE.findall(text):
            found: str | None = escaped or other
            if number:
                match = self._captured[0 if sign == "$" else 1]
                within = match is not None and int(number) <= (match.re.groups or 0)
                found = (match.group(int(number)) or "") if match is not None and within else ""
            elif variable:
                found = self._variable(variable)
            elif mapped:
                found = None
            if found is None:
                return None
            parts.append(found)
        return "".join(parts)

    def _apply(self, rule: Rule, before: Outcome) -> Outcome:
        """What a rule that matches makes of the path."""
        refusal = _refusal(rule)
        if refusal:
            return Outcome("status", status=refusal, directive=rule.directive)
        target = before.value if rule.target == "-" else self._target(rule)
        if target is None:
            return self._unknown_target(rule)
        if rule.has("P", "PROXY") is not None:
            return Outcome("proxy", target, directive=rule.directive)
        status = _redirect_status(rule)
        if rule.target == "-" and not status:
            return before
        if status or _ABSOLUTE.match(target):
            return Outcome("redirect", target, status or 302, rule.directive)
        through = rule.has("PT", "PASSTHROUGH") is not None
        return Outcome("path", target, before.status, rule.directive, through)

    def _unknown_target(self, rule: Rule) -> Outcome:
        """A redirect is one wherever it leads."""
        status = _redirect_status(rule) or (302 if _ABSOLUTE.match(rule.target) else 0)
        if 300 <= status < 400:
            return Outcome("redirect", rule.target, status, rule.directive)
        return Outcome("unknown", directive=rule.directive)

    def _target(self, rule: Rule) -> str | None:
        target = self._expanded(rule.target)
        if target is None or _ABSOLUTE.match(target):
            return target
        target = target.partition("?")[0]
        if self.prefix and not target.startswith("/"):
            return f"{self.base.rstrip('/')}/{target}"
        return target


def _either(left: bool | None, right: bool | None) -> bool | None:
    if left is True or right is True:
        return True
    return None if None in (left, right) else False


def _ordered(text: str, wanted: str, nocase: bool) -> bool:
    """`=text`, `<text`, `>=text` and the like, by the order of characters."""
    other = wanted.lstrip("<>=")
    other = "" if other in ('""', "''") else other
    if nocase:
        text, other = text.lower(), other.lower()
    if text == other:
        return "=" in wanted[:2]
    return wanted[0] != "=" and (text < other) is (wanted[0] == "<")


def _chained(rules: Sequence[Rule], at: int) -> int:
    """How many rules a chain skips, when the one at a place does not match."""
    count = 0
    while at + count < len(rules) and rules[at + count].has("C", "CHAIN") is not None:
        count += 1
    return count


def _redirect_status(rule: Rule) -> int:
    value = rule.has("R", "REDIRECT")
    if value is None:
        return 0
    status = number_of(value)
    return _REDIRECTS.get(value.lower(), 302) if status is None else status


def _refusal(rule: Rule) -> int:
    """The status of a rule that refuses: F, G, or R with a status that leads nowhere; else 0."""
    if rule.has("F", "FORBIDDEN") is not None:
        return 403
    if rule.has("G", "GONE") is not None:
        return 410
    status = _redirect_status(rule)
    return 0 if 300 <= status < 400 else status


def _compared(left: int, operator: str, right: int) -> bool:
    order = (left > right) - (left < right)
    return {"eq": order == 0, "ne": order != 0, "lt": order < 0, "le": order <= 0, "gt": order > 0,
            "ge": order >= 0}[operator]  # fmt: skip


class Round(NamedTuple):
    """What one round of a folder's rules makes of a path, relative to the folder, and the rule that did it.

    A result that is written as a URL path starts the next round even if it is the path that was asked for.
    """

    path: str
    directive: Directive
    is_url: bool


def rewritten_in_folder(rules: Sequence[Rule], path: str, *, is_root: bool = False) -> Round | None:
    """One round for a path in a folder, which with `is_root` is the one that all URLs stand for.

    None where the rules leave it as it is, lead out of the folder, answer the request, or can't be told.
    """
    folder, base = "/folder/", "/folder"
    request = Request(f"{'' if is_root else base}/{path}", tls=False)
    found = Rewriting(request, World(), folder, base, folder + path).run(rules, folder + path)
    if found.kind != "path" or found.ends or found.directive is None:
        return None
    if found.value.startswith(folder):
        return Round(found.value.removeprefix(folder), found.directive, False)
    return Round(found.value.removeprefix("/"), found.directive, True) if is_root else None
