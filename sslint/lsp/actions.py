"""Code actions: fixes, all fixes, comments that ignore, and the page of a rule."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from ..diagnostic import Diagnostic, Edit, Safety
from ..explain import explain
from ..fixer import fix
from ..ignore import ignoring
from ..text import Span
from .engine import Token
from .session import Group, Watched
from .uris import path_of, uri_of

if TYPE_CHECKING:
    from .protocol import Document
    from .server import Server

EXPLAIN = "sslint.explain"
FIX_ALL = "source.fixAll.sslint"
_QUICK_FIX = types.CodeActionKind.QuickFix


async def _code_actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    result = await ls.engine.fresh()
    document = ls.document(params.text_document.uri)
    path = path_of(params.text_document.uri)
    group = result.group(path) if result is not None else None
    if document is None or group is None or result is None or result.texts.get(path) != document.buffer.text:
        return None
    actions = _Actions(ls, document, path, group, params)
    return [*actions.of_findings(), *await actions.of_file()] or None


class _Actions:
    """The actions for one range of a buffer."""

    def __init__(self, ls: Server, document: Document, path: str, group: Group, params: types.CodeActionParams) -> None:
        self.ls = ls
        self.document = document
        self.path = path
        self.group = group
        only = params.context.only
        self.only = None if only is None else [str(getattr(kind, "value", kind)) for kind in only]
        self.converter = ls.converter()
        self.diagnostics = {
            (one.code, one.range.start.line, one.range.start.character): one for one in params.context.diagnostics
        }
        table = document.buffer.table
        first, last = params.range.start.line, params.range.end.line
        self.span = Span(table.offset(first, 0), max(table.offset(last + 1, 0) - 1, table.offset(first, 0)))
        """The lines of the range: what stands in a line is looked for from anywhere in it."""

    def wants(self, kind: str) -> bool:
        """Whether the client asked for a kind, or for all."""
        return self.only is None or any(kind == one or kind.startswith(f"{one}.") for one in self.only)

    def of_findings(self) -> Iterator[types.CodeAction]:
        """What can be done about the findings in the range."""
        if not self.wants(_QUICK_FIX.value):
            return
        resolve = self.group.files.resolve
        home = resolve(self.path)
        own = [one for one in self.group.survey.report.diagnostics if resolve(one.source.path) == home]
        touching = [one for one in own if one.span.start <= self.span.end and self.span.start <= one.span.end]
        counts = {one.code: sum(other.code == one.code and _applies(other) for other in own) for one in touching}
        yield from _different(action for one in touching for action in self.fixes(one))
        for one in _first_of_each(touching):
            if _applies(one) and counts[one.code] > 1:
                yield self.fix_all_of(one)
        yield from _different(map(self.ignore, touching))
        for one in _first_of_each(touching):
            yield self.explain(one)

    def action(self, one: Diagnostic, title: str, edits: Iterable[Edit], preferred: bool = False) -> types.CodeAction:
        """A quick fix."""
        edit = workspace_edit(self.ls, self.converter.edits(edits))
        said = self.said(one)
        return types.CodeAction(title, kind=_QUICK_FIX, diagnostics=said, edit=edit, is_preferred=preferred or None)

    def said(self, one: Diagnostic) -> list[types.Diagnostic] | None:
        """The client's own diagnostic of a finding."""
        start = self.converter.position(one.source, one.span.start)
        found = self.diagnostics.get((one.slug, start.line, start.character))
        return [found] if found is not None else None

    def fixes(self, one: Diagnostic) -> Iterator[types.CodeAction]:
        """The finding's own fix, if it may be applied."""
        if one.fix is None or not _applies(one):
            return
        safe = one.fix.safety is Safety.SAFE
        title = _sentence(one.fix.title) if safe else f"{_sentence(one.fix.title)} (unsafe: it may change more)"
        yield self.action(one, title, one.fix.edits, safe)

    def fix_all_of(self, one: Diagnostic) -> types.CodeAction:
        """All fixes of a finding's rule in the file; worked out when it is chosen."""
        safe = one.fix is not None and one.fix.safety is Safety.SAFE
        unsafe = "" if safe else " (unsafe: it may change more)"
        data = {"uri": self.document.uri, "version": self.document.version, "rule": one.code, "safe": safe}
        return types.CodeAction(f"Fix every {one.slug} in this file{unsafe}", kind=_QUICK_FIX, data=data)

    def ignore(self, one: Diagnostic) -> types.CodeAction:
        """The comment that ignores a finding."""
        edit = ignoring(one.source, one.span.start, [one.slug])
        where = "in this file" if "ignore-file" in edit.text else "here"
        return self.action(one, f"Ignore {one.slug} {where}", [edit])

    def explain(self, one: Diagnostic) -> types.CodeAction:
        """The rule's page."""
        command = types.Command(f"Explain {one.slug}", EXPLAIN, arguments=[one.slug])
        return types.CodeAction(command.title, kind=_QUICK_FIX, diagnostics=self.said(one), command=command)

    async def of_file(self) -> list[types.CodeAction]:
        """All safe fixes at once; for clients that can't ask for the edit later, only when they asked for just that."""
        if not self.wants(FIX_ALL):
            return []
        data = {"uri": self.document.uri, "version": self.document.version, "rule": "", "safe": True}
        kind = types.CodeActionKind.SourceFixAll
        action = types.CodeAction("Fix all that is safe to fix", kind=f"{kind.value}.sslint", data=data)
        if _resolves(self.ls):
            return [action]
        if self.only is None:
            return []
        resolved = await _resolve(self.ls, action)
        return [resolved] if resolved.edit is not None else []


