"""SSLRequireSSL for a section that does without."""

from __future__ import annotations

from sslint.api import Context, Edit, Fix, Scope, Span

from ._exposed import Finding


def fix(finding: Finding, context: Context) -> Fix | None:
    """Refuse plain requests, where TLS is an alternative and nothing but its absence lets them in."""
    access = finding.exposures[0].access
    if not finding.served_by_tls or access.satisfy_any is not None:
        return None
    return context.fix("refuse requests without TLS", _first_line(finding.scope))


def _first_line(scope: Scope) -> Edit:
    """SSLRequireSSL as the section's first line, indented like the next one."""
    source, section = scope.section.source, scope.section
    text = source.text
    at = text.find("\n", section.end) + 1 or len(text)
    inner = section.children[0].start if section.children else None
    line_start = text.rfind("\n", 0, inner or section.start) + 1
    indent = text[line_start : inner or section.start]
    if indent.strip() or inner is None:
        indent = text[text.rfind("\n", 0, section.start) + 1 : section.start] + "    "
    ending = "\r\n" if text[at - 2 : at] == "\r\n" else "\n"
    return Edit(source, Span(at, at), f"{indent}SSLRequireSSL{ending}")
