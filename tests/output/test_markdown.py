"""Text that people typed, put through GitHub's own parser: it comes back as text."""

import re

import html5lib
import pytest
from cmarkgfm import github_flavored_markdown_to_html  # type: ignore[import-untyped]
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]
from hypothesis import example, given
from hypothesis import strategies as st

from jtai_plan.output import markdown

PLACES = {
    "a paragraph": "{}",
    "after a line": "Before\n{}",
    "a heading": "# {}",
    "a list": "- {}",
    "bold": "**{}**: after",
    "a cell of a table": "| Head | {} |\n| --- | --- |\n| x | {} |",
    "the middle of a line": "Before {} after",
    "between signs": "Before ({}; {}).",
}

SIGNS = r"""\`*_{}[]()<>#+-=.!|~$&:;@/"'^%,? 1a9é—’ """
WORDS = (
    "http://",
    "https://e.example",
    "www.",
    "a@b.example",
    "@someone",
    "&amp;",
    "&#64;",
    "<b>",
    "<!--",
    "-->",
    "```",
    "---",
    ":-:",
    "===",
    "\n",
    "\\",
    "# ",
    " #",
    "1. ",
    "[^1]",
    "[x]: y",
    "[ ] ",
    "mailto:",
    "xmpp:",
    "{{ 7*7 }}",
)
# What a file can hold: the model refuses control characters, and no UTF-8 text has half a character.
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"))
TYPED = st.one_of(
    st.text(CHARACTERS, max_size=60),
    st.text(SIGNS, max_size=40),
    st.lists(st.sampled_from(WORDS) | st.text(SIGNS, max_size=4), max_size=8).map("".join),
).map(str.strip)


def rendered(text: str) -> str:
    """The HTML that GitHub makes of *text*; raw HTML is let through, so that none can hide."""
    html: str = github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
    return html


def words_and_elements(text: str) -> tuple[str, list[str]]:
    """What a reader reads in the Markdown *text*, white space folded, and the elements that GitHub makes of it."""
    tree = html5lib.parseFragment(rendered(text), treebuilder="etree", namespaceHTMLElements=False)
    # A dollar has an element of its own, which shows nothing.
    elements = [each.tag for each in tree.iter() if isinstance(each.tag, str) and each.tag != "span"]
    shown = "".join(_texts(tree))
    return folded(shown), elements


def _texts(node: object) -> list[str]:
    found = [getattr(node, "text", None) or ""] if isinstance(getattr(node, "tag", None), str) else []
    for child in node:  # type: ignore[attr-defined]
        found += [*_texts(child), child.tail or ""]
    return found


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@given(typed=TYPED)
@example("> q")
@example("C# #")
@example("a_b _c_ __d__ e_")
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_any_text_that_is_escaped_comes_back_as_the_same_text(place: str, typed: str) -> None:
    typed = typed or "x"

    shown, elements = words_and_elements(place.replace("{}", markdown.escape(typed)))

    plain, expected = words_and_elements(place.replace("{}", "PLAIN"))
    assert shown == folded(plain.replace("PLAIN", folded(typed)))
    assert elements == expected


@given(typed=TYPED)
@example("a\n:-:")
@example("a\n===")
@example("a\n--")
@example("a\n    b\n\tc")
@example("a\\\n")
@example("a\n1. b\n2) c")
def test_any_paragraph_comes_back_as_the_same_lines(typed: str) -> None:
    shown, elements = words_and_elements("Before\n\n" + markdown.block(typed) + "\n\nAfter")

    assert shown == folded(f"Before {typed} After")
    assert set(elements) <= {"DOCUMENT_FRAGMENT", "p", "br"}
    lines = [line for line in typed.splitlines() if line.strip()]
    assert elements.count("br") == max(len(lines) - 1, 0)


@given(typed=TYPED, before=TYPED, after=TYPED)
def test_two_texts_side_by_side_make_no_markup_between_them(typed: str, before: str, after: str) -> None:
    texts = (before, typed, after)

    shown, elements = words_and_elements("x" + " ".join(map(markdown.escape, texts)) + "x")

    assert shown == folded(f"x{' '.join(texts)}x")
    assert set(elements) <= {"DOCUMENT_FRAGMENT", "p"}


@pytest.mark.parametrize(
    "plain",
    [
        "Audit begun (12 of 20 cases). See annex A.1; more to follow!",
        "R & D: x < y, y > z",
        "the folder file_name_one.docx in C:\\Users\\Public",
        "Was it done? 50% - and 'quoted', \"twice\"; it’s £5 = €6 + more",
        "2018/19 Q3: #1 of 3",
        "Carl Robinson / Simon Ford",
    ],
)
def test_text_that_needs_no_escape_stays_as_it_was_typed(plain: str) -> None:
    assert markdown.escape(plain) == plain


@pytest.mark.parametrize(
    ("typed", "raw"),
    [
        ("https://evil.example/x", r"https\://evil.example/x"),
        ("www.evil.example", r"www\.evil.example"),
        ("1. li", r"1\. li"),
        ("12) li", r"12\) li"),
        ("- li", r"\- li"),
        ("# h", r"\# h"),
        ("> q", r"\> q"),
        ("A plan ##", r"A plan \##"),
        ("R&D", "R&amp;D"),
        ("<b>", "&lt;b>"),
        ("*b* _i_ ~~s~~ `c` a|b", r"\*b\* \_i\_ \~\~s\~\~ \`c\` a\|b"),
        ("a\\", r"a\\"),
        ("two\nlines\tand more", "two lines and more"),
    ],
)
def test_what_is_escaped_can_still_be_read_in_the_raw(typed: str, raw: str) -> None:
    assert markdown.escape(typed) == raw


@pytest.mark.parametrize("typed", ["@octocat", "a@b.example", "ask @octocat/team", "(@octocat)", "mailto:a@b.example"])
def test_an_at_sign_names_nobody_and_links_nothing(typed: str) -> None:
    html = rendered(markdown.escape(typed))

    assert "<a" not in html
    # GitHub looks for names in each run of text after the Markdown is done.
    assert not re.search(r"@\w", html)
    assert words_and_elements(markdown.escape(typed))[0] == typed


def test_a_pair_of_dollars_is_no_mathematics() -> None:
    assert markdown.escape("$x$") == "<span>$</span>x<span>$</span>"


def test_a_line_break_within_a_paragraph_stays_one() -> None:
    assert markdown.block("First,\n  second\n\nthird\n") == "First,\\\nsecond\\\nthird"


def test_tidying_leaves_one_blank_line_and_one_last_line_break() -> None:
    assert markdown.tidy("\n\n# A  \n\n\n\nb\\\nc\n \n") == "# A\n\nb\\\nc\n"
