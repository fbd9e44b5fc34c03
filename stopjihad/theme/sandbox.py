"""Fill in templates that came with a workspace: a stranger's, which print values and run nothing.

What a template may read and call is listed here, by type; what it may cost is in ``budget``; what
its source says is judged before it is compiled (``text.template``). The rest is refused.

To Jinja ``obj`` is the value of which an ``attribute`` (``attr``, whose ``value`` is known), or an
item (``argument``) is read, or which is called with ``args`` and ``kwargs`` in a ``context``; an
``operator`` stands between ``left`` and ``right``.
"""

from __future__ import annotations

import datetime as dt
import re
import types
from collections.abc import (
    Callable,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    MutableMapping,
    Sized,
    ValuesView,
)
from functools import cache, wraps
from itertools import islice
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from jinja2 import (
    Template,
    TemplateError,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS
from jinja2.utils import pass_context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, soft_str

from stopjihad.text.template import TemplateFault, is_hidden, template_faults
from stopjihad.theme.budget import (
    COUNT,
    HELD,
    Budget,
    TemplateLimit,
    check_count,
    check_product,
    is_scalar,
    weight,
)


def _names(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_METHODS: tuple[tuple[type, frozenset[str]], ...] = (
    (
        str,
        _names(
            "capitalize casefold endswith isalpha isdigit lower lstrip partition removeprefix ",
            "removesuffix rpartition rstrip split splitlines startswith strip title upper",
        ),
    ),
    (dict, frozenset({"get", "items", "keys", "values"})),
    (dt.date, frozenset({"day", "isoformat", "month", "year", "hour", "minute", "weekday"})),
    (
        LoopContext,
        _names(
            "changed cycle depth depth0 first index index0 last length nextitem previtem ",
            "revindex revindex0",
        ),
    ),
)
"""What may be read of values that are no records of ours."""

_TEXTUAL = _names(
    "abs capitalize center e escape float forceescape indent int lower replace round string title ",
    "trim truncate upper urlencode wordcount",
)
"""Filters that take a text or a number."""

_LISTING = _names(
    "batch dictsort first groupby items last list map max min reject rejectattr reverse select ",
    "selectattr slice sort sum unique",
)
"""Filters that take a list, or a text as one."""

_PLAIN = frozenset({"count", "d", "default", "length"})
"""Filters that look at a value alone."""

_ORDERING = frozenset({"dictsort", "groupby", "max", "min", "sort", "unique"})
"""Filters that compare what is in a list."""

_WITH_ANY = frozenset({"d", "default", "map", "reject", "rejectattr", "select", "selectattr"})
"""Filters whose arguments may be lists: they are values, or arguments of tests."""

_TESTS = _names(
    "boolean defined divisibleby even false float integer iterable mapping none number odd ",
    "sequence string true undefined",
)
_COMPARING: dict[str, Callable[[Any, Any], Any]] = {
    **dict.fromkeys(("==", "eq", "equalto"), eq),
    **dict.fromkeys(("!=", "ne"), ne),
    **dict.fromkeys(("<", "lt", "lessthan"), lt),
    **dict.fromkeys(("<=", "lteq", "le"), le),
    **dict.fromkeys((">", "gt", "greaterthan"), gt),
    **dict.fromkeys((">=", "gteq", "ge"), ge),
    "in": lambda one, many: one in many,
    "notin": lambda one, many: one not in many,
}

_PLACE = re.compile(r"%(?:\((\w+)\))?[-+ #0]*([0-9]{0,3})(?:\.([0-9]{1,2}))?([%sdfgi])|(%)")
"""A place of a text that is filled in, of bounded width; or a sign that begins none."""


class TemplateMeter(NodeTransformer):
    """Have a template pay for what it does: each body for its nodes, each value for its size."""

    def visit_Template(self, node: nodes.Template) -> nodes.Node:  # noqa: N802  Jinja's name
        """Put before a body what it costs, with the names that are given values for it."""
        return self._pay_for(node)

    visit_Block = visit_Macro = visit_CallBlock = visit_Template  # noqa: N815  as above

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  as above
        """Pay for each turn, those that a condition leaves out as well."""
        test = node.test
        self._pay_for(node)
        if test is not None and node.test is not None:
            node.test = nodes.And(_price([test]), node.test, lineno=node.lineno)
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802  as above
        """Compare texts and numbers alone."""
        self.generic_visit(node)
        pairs = ((nodes.Const(one.op, lineno=node.lineno), one.expr) for one in node.ops)
        return _through(node.expr, _COMPARE, *(part for pair in pairs for part in pair))

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802  as above
        """Join texts that together are not too long."""
        self.generic_visit(node)
        return _through(nodes.Tuple(node.nodes, "load", lineno=node.lineno), "join")

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802  as above
        """Cut out of texts and lists alone."""
        self.generic_visit(node)
        if not isinstance(node.arg, nodes.Slice):
            return node
        cut = (node.arg.start, node.arg.stop, node.arg.step)
        return _through(node.node, _CUT, *(one or nodes.Const(None) for one in cut))

    def visit_List(self, node: nodes.List | nodes.Dict | nodes.Tuple) -> nodes.Node:  # noqa: N802  as above
        """Count what a list holds."""
        self.generic_visit(node)
        return _through(node, _TAKE)

    visit_Dict = visit_List  # noqa: N815  as above

    def visit_Pair(self, node: nodes.Pair) -> nodes.Node:  # noqa: N802  as above
        """Take texts and numbers alone as keys."""
        self.generic_visit(node)
        node.key = _through(node.key, _KEY)
        return node

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802  as above
        """Count what a tuple holds; names that are assigned to are left alone."""
        return self.visit_List(node) if node.ctx == "load" else self.generic_visit(node)

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802  as above
        """Leave the names of templates as they are written."""
        return node

    visit_Extends = visit_Import = visit_FromImport = visit_Include  # noqa: N815  as above

    def _pay_for(self, node: Any) -> nodes.Node:
        named = [getattr(node, "target", None), *getattr(node, "args", ())]
        price = nodes.ExprStmt(_price([*node.body, *filter(None, named)]), lineno=node.lineno)
        self.generic_visit(node)
        node.body.insert(0, price)
        found: nodes.Node = node
        return found


def _price(body: list[nodes.Node]) -> nodes.Filter:
    """Write down what a body costs: its nodes and its text, without the bodies inside of it."""
    waiting, steps, letters = [*body], 3, 0
    while waiting:
        one = waiting.pop()
        steps += 1
        if isinstance(one, nodes.TemplateData):
            letters += len(one.data)
        inner = isinstance(one, nodes.For | nodes.Macro | nodes.CallBlock | nodes.Block)
        waiting += one.iter_child_nodes(exclude=("body",) if inner else ())
    return _through(nodes.Const(steps, lineno=0), _SPEND, nodes.Const(letters, lineno=0))


_CALL = 10
"""Steps that a call costs by itself; a part of a name such as ``a.b.c``, too, which is a look."""

_RECORD = 50
"""Steps that it costs to compare a record with another."""

_LETTERS = 64
"""Letters that are compared in the time of a step."""

_READ = 16
"""How much longer than to compare letters it takes to read them for words and capitals."""

_SPEND, _COMPARE, _CUT, _TAKE = "\0spend", "\0compare", "\0cut", "\0take"
_KEY = "\0key"
"""Filters that no template can name."""


def _through(node: nodes.Expr, name: str, *args: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(args), [], None, None, lineno=node.lineno)


class MeteredContext(Context):
    """What a template may name, copied for each that it includes: each copy is paid for."""

    environment: StrangerEnvironment

    def __init__(
        self,
        environment: StrangerEnvironment,
        parent: dict[str, Any],
        name: str | None,
        *rest: Any,
        **more: Any,
    ) -> None:
        """Pay for the names in ``parent``."""
        environment.budget.spend(_CALL + len(parent))
        super().__init__(environment, parent, name, *rest, **more)

    def derived(self, locals: dict[str, Any] | None = None) -> Context:  # noqa: A002  Jinja's name
        """Pay for the blocks, which are copied."""
        self.environment.budget.spend(_CALL * len(self.blocks))
        return super().derived(locals)


class MeteredCode(CodeGenerator):
    """Write a template that pays for what it does."""

    def visit_Template(  # noqa: N802  Jinja's name
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """Write the whole template."""
        super().visit_Template(TemplateMeter().visit(node), frame)


def _readable(kind: type) -> frozenset[str]:
    """Name what a template may read of values of a type.

    Returns:
        Fields and properties of our records, some methods of texts; nothing of other types.
    """
    for own, names in _METHODS:
        if issubclass(kind, own):
            return names
    fields = getattr(kind, "__struct_fields__", ()) or getattr(kind, "_fields", ())
    ours = kind.__mro__ if fields and kind.__module__.startswith("stopjihad.") else ()
    shown = {name for base in ours for name, one in vars(base).items() if isinstance(one, property)}
    return frozenset(name for name in {*fields, *shown} if not is_hidden(name))


readable: Callable[[type], frozenset[str]] = cache(_readable)


class StrangerEnvironment(ImmutableSandboxedEnvironment):
    """Compile a stranger's templates, and every template that is filled in together with one."""

    code_generator_class: type[CodeGenerator] = MeteredCode
    context_class: type[Context] = MeteredContext
    intercepted_binops = frozenset({"//", "%", "+", "*", "-", "/", "**"})

    def __init__(self, **options: Any) -> None:
        """Leave nothing of Jinja's but what is listed above."""
        self.budget = Budget()
        super().__init__(**options, finalize=self._print_value, optimized=False)
        self.globals = {"range": bounded_range}
        own = {name: self._bound_filter(name) for name in (*_TEXTUAL, *_LISTING, *_PLAIN)}
        own |= {"join": self._join_texts, _TAKE: self.budget.take, _CUT: self._cut}
        self.filters = own | {
            _SPEND: self.budget.spend,
            _COMPARE: self._compare_chain,
            _KEY: self._key,
        }
        compared = {name: self._test(name) for name in _COMPARING}
        self.tests = {name: TESTS[name] for name in _TESTS} | compared

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        for fault in template_faults(source):
            raise TemplateRefused(fault, name, filename)
        return super()._parse(source, name, filename)

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:  # noqa: A002  as above
        self.budget.spend(_CALL)
        template = super()._load_template(name, globals)
        self.budget.spend(_CALL * len(template.blocks))
        return template

    def fill(self, name: str, values: Mapping[str, Any]) -> str:
        """Fill in a template; whatever goes wrong is a mistake in it.

        Args:
            values: what it may speak of, and the functions that it may call.

        Raises:
            jinja2.TemplateError: with the template's name and line in its traceback.
        """
        with self.budget.grant(values, bounded_range):
            return self._fill(name, values)

    def _fill(self, name: str, values: Mapping[str, Any]) -> str:
        try:
            try:
                template = self.get_template(name)
                context = template.new_context({**template.globals, **values}, shared=True)
                return "".join(template.root_render_func(context))
            except Exception:  # noqa: BLE001  whatever it is: Jinja names the line in it
                self.handle_exception()
        except TemplateError:
            raise
        except RecursionError as error:
            words = "the template calls or includes itself too often"
            raise TemplateLimit(words).with_traceback(error.__traceback__) from None
        except Exception as error:  # noqa: BLE001  of a function that a template gave odd values
            words = f"{type(error).__name__}: {error}"[:200]
            raise TemplateRuntimeError(words).with_traceback(error.__traceback__) from None

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Read an attribute, or an item of that name."""
        kind = type(obj)
        if attribute in readable(kind):
            return getattr(obj, attribute)
        return self._look_up(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Read an item, or an attribute of that name."""
        if not is_scalar(argument):
            raise SecurityError("only a text or a number stands in brackets")
        if isinstance(obj, dict | list | tuple | str) and not isinstance(argument, str):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                return self.undefined(obj=obj, name=str(argument))
        return self._look_up(obj, str(argument))

    def _look_up(self, obj: Any, name: str) -> Any:
        """Look for an item, then for an attribute; tell what is not there from what is refused."""
        self.budget.spend(_READ * len(name) // _LETTERS)
        if is_hidden(name):
            raise SecurityError(f"the name {name[:60]!r} begins with an underscore")
        if isinstance(obj, Undefined):
            return getattr(obj, name)  # it says what is not there
        if isinstance(obj, TemplateModule):
            return vars(obj).get(name, self.undefined(obj=obj, name=name))
        if isinstance(obj, dict | TemplateReference):
            try:
                return obj[name]
            except KeyError:
                pass
        if name in readable(type(obj)):
            return getattr(obj, name)
        if hasattr(type(obj), name):
            kind = type(obj).__name__
            raise SecurityError(f"a template of a workspace may not use {name!r} of a {kind}")
        return self.undefined(obj=obj, name=name)

    def call_filter(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Apply a filter whose name is a value, as ``map`` does: never one of our own."""
        if not name.isidentifier():
            raise SecurityError("no filter has such a name")
        return super().call_filter(name, *args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002  Jinja's
        """Tell whether an attribute may be read."""
        return attr in readable(type(obj))

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a macro, a block, a method of a text, or a function that the page was given."""
        self.budget.spend(_CALL + len(args) + len(kwargs))
        if isinstance(obj, Macro | BlockReference | LoopContext):
            return context.call(obj, *args, **kwargs)
        if isinstance(obj, Undefined):
            return obj()  # it says what is not there
        for name in ("_loop_vars", "_block_vars"):  # Jinja's, for functions that want the context
            kwargs.pop(name, None)
        given = id(obj) in self.budget.functions
        if not given and not _is_method(obj):
            raise SecurityError("a template of a workspace may not call this")
        own = len(obj.__self__) if not given and isinstance(obj.__self__, str) else 0
        self.budget.spend(_READ * own // _LETTERS)
        for one in (*args, *kwargs.values()):
            if isinstance(one, Undefined):
                return str(one)  # as above
            if not is_scalar(one) and not hasattr(one, "__struct_fields__"):
                raise SecurityError("a function takes texts, numbers and records, no lists")
            self.budget.look(one)
            if isinstance(one, str):  # patterns of ours may read it twice, methods more often
                self.budget.spend((1 + len(one)) * (len(one) if given else own) // _LETTERS)
        for text in (args[0], obj(*args)) if given and args and kwargs else ():
            check_places(str(text), kwargs)  # a translation may have other places
        found = obj(*args, **kwargs)
        return self.budget.take(list(found) if isinstance(found, _VIEWS) else found)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate, or join texts and lists; what comes out is not too large."""
        long = isinstance(left, str | list | tuple), isinstance(right, str | list | tuple)
        if operator == "%" and isinstance(left, str):
            many = right if isinstance(right, tuple | dict) else (right,)
            check_places(left, many if isinstance(many, dict) else dict(enumerate(many)))
        elif operator == "*" and any(long):
            check_product(*(len(one) if isinstance(one, Sized) else one for one in (left, right)))
        elif operator == "**":
            check_power(left, right)
        return self.budget.take(super().call_binop(context, operator, left, right))

    @pass_context
    def _print_value(self, _: Context, value: Any) -> Any:
        """Give what stands for a value on a page."""
        if not is_scalar(value) and hasattr(type(value), "__html__"):
            value = value.__html__()
        self.budget.take(self._text(value))
        return value

    @pass_context
    def _join_texts(
        self, context: Context, value: Iterable[Any], d: str = "", attribute: str | None = None
    ) -> str:
        """Join texts, as Jinja's own filter does."""
        if attribute is not None:
            value = self.call_filter("map", value, None, {"attribute": attribute}, context)
        texts = [self._text(one) for one in islice(value, HELD)]
        between = self._text(d)
        self.budget.spend(len(texts), sum(map(len, texts)) + len(between) * len(texts))
        if any(hasattr(one, "__html__") for one in (*texts, between)):
            return Markup("").join(_spread(texts, between))
        return between.join(texts)

    def _text(self, value: Any) -> str:
        if isinstance(value, Undefined):
            return str(value)  # it says what is not there
        if not is_scalar(value):
            raise SecurityError(f"a {type(value).__name__} has no text: print what it holds")
        return soft_str(value)

    def _key(self, value: Any) -> Any:
        if not is_scalar(value):
            raise SecurityError("only a text or a number is a key")
        return value

    def _cut(self, value: Any, *places: Any) -> Any:
        if not isinstance(value, str | list | tuple):
            raise SecurityError("only a text or a list can be cut")
        return self.budget.take(value[slice(*places)])

    def _compare_chain(self, value: Any, *pairs: Any) -> bool:
        """Compare a chain of values."""
        left = value
        for op, right in zip(pairs[::2], pairs[1::2], strict=True):
            if not self._compare(op, left, right):
                return False
            left = right
        return True

    def _compare(self, op: str, left: Any, right: Any) -> Any:
        self.budget.spend(1)
        many = op in {"in", "notin"}
        if many and not isinstance(right, Undefined):
            self.budget.look(right)
        if not all(map(_is_comparable, (left,) if many else (left, right))):
            raise SecurityError("only texts, numbers and days can be compared")
        if isinstance(left, str) and isinstance(right, str):
            read = len(left) * len(right) if many else min(len(left), len(right))
            self.budget.spend(read // _LETTERS)
        return _COMPARING[op](left, right)

    def _test(self, name: str) -> Callable[[Any, Any], Any]:
        return lambda one, other: self._compare("in" if name == "in" else name, one, other)

    def _bound_filter(self, name: str) -> Callable[..., Any]:
        """Wrap one of Jinja's filters: it takes and makes no more than it may."""
        function: Callable[..., Any] = FILTERS[name]
        before = 1 if hasattr(function, "jinja_pass_arg") else 0

        @wraps(function)
        def bounded(*args: Any, **kwargs: Any) -> Any:
            value, *rest = args[before:]
            rest += kwargs.values()
            self.budget.spend(_CALL)
            if name in _TEXTUAL:
                self._text(value)
            if name not in _PLAIN:
                self.budget.look(value)
                check_counts(name, value, rest)
            texts = sum(len(one) for one in rest if isinstance(one, str))
            if isinstance(value, str):
                self.budget.spend(
                    len(value) * (_READ + texts if name in _TEXTUAL else _LETTERS) // _LETTERS
                )
            else:
                parts = sum(one.count(".") + one.count(",") for one in rest if isinstance(one, str))
                each = _CALL * parts + (_RECORD if name in _ORDERING else 0)  # compares records
                self.budget.spend(each and each * weight(value))
            if name not in _WITH_ANY and not all(map(_is_comparable, rest)):
                raise SecurityError(f"the filter {name!r} takes texts and numbers")
            found = function(*args, **kwargs)
            return self.budget.take(
                list(islice(found, HELD)) if isinstance(found, Iterator) else found
            )

        return bounded


def check_counts(name: str, value: Any, arguments: list[Any]) -> None:
    """Refuse arguments that would have a filter make too much.

    Raises:
        TemplateLimit: a number is too large, or what would come out.
    """
    for one in arguments:
        check_count(one)
    lengths = [len(one) if isinstance(one, str) else one for one in arguments]
    most = max((int(one) for one in lengths if isinstance(one, int | float)), default=0)
    if name == "indent":
        check_product(str(value).count("\n") + 1, most)
    elif name == "replace":
        check_product(len(str(value)) + 1, most)


def check_power(left: Any, right: Any) -> None:
    """Refuse a power of ``left`` that is no number of ordinary size.

    Raises:
        TemplateLimit: it is larger than any that is kept.
    """
    if isinstance(left, int) and isinstance(right, int):
        check_product(left.bit_length(), abs(right) * (HELD // 64))


_VIEWS = (ItemsView, KeysView, ValuesView)


class TemplateRefused(TemplateSyntaxError):
    """A template says what a stranger's may not, or nothing that can be read."""

    def __init__(self, fault: TemplateFault, name: str | None, filename: str | None) -> None:
        """Keep what is wrong, and where."""
        super().__init__(fault.message, fault.line, name, filename)
        self.fault = fault


def bounded_range(*places: int) -> range:
    """Count, but not far.

    Raises:
        TemplateLimit: the range has more than ``COUNT`` numbers.
    """
    found = range(*places)
    first, last = found.start, found.stop
    if abs(last - first) // max(1, abs(found.step)) > COUNT:
        raise TemplateLimit(f"a range has more than {COUNT} numbers")
    return found


def check_places(text: str, values: Mapping[Any, Any]) -> None:
    """Refuse a text whose places would be filled with too much.

    Args:
        text: with places such as ``%(day)s`` or ``%.1f``.

    Raises:
        TemplateLimit: they are too wide or too many.
        SecurityError: they are none that a text and numbers go into.
    """
    if "%" not in text or not values:
        return
    count = 0
    for place in _PLACE.finditer(text):
        if place[5]:
            raise SecurityError(f"after % stands no plain place: {text[place.start() :][:20]!r}")
        count += 1
    sizes = []
    for value in values.values():
        if not is_scalar(value):
            raise SecurityError("only texts and numbers go into a text")
        sizes.append(len(str(value)))
    check_product(count, max(sizes, default=0) + 1000)


def _is_method(obj: Any) -> bool:
    own = getattr(obj, "__self__", None)
    kind = (types.BuiltinMethodType, types.MethodType)
    return isinstance(obj, kind) and obj.__name__ in readable(type(own))


def _is_comparable(value: Any) -> bool:
    return is_scalar(value) or isinstance(value, Undefined)


def _spread(texts: list[str], between: str) -> Iterable[str]:
    for index, text in enumerate(texts):
        if index:
            yield between
        yield text
