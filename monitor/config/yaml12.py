"""YAML 1.2 as configuration is written: `no` is a word, 1:30 is text, 017 is seventeen.

libyaml reads it, a dozen times as fast as a parser in Python; what its loader takes for numbers and
for yes or no is of YAML 1.1, and is replaced here.
"""

from __future__ import annotations

import re

import yaml

try:
    from yaml import CSafeLoader as Fast
except ImportError:  # PyYAML was built where there is no libyaml
    from yaml import SafeLoader as Fast

_DEEPEST = 100  # lists and mappings inside one another; libyaml's loader would crash on thousands
_TAG = "tag:yaml.org,2002:"
_WRITTEN = {
    f"{_TAG}bool": (re.compile(r"true|True|TRUE|false|False|FALSE"), "tTfF"),
    f"{_TAG}int": (
        re.compile(r"[-+]?(?:0b[01][01_]*|0o[0-7][0-7_]*|0x[0-9a-fA-F][0-9a-fA-F_]*|[0-9][0-9_]*)"),
        "-+0123456789",
    ),
    f"{_TAG}float": (
        re.compile(
            r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+"
            r"|\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)"
        ),
        "-+0123456789.",
    ),
}


class Loader(Fast):  # type: ignore[misc]
    """Reads one document of YAML 1.2 into plain values; YAMLError where it is none."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as PyYAML declares it
        first: [(tag, pattern) for tag, pattern in known if tag not in _WRITTEN]
        for first, known in Fast.yaml_implicit_resolvers.items()
    }

    def __init__(self, text: str) -> None:
        _refuse_depth(text)
        super().__init__(text)


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=Fast):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.YAMLError(f"more than {_DEEPEST} lists and mappings inside one another")


def _whole(loader: Loader, node: yaml.ScalarNode) -> int:
    text = loader.construct_scalar(node).replace("_", "")
    return int(text, 0 if text.lstrip("+-")[1:2] in ("b", "o", "x") else 10)


def _day(loader: Loader, node: yaml.ScalarNode) -> object:
    """30 February stays text, which is then refused at its place."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return loader.construct_scalar(node)


for _tag, (_pattern, _first) in _WRITTEN.items():
    Loader.add_implicit_resolver(_tag, re.compile(rf"(?:{_pattern.pattern})\Z"), list(_first))
Loader.add_constructor(f"{_TAG}int", _whole)
Loader.add_constructor(f"{_TAG}timestamp", _day)
