"""A workspace's own assets stand on the site as they are: none runs, none loads from elsewhere."""

from __future__ import annotations

import pytest
from stopjihad.catalog.drawing import DrawingBroken, read_drawing
from stopjihad.load.assets import asset_problems

from support.build import REPOSITORY
from support.timing import seconds_of

XLINK = 'xmlns:x="http://www.w3.org/1999/xlink"'
RUNS = (
    "<svg onload='a()'/>",
    "<svg><script>a()</script></svg>",
    "<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>",
    "<svg><foreignObject/></svg>",
    f"<svg {XLINK}><image x:href='https://evil.example/a.png'/></svg>",
    "<svg><a href=' javascript:a()'/></svg>",
    "<svg><use href='data:image/svg+xml,x'/></svg>",
    "<svg><style>@im\\70ort '//evil.example'</style></svg>",
    "<svg><path fill='url(//evil.example/a#b)'/></svg>",
    "<svg style='background: image-set(\"https://evil.example/a\" 1x)'/>",
    "<svg><animate attributeName='href' to='javascript:a()'/></svg>",
    "<svg><set attributeName='onclick' to='a()'/></svg>",
    "<?xml-stylesheet href='https://evil.example/a.css'?><svg/>",
    "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>",
    "<svg>",
)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h9v9z'/></svg>"
W3C = b'"-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"'
WRITTEN = (
    b"<!DOCTYPE svg PUBLIC %s>" % W3C,
    (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.0//EN"\r\n'
        b'\t"http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd" >'
    ),
    (
        b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 20010904//EN' "
        b"'http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd'>"
    ),
    (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1 Tiny//EN" '
        b'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11-tiny.dtd">'
    ),
    b"<!DOCTYPE svg>",
)
"""Document types as Illustrator, CorelDRAW, Graphviz, Potrace and Inkscape write them."""

DECLARES = (
    b"<!DOCTYPE svg []>",
    b"<!DOCTYPE svg PUBLIC %s [<!ENTITY a 'b'>]>" % W3C,
    b"<!DOCTYPE svg PUBLIC %s [<!ENTITY %% a SYSTEM 'http://evil.example/a'> %%a;]>" % W3C,
    b"<!DOCTYPE svg PUBLIC %s [<!ATTLIST svg onload CDATA 'a()'>]>" % W3C,
    b"<!DOCTYPE svg PUBLIC %s><!DOCTYPE svg [<!ENTITY a 'b'>]>" % W3C,
    b"<!DOCTYPE svg PUBLIC %s><!ENTITY a 'b'>" % W3C,
    b"<!-- --><!-- <!DOCTYPE svg> --><!DOCTYPE svg [<!ENTITY a 'b'>]>",
    b"<!-- -- --><!DOCTYPE svg>",
    b"<!DOCTYPE svg SYSTEM 'http://evil.example/a.dtd'>",
    b"<!DOCTYPE svg SYSTEM 'file:///etc/passwd'>",
    b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org@evil.example/a.dtd'>",
    b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org.evil.example/a.dtd'>",
    b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN\" [<!ENTITY a \"b' 'http://www.w3.org/a.dtd'>",
    b"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'http://www.w3.org/a.dtd'>",
    b"<!DOCTYPE svg PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'http://www.w3.org/a.dtd'>",
    b"<!doctype svg>",
)
"""Document types that declare something, load from elsewhere, or are no SVG's."""

LOADS = (
    "@import 'https://evil.example/a.css';",
    '@import"//evil.example/a.css";',
    "a { background: url( https://evil.example/a.png ) }",
    "a { background: u\\72l('\\2f/evil.example/a.png') }",
    "@font-face { src: url(HTTPS://evil.example/a.woff2) }",
    "a { cursor: url(javascript:a()) }",
)
HONEST = {
    "a.svg": "<svg xmlns='http://www.w3.org/2000/svg' fill='url(#a)'><use href='#a'/></svg>",
    "photo.svg": f"<svg {XLINK}><image x:href='data:image/png;base64,AA=='/></svg>",
    "drawn.svg": "<svg xmlns:i='http://example.org/i' i:page='http://example.org/'><title/></svg>",
    "a.css": "/* https://example.org */ a[href^='https:'] { scroll-behavior: smooth }",
    "b.css": "a { background: url(/assets/a.png), url('data:image/png,AA') } b { content: '//' }",
    "c.css": "@namespace 'http://www.w3.org/1999/xhtml'; @import 'a.css';",
    "font.woff2": "<script>",
}


