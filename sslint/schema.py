"""Reads YAML along a JSON schema, so that every mistake has a line and a column.

Only what sslint's own schemas use is understood: type, enum, oneOf, items, properties,
required, propertyNames, additionalProperties, format and references to `$defs`; `x-first` names the
keys that are read before the others, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias, cast

from .knowledge.suggest import closest

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, ScalarNode, SequenceNode

    Node: TypeAlias = MappingNode | ScalarNode | SequenceNode

Schema = Mapping[str, object]
Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value]"
Format: TypeAlias = "Callable[[Value, str], object]"
"""Raises ValueError for a value, whose parent's key is given, that is not of the format."""

MOST_NODES = 20_000
"""Aliases can make a small file expand without bounds."""
_KINDS = {"object": "mapping", "array": "list"}
_SCALARS = {"boolean": "true or false", "integer": "a whole number"}
_NODES = {"mapping": "mapping", "sequence": "list", "scalar": "single value"}
_TAG = "tag:yaml.org,2002:"


class SettingsError(Exception):
    """A mistake in a settings file or a profile; the text begins with path:line:column."""


class Reader:
    """Turns YAML text into plain values, checked against a schema."""

    def __init__(self, schema: Schema, formats: Mapping[str, Format], path: str, what: str = "settings file") -> None:
        self.schema = schema
        self.formats = formats
        self.path = path
        self.what = what
        self.nodes = 0

    def read(self, text: str) -> dict[str, Value]:
        """The settings of a YAML text. Raises SettingsError."""
        import yaml

        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            if node is None:
                return {}
            return cast("dict[str, Value]", self.value(cast("Node", node), self.schema, ""))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise SettingsError(f"{self.path}:{line}:{column}: {error.problem or error.context}") from None
        except yaml.reader.ReaderError as error:
            before = text[: int(error.position)]
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            raise SettingsError(f"{self.path}:{line}:{column}: {error.reason}") from None
        except (yaml.YAMLError, RecursionError) as error:
            raise SettingsError(f"{self.path}:1:1: {error}") from None

    def value(self, node: Node, schema: Schema, key: str) -> Value:
        """One node's value, checked."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise self.error(node, f"too much for a {self.what}")
        schema = self.resolve(node, schema)
        value = self.convert(node, schema, key)
        if "enum" in schema and value not in cast("list[str]", schema["enum"]):
            raise self.error(node, f"{value!r} is none of {', '.join(cast('list[str]', schema['enum']))}")
        self.check_format(node, value, schema, key)
        return value

    def resolve(self, node: Node, schema: Schema) -> Schema:
        """The schema behind references and alternatives."""
        if "$ref" in schema:
            name = str(schema["$ref"]).rpartition("/")[2]
            definitions = cast("Mapping[str, Schema]", self.schema["$defs"])
            return self.resolve(node, definitions[name])
        if "oneOf" in schema:
            options = cast("list[Schema]", schema["oneOf"])
            wanted = "object" if node.id == "mapping" else "string"
            return next(one for one in options if one["type"] == wanted)
        return schema

    def convert(self, node: Node, schema: Schema, key: str) -> Value:
        """A node's value as the kind that the schema asks for."""
        types = schema.get("type", "string")
        allowed = cast("list[str]", types if isinstance(types, list) else [types])
        if node.id == "mapping" and "object" in allowed:
            return self.mapping(cast("MappingNode", node), schema)
        if node.id == "sequence" and "array" in allowed:
            items = cast("Schema", schema.get("items", {}))
            return [self.value(child, items, key) for child in node.value]
        if node.id == "scalar" and set(allowed) - set(_KINDS):
            return self.scalar(cast("ScalarNode", node), allowed)
        wanted = " or ".join(_KINDS.get(word, "single value") for word in allowed)
        raise self.error(node, f"a {wanted} is expected here, not a {_NODES[node.id]}")

    def scalar(self, node: ScalarNode, allowed: list[str]) -> Value:
        """A single value. Where text is asked for, `2.4` is text."""
        kind = node.tag.removeprefix(_TAG)
        if kind == "null":
            raise self.error(node, "a value is missing here")
        if kind == "bool" and "boolean" in allowed:
            return node.value.lower() in ("true", "yes", "on")
        if kind == "int" and "integer" in allowed and node.value.isdigit():
            return int(node.value)
        if not {"string", "number"}.isdisjoint(allowed):
            return str(node.value)
        wanted = " or ".join(_SCALARS[word] for word in allowed if word in _SCALARS)
        raise self.error(node, f"{wanted} is expected here, not {node.value!r}")

    def mapping(self, node: MappingNode, schema: Schema) -> Value:
        """A mapping; its keys are those of the schema, or any where the schema allows it."""
        known = cast("Mapping[str, Schema]", schema.get("properties", {}))
        others = schema.get("additionalProperties")
        names = cast("Schema", schema.get("propertyNames", {}))
        values: dict[str, Value] = {}
        first = cast("list[str]", schema.get("x-first", []))
        for key_node, child in sorted(node.value, key=lambda pair: pair[0].value not in first):
            key = str(key_node.value)
            if key in values:
                raise self.error(key_node, f"{key} is here twice")
            if key not in known and not isinstance(others, Mapping):
                near = closest(key.lower(), known, 1)
                hint = f": did you mean {near[0]}?" if near else f": use one of {', '.join(known)}"
                raise self.error(key_node, f"unknown key {key!r}{hint}")
            self.check_format(key_node, key, names, key)
            values[key] = self.value(child, known.get(key) or cast("Schema", others), key)
        for key in cast("list[str]", schema.get("required", [])):
            if key not in values:
                raise self.error(node, f"the key {key} is missing")
        return values

    def check_format(self, node: Node, value: Value, schema: Schema, key: str) -> None:
        """What a schema can't say: whether a rule or a version exists."""
        check = self.formats.get(str(schema.get("format", "")))
        if check is not None:
            try:
                check(value, key)
            except ValueError as error:
                raise self.error(node, str(error)) from None

    def error(self, node: Node, message: str) -> SettingsError:
        """A mistake at a node."""
        mark = node.start_mark
        return SettingsError(f"{self.path}:{mark.line + 1}:{mark.column + 1}: {message}")