async def _resolve(ls: Server, action: types.CodeAction) -> types.CodeAction:
    """Work out the edits of an action, unless the buffer has changed since."""
    data: Any = action.data
    result = await ls.engine.fresh()
    document = ls.document(data["uri"]) if isinstance(data, dict) else None
    group = result.group(path_of(document.uri)) if result is not None and document is not None else None
    if document is None or group is None or document.version != data["version"]:
        return action
    edits = await _fixed(ls, group, path_of(document.uri), data["rule"], data["safe"])
    action.edit = workspace_edit(ls, edits) if edits else None
    return action


async def _fixed(ls: Server, group: Group, path: str, rule: str, safe: bool) -> dict[str, list[types.TextEdit]]:
    """The edits of all fixes in a file, of one rule or of all, to where nothing is left to fix."""
    token = Token()
    files = Watched(group.files, token)
    home = files.resolve(path)

    def only(one: Diagnostic) -> bool:
        return files.resolve(one.source.path) == home and rule in ("", one.code)

    def work() -> dict[str, tuple[str, str]]:
        safeties = (Safety.SAFE,) if safe else (Safety.SAFE, Safety.UNSAFE)
        registry, material = ls.session.registry, group.material
        fixed = fix(files, [path], group.settings, safeties, registry=registry, material=material, only=only)
        return dict(fixed.texts)

    try:
        texts = await ls.engine.run(work)
    except asyncio.CancelledError:
        token.cancelled = True
        raise
    converter = ls.converter()
    return {converter.uri(one): converter.rewritten(one, old, new) for one, (old, new) in texts.items()}


def workspace_edit(ls: Server, edits: dict[str, list[types.TextEdit]]) -> types.WorkspaceEdit:
    """Edits with the versions of the buffers that they are for, where the client understands that."""
    workspace = ls.client_capabilities.workspace
    if not (workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes):
        return types.WorkspaceEdit(changes=edits)
    changes = []
    for uri, some in edits.items():
        document = ls.document(uri)
        name = types.OptionalVersionedTextDocumentIdentifier(uri, document.version if document else None)
        changes.append(types.TextDocumentEdit(name, list(some)))
    return types.WorkspaceEdit(document_changes=list(changes))


def _resolves(ls: Server) -> bool:
    """Whether the client asks for an action's edit when it is chosen."""
    document = ls.client_capabilities.text_document
    support = document.code_action.resolve_support if document and document.code_action else None
    return support is not None and "edit" in support.properties


def _applies(one: Diagnostic) -> bool:
    return one.fix is not None and one.fix.safety is not Safety.MANUAL


def _first_of_each(findings: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """The first finding of each rule."""
    found: dict[str, Diagnostic] = {}
    for one in findings:
        found.setdefault(one.code, one)
    return found.values()


def _different(actions: Iterable[types.CodeAction]) -> Iterator[types.CodeAction]:
    """Actions without those that do the same: two findings may want one fix."""
    known: list[tuple[str, types.WorkspaceEdit | None]] = []
    for action in actions:
        if (action.title, action.edit) not in known:
            known.append((action.title, action.edit))
            yield action


def _sentence(title: str) -> str:
    return title[:1].upper() + title[1:]


def _explain(ls: Server, name: str) -> str | None:
    """The page of a rule: returned, and shown in the editor where it can show a file."""
    rule = ls.rule(name)
    if rule is None:
        return None
    page = "\n".join(explain(rule)) + "\n"
    window = ls.client_capabilities.window
    if window and window.show_document and window.show_document.support:
        path = Path(ls.pages.name) / f"{rule.slug}.md"
        path.write_text(page, encoding="utf-8")
        ls.window_show_document(types.ShowDocumentParams(uri_of(str(path)), take_focus=True))
    else:
        text = f"{rule.slug}: {rule.summary}. sslint explain {rule.slug} tells more."
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, text))
    return page


def register(server: Server) -> None:
    """Let the server answer."""
    kinds = [_QUICK_FIX, types.CodeActionKind.SourceFixAll]
    options = types.CodeActionOptions(code_action_kinds=[*kinds, FIX_ALL], resolve_provider=True)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)(_code_actions)
    server.feature(types.CODE_ACTION_RESOLVE)(_resolve)

    def command(name: str) -> str | None:  # pygls looks at the types of what commands take
        return _explain(server, name)

    server.command(EXPLAIN)(command)