def codes(files: dict[str, str]) -> list[str]:
    return [
        one.code for one in asset_problems({name: text.encode() for name, text in files.items()})
    ]


@pytest.mark.parametrize("text", RUNS)
def test_a_picture_that_runs_or_loads_is_refused(text: str) -> None:
    assert codes({"logo.SVG": text}) == ["asset-active"]
    assert asset_problems({"a.svg": text.encode("utf-16")})


@pytest.mark.parametrize("doctype", WRITTEN)
def test_a_picture_may_have_the_document_type_that_drawing_programs_write(doctype: bytes) -> None:
    for before in (
        b"",
        b"\xef\xbb\xbf",
        b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!-- Generator: A - B -->\n',
    ):
        assert asset_problems({"a.svg": before + doctype + b"\n" + SVG}) == []


@pytest.mark.parametrize("doctype", DECLARES)
def test_a_picture_that_declares_something_is_refused(doctype: bytes) -> None:
    for text in (doctype + SVG, b"<?xml version='1.0'?>\n" + doctype + SVG):
        (found,) = asset_problems({"a.svg": text})
        assert "the picture cannot be read" in found.message


@pytest.mark.parametrize("doctype", WRITTEN)
@pytest.mark.parametrize("text", RUNS)
def test_a_document_type_hides_nothing(doctype: bytes, text: str) -> None:
    assert asset_problems({"a.svg": doctype + text.encode()})
    assert asset_problems({"a.svg": SVG[:-6] + doctype + b"</svg>"})
    assert asset_problems({"a.svg": doctype + b"<svg><title>&a;</title></svg>"})


@pytest.mark.parametrize("many", [b"<!---->", b"<!--", b" ", b"<!-- -", b"-->", b"<!DOCTYPE svg "])
def test_a_document_type_is_looked_for_in_time_that_grows_with_the_file(many: bytes) -> None:
    """A million bytes of what begins and does not end."""
    text = many * (1_000_000 // len(many)) + b"<!DOCTYPE svg ["
    assert asset_problems({"a.svg": text})
    assert seconds_of(lambda: asset_problems({"a.svg": text}), 0.5) < 0.5


@pytest.mark.parametrize("text", LOADS)
def test_a_style_that_loads_from_elsewhere_is_refused(text: str) -> None:
    assert codes({"deep/er/site.css": text}) == ["asset-active"]


@pytest.mark.parametrize("name", ["a.js", "a.HTML", "a/b.xml", "a.min.mjs", "a.svgz"])
def test_what_browsers_run_is_refused(name: str) -> None:
    assert codes({name: ""}) == ["asset-active"]


def test_honest_assets_pass() -> None:
    assert codes(HONEST) == []
    own = REPOSITORY / "assets"
    files = [path for path in own.rglob("*") if path.is_file() and "studio" not in path.parts]
    assert len(files) > 30
    assert asset_problems({str(path.relative_to(own)): path.read_bytes() for path in files}) == []


@pytest.mark.parametrize("more", ['onload="a()"', 'style="fill:red"', 'href="x"', 'id="main"'])
def test_a_drawing_carries_nothing_into_a_page(more: str) -> None:
    shape = '<path class="fa" d="M0 0h9v9z"'
    for text in (
        f'<svg {more} viewBox="0 0 9 9">{shape}/>',
        f'<svg viewBox="0 0 9 9">{shape} {more}/>',
    ):
        with pytest.raises(DrawingBroken, match="is not drawn"):
            read_drawing(text + "</svg>")
