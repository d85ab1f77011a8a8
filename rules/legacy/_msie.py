"""Whom a work-around for Internet Explorer hits, and what would hit the right ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sslint.api import Edit, EnvironmentLine, Server, Span, UserAgent, delete_lines, replace, settled, user_agents

VARIABLES = ("nokeepalive", "downgrade-1.0", "force-response-1.0")
NARROW = '"MSIE [2-5]\\."'
NEEDED_UP_TO = 5


class Verdict(NamedTuple):
    """The browsers from version 6 on that a line cuts down, and the variables by which it does."""

    victims: tuple[UserAgent, ...]
    variables: tuple[str, ...]

    @property
    def browsers(self) -> str:
        """The victims, for a sentence."""
        majors = sorted({agent.major for agent in self.victims if not _is_compatibility_view(agent)})
        names = []
        if majors:
            span = f"{majors[0]} to {majors[-1]}" if len(majors) > 1 else f"{majors[0]}"
            names.append(f"Internet Explorer {span}")
        if any(map(_is_compatibility_view, self.victims)):
            names.append("Edge in Compatibility View")
        return " and ".join(names)

    @property
    def is_one(self) -> bool:
        """Whether the sentence is in the singular."""
        return len({agent.major for agent in self.victims}) == 1 and " and " not in self.browsers

    @property
    def examples(self) -> str:
        """What the victims call themselves."""
        claims = dict.fromkeys(agent.text.partition("MSIE ")[2].partition(";")[0] for agent in self.victims)
        shown = [f"MSIE {claim}" for claim in claims if claim]
        return ", ".join(shown) or "Trident/7.0"


def _is_compatibility_view(agent: UserAgent) -> bool:
    return "Trident/7" in agent.text and "MSIE" in agent.text


def judge(line: EnvironmentLine, server: Server) -> Verdict | None:
    """What a line does to Internet Explorer 6 and later; None where it does no harm."""
    mine = {action.variable for action in line.actions if not action.unsets} & set(VARIABLES)
    if not mine or line.pattern is None or not line.looks_at_user_agent or not _is_about_msie(line):
        return None
    victims, variables = [], set()
    for agent in user_agents():
        if agent.is_internet_explorer and agent.major > NEEDED_UP_TO and line.pattern.search(agent.text):
            final = settled(server, line.directive, VARIABLES, agent.text)
            own = {name for name in mine if name in final and final[name][0].directive is line.directive}
            if own <= {"force-response-1.0"} and "downgrade-1.0" not in final:
                continue
            victims.append(agent)
            variables |= own
    if not victims or not variables:
        return None
    return Verdict(tuple(victims), tuple(name for name in VARIABLES if name in variables))


def _is_about_msie(line: EnvironmentLine) -> bool:
    """Whether a line means Internet Explorer, and not everybody."""
    return "msie" in line.pattern_argument.value.lower() or not _hits_others(line)


def _hits_others(line: EnvironmentLine) -> bool:
    """Whether a browser in use that is not Internet Explorer is hit."""
    return line.pattern is not None and any(
        agent.in_use and not agent.is_internet_explorer and line.pattern.search(agent.text) for agent in user_agents()
    )


def mended(line: EnvironmentLine, verdict: Verdict) -> tuple[str, list[Edit]]:
    """How to spare the victims: a narrower pattern if the line serves older ones too, else without the variables."""
    assert line.pattern is not None
    text, span = line.directive.source.text, line.pattern_argument.span
    if text[span.start : span.end].strip("\"'") != line.pattern_argument.value or _hits_others(line):
        return "", []
    old = [agent for agent in user_agents() if agent.is_internet_explorer and agent.major <= NEEDED_UP_TO]
    if any(line.pattern.search(agent.text) for agent in old):
        quote = text[span.start]
        written = NARROW.replace('"', "'") if quote == "'" else NARROW
        return "narrow the pattern to the versions that need it", [replace(line.pattern_argument, written)]
    return "remove what no client of these versions needs", _without(line, verdict.variables)


def _without(line: EnvironmentLine, variables: Sequence[str]) -> list[Edit]:
    """Take variables out of a line; the whole line where nothing is left."""
    directive = line.directive
    guilty = [action for action in line.actions if not action.unsets and action.variable in variables]
    if len(guilty) == len(line.actions):
        return [delete_lines(directive)]
    text = directive.source.text
    edits = []
    for action in guilty:
        start, end = action.argument.span
        blanks = re.search(r"[ \t]*$", text[:start])
        edits.append(Edit(directive.source, Span(blanks.start() if blanks else start, end), ""))
    return edits
