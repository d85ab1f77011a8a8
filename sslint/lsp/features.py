"""Hover, completion, outline, folding, definitions and links, as the protocol wants them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from ..assist.completion import Candidate, Sort, complete
from ..assist.facts import facts_of, lines, page_of
from ..assist.hover import Asking, hover
from ..assist.links import Target, definitions, links
from ..assist.outline import Symbol, folds, symbols
from ..assist.project import Project
from ..explain import explain
from ..knowledge.targets import DEFAULT
from ..text import Source, Span
from .convert import Converter
from .session import Group, is_settings
from .uris import path_of

if TYPE_CHECKING:
    from .protocol import Document
    from .server import Server

_KINDS = {
    Sort.DIRECTIVE: types.CompletionItemKind.Property,
    Sort.SECTION: types.CompletionItemKind.Class,
    Sort.VALUE: types.CompletionItemKind.EnumMember,
    Sort.VARIABLE: types.CompletionItemKind.Variable,
    Sort.MACRO: types.CompletionItemKind.Function,
    Sort.MODULE: types.CompletionItemKind.Module,
    Sort.FILE: types.CompletionItemKind.File,
    Sort.FOLDER: types.CompletionItemKind.Folder,
    Sort.RULE: types.CompletionItemKind.Event,
    Sort.WORD: types.CompletionItemKind.Keyword,
}
_SYMBOLS = {
    "virtualhost": types.SymbolKind.Class,
    "directory": types.SymbolKind.Namespace,
    "location": types.SymbolKind.Namespace,
    "files": types.SymbolKind.File,
    "macro": types.SymbolKind.Function,
}
_TRIGGERS = ("<", "/", "{", "+", "-", ":", "!", "[", ",", " ")
_MOST = 1500
"""Candidates of one list; what is typed on narrows it."""


class _Question:
    """A buffer with what is known of its file."""

    def __init__(self, ls: Server, document: Document, group: Group | None) -> None:
        self.document = document
        self.path = path_of(document.uri)
        self.tree = document.tree(self.path)
        self.source = self.tree.source
        self.converter = ls.converter()
        folders = sorted((f"{path_of(uri)}/" for uri in ls.buffers.folders), key=len, reverse=True)

        def shown(path: str) -> str:
            return next((path[len(one) :] for one in folders if path.startswith(one)), path)

        project = group.project if group is not None else Project(None, str)
        self.asking = Asking(self.source, project, group.registry if group else ls.session.registry, shown, self.tree)

    def offset(self, position: types.Position) -> int:
        """The offset of a position."""
        return self.document.buffer.table.offset(position.line, position.character)

    def typed(self, span: Span) -> str:
        """The text of a span."""
        return self.source.text[span.start : span.end]

    def line(self, position: types.Position) -> str:
        """The line of a position up to it."""
        offset = self.offset(position)
        return self.source.text[self.source.text.rfind("\n", 0, offset) + 1 : offset]

    def range(self, span: Span) -> types.Range:
        """The range of a span of the buffer."""
        return self.converter.range(self.source, span)


def _question(ls: Server, uri: str) -> _Question | None:
    """A question about a buffer, by what was found out last."""
    document = ls.document(uri)
    if document is None or is_settings(path_of(uri)):
        return None
    result = ls.engine.result
    return _Question(ls, document, result.group(path_of(uri)) if result is not None else None)


async def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    await ls.engine.fresh()
    question = _question(ls, params.text_document.uri)
    found = hover(question.asking, question.offset(params.position)) if question is not None else None
    if question is None or found is None:
        return None
    document = ls.client_capabilities.text_document
    formats = document.hover.content_format if document and document.hover else None
    return types.Hover(_markup(formats, found.text), question.range(found.span))


def _markup(formats: Sequence[types.MarkupKind] | None, text: str) -> types.MarkupContent:
    """Markdown, also for clients that want plain text: it reads well as it is."""
    takes = types.MarkupKind.Markdown in (formats or ())
    return types.MarkupContent(types.MarkupKind.Markdown if takes else types.MarkupKind.PlainText, text)


def _completion(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
    question = _question(ls, params.text_document.uri)
    if question is None:
        return None
    offset = question.offset(params.position)
    if params.context and params.context.trigger_character == " " and not question.line(params.position).strip():
        return None  # who indents a line wants no list of all directives
    found = complete(question.asking, offset)
    typed = question.source.text
    kept = [one for one in found if _starts(one, typed[one.span.start : offset])] if len(found) > _MOST else found
    snippets = _snippets(ls)
    items = [_item(question, one, snippets) for one in kept[:_MOST]]
    return types.CompletionList(is_incomplete=len(kept) > _MOST or len(kept) < len(found), items=items)


def _starts(one: Candidate, typed: str) -> bool:
    return one.label.lower().lstrip("<").startswith(typed.lower().lstrip("<"))


def _snippets(ls: Server) -> bool:
    document = ls.client_capabilities.text_document
    item = document.completion.completion_item if document and document.completion else None
    return bool(item and item.snippet_support)


def _item(question: _Question, one: Candidate, snippets: bool) -> types.CompletionItem:
    text, form = one.text, None
    if one.body and snippets:
        text, form = f"<{one.body} $1>\n\t$0\n</{one.body}>", types.InsertTextFormat.Snippet
    return types.CompletionItem(
        one.label,
        kind=_KINDS[one.sort],
        detail=one.detail or None,
        tags=[types.CompletionItemTag.Deprecated] if one.deprecated else None,
        sort_text=f"{one.rank:04}{one.label}",
        filter_text=one.text if question.typed(one.span).startswith("<") else one.text.lstrip("<"),
        insert_text_format=form,
        text_edit=types.TextEdit(question.range(one.span), text),
        data={"sort": one.sort.value},
    )


def _completion_resolve(ls: Server, item: types.CompletionItem) -> types.CompletionItem:
    """Add what is known of a directive or rule."""
    data: Any = item.data
    sort = data.get("sort") if isinstance(data, dict) else None
    text = ""
    if sort in (Sort.DIRECTIVE.value, Sort.SECTION.value):
        facts = facts_of(item.label.strip("</>"), sort == Sort.SECTION.value)
        if facts is not None:
            page = page_of(facts, DEFAULT.httpd)
            text = "\n\n".join([*lines(facts, DEFAULT.httpd), *([f"[Manual]({page})"] if page else [])])
    elif sort == Sort.RULE.value:
        rule = ls.rule(item.label)
        text = "\n".join(explain(rule)).partition("\n## Bad")[0] if rule is not None else ""
    if text:
        document = ls.client_capabilities.text_document
        support = document.completion.completion_item if document and document.completion else None
        formats = support.documentation_format if support else None
        item.documentation = _markup(formats, text) if formats else text
    return item


def _symbols(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
    question = _question(ls, params.text_document.uri)
    if question is None:
        return None
    return [_symbol(question, one) for one in symbols(question.tree)]


def _symbol(question: _Question, one: Symbol) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=one.name,
        detail=one.detail or None,
        kind=_SYMBOLS.get(one.key.removesuffix("match"), types.SymbolKind.Object),
        range=question.range(one.span),
        selection_range=question.range(one.head),
        children=[_symbol(question, child) for child in one.children] or None,
    )


def _folding(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    question = _question(ls, params.text_document.uri)
    if question is None:
        return None
    source, table = question.source, question.document.buffer.table

    def line(number: int) -> int:
        return table.place(source.line_starts[number - 1])[0]

    return [
        types.FoldingRange(
            line(one.first), line(one.last), kind=types.FoldingRangeKind.Comment if one.is_comment else None
        )
        for one in folds(question.tree)
    ]


async def _definition(
    ls: Server, params: types.DefinitionParams
) -> list[types.Location] | list[types.LocationLink] | None:
    await ls.engine.fresh()
    question = _question(ls, params.text_document.uri)
    if question is None:
        return None
    span, targets = definitions(question.asking, question.offset(params.position))
    document = ls.client_capabilities.text_document
    if document and document.definition and document.definition.link_support:
        return [_location_link(question, span, one) for one in targets]
    return [types.Location(question.converter.uri(one.path), _range(question.converter, one)) for one in targets]


def _range(converter: Converter, target: Target) -> types.Range:
    if target.source is None:
        return types.Range(types.Position(0, 0), types.Position(0, 0))
    return converter.range(Source(target.path, target.source.text), target.span)


def _location_link(question: _Question, span: Span, target: Target) -> types.LocationLink:
    place = _range(question.converter, target)
    return types.LocationLink(question.converter.uri(target.path), place, place, question.range(span))


async def _links(ls: Server, params: types.DocumentLinkParams) -> list[types.DocumentLink] | None:
    await ls.engine.fresh()
    question = _question(ls, params.text_document.uri)
    if question is None:
        return None
    return [
        types.DocumentLink(question.range(one.span), question.converter.uri(one.path)) for one in links(question.asking)
    ]


def register(server: Server) -> None:
    """Let the server answer."""
    options = types.CompletionOptions(trigger_characters=list(_TRIGGERS), resolve_provider=True)
    server.feature(types.TEXT_DOCUMENT_HOVER)(_hover)
    server.feature(types.TEXT_DOCUMENT_COMPLETION, options)(_completion)
    server.feature(types.COMPLETION_ITEM_RESOLVE)(_completion_resolve)
    server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(_symbols)
    server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)(_folding)
    server.feature(types.TEXT_DOCUMENT_DEFINITION)(_definition)
    server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)(_links)
