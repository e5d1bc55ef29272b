"""A filter as people write it, for pyarrow: `word_count > 300 and language == "el"`.

Python's syntax, a small part of it: comparisons (chains too), `in` and `not in` a list, a
string `in` a column (it contains the string), `is None`, `and`, `or`, `not`, and the name of a
column of true and false. Times are strings: `published_at >= "2026-11-01"`. Nothing is executed.
"""

import ast
import operator
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.errors import ConfigError

_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def parse_where(text: str, schema: pa.Schema) -> pc.Expression:
    """The filter that `text` states over the columns of `schema`.

    Raises ConfigError where it is no such filter, names no column, or compares a column with
    what cannot be compared with it.
    """
    try:
        return _expression(ast.parse(text.strip(), mode="eval").body, schema)
    except SyntaxError as error:
        raise ConfigError(
            f"--where {text!r} {_fault(error)}; "
            "write for example: word_count > 300 and language == 'el'"
        ) from error
    except (_NotAFilter, pa.ArrowException) as error:
        raise ConfigError(f"--where {text!r}: {error}") from error


def _fault(error: SyntaxError) -> str:
    """Where Python's reader stumbled; where the text ends too early it names no character.

    >>> _fault(SyntaxError("", ("", 1, 3, "a b"))), _fault(SyntaxError("", ("", 1, 0, "a >")))
    ("cannot be read at 'b'", 'ends too early')
    """
    rest = (error.text or "")[error.offset - 1 :] if error.offset else ""
    return f"cannot be read at {rest!r}" if rest.strip() else "ends too early"


class _NotAFilter(ValueError):
    """What stands in the text is no filter."""


def _expression(node: ast.expr, schema: pa.Schema) -> pc.Expression:
    match node:
        case ast.BoolOp(op=op, values=values):
            join = operator.and_ if isinstance(op, ast.And) else operator.or_
            first, *rest = (_expression(value, schema) for value in values)
            for part in rest:
                first = join(first, part)
            return first
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return ~_expression(operand, schema)
        case ast.Name():
            column = _column(node, schema)
            if not pa.types.is_boolean(column.type):
                raise _NotAFilter(f"{column.name} is no column of true and false")
            return pc.field(column.name)
        case ast.Compare(left=left, ops=ops, comparators=rights):
            lefts = [left, *rights]
            first, *rest = (
                _comparison(*triple, schema) for triple in zip(lefts, ops, rights, strict=False)
            )
            for part in rest:
                first = first & part
            return first
    raise _NotAFilter(f"{ast.unparse(node)!r} is no comparison")


def _comparison(left: ast.expr, op: ast.cmpop, right: ast.expr, schema: pa.Schema) -> pc.Expression:
    if isinstance(op, ast.In | ast.NotIn):
        found = _membership(left, right, schema)
        return ~found if isinstance(op, ast.NotIn) else found
    if isinstance(op, ast.Is | ast.IsNot):
        is_null = pc.field(_column(left, schema).name).is_null()
        if not (isinstance(right, ast.Constant) and right.value is None):
            raise _NotAFilter("`is` stands before None only")
        return ~is_null if isinstance(op, ast.IsNot) else is_null
    compare = _COMPARISONS[type(op)]
    if isinstance(left, ast.Name):
        column = _column(left, schema)
        return compare(pc.field(column.name), _value(right, column))
    column = _column(right, schema)
    return compare(pc.scalar(_value(left, column)), pc.field(column.name))


def _membership(left: ast.expr, right: ast.expr, schema: pa.Schema) -> pc.Expression:
    if isinstance(right, ast.List | ast.Tuple | ast.Set):
        column = _column(left, schema)
        values = [_value(element, column) for element in right.elts]
        return pc.field(column.name).isin(pa.array(values, type=column.type))
    column = _column(right, schema)
    if not (isinstance(left, ast.Constant) and isinstance(left.value, str)):
        raise _NotAFilter(f"{ast.unparse(left)!r} is no string to look for in {column.name}")
    if not pa.types.is_string(column.type):
        raise _NotAFilter(f"{column.name} is {column.type}: `in` looks into strings")
    return pc.match_substring(pc.field(column.name), left.value)


def _column(node: ast.expr, schema: pa.Schema) -> pa.Field:
    if not isinstance(node, ast.Name):
        raise _NotAFilter(f"{ast.unparse(node)!r} is no column")
    if node.id not in schema.names:
        raise _NotAFilter(f"there is no column {node.id}; there are {', '.join(schema.names)}")
    return schema.field(node.id)


def _value(node: ast.expr, column: pa.Field) -> pa.Scalar:
    try:
        value = ast.literal_eval(node)
    except ValueError as error:
        raise _NotAFilter(f"{ast.unparse(node)!r} is no value") from error
    if pa.types.is_timestamp(column.type):
        return pa.scalar(_time(value, column.name), type=column.type)
    if isinstance(value, str) != pa.types.is_string(column.type):
        raise _NotAFilter(f"{column.name} is {column.type}; {value!r} is not")
    return pa.scalar(value)


def _time(value: object, name: str) -> datetime:
    try:
        time = datetime.fromisoformat(str(value))
    except ValueError:
        raise _NotAFilter(f"{name} is a time; {value!r} is none, write 2026-11-23T18:00") from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
