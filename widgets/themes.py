"""The looks as Textual themes, and how an application is dressed in one.

Style sheets use the theme's variables by role (`$overdue`, `$dim`, `$cursor` …), never a colour.
"""

from collections.abc import Sequence
from typing import Any

from rich.color import Color as RichColor
from rich.segment import Segment, Segments
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter, NoColor
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.theme import Theme

from widgets import looks
from widgets.looks import Look, LookName
from widgets.palette import BASIC, FULL, Ink
from widgets.plain import spelt_in_place


def _roles(colours: dict[str, str], *, focus: str, focus_style: str) -> dict[str, str]:
    return {
        **colours,
        "focus-background": focus,
        "focus-style": focus_style,
        "block-cursor-background": focus,
        "block-cursor-foreground": colours["text"],
        "block-cursor-text-style": focus_style if focus_style != "none" else "bold",
        "block-cursor-blurred-background": focus,
        "border": colours["accent"],
        "border-blurred": colours["rule"],
        "scrollbar": colours["dim"],
        "scrollbar-hover": colours["dim"],
        "scrollbar-active": colours["accent"],
        "scrollbar-background": colours["paper"],
        "scrollbar-background-hover": colours["paper"],
        "scrollbar-background-active": colours["paper"],
        "scrollbar-corner-color": colours["paper"],
    }


def _full(dark: bool) -> Theme:
    palette = {ink.value: colour for ink, colour in FULL[dark].items()}
    variables = _roles(palette, focus=palette["cursor"], focus_style="none") | {
        "input-cursor-background": palette["text"],
        "input-cursor-foreground": palette["paper"],
        "input-cursor-text-style": "none",
        "field-cursor-style": "none",
        "input-selection-background": palette["accent"],
        "input-selection-foreground": palette["paper"],
        "text-muted": palette["dim"],
        "text-disabled": palette["dim"],
        "foreground-muted": palette["dim"],
        "boost": palette["paper"],
    }
    return Theme(
        f"wingdesk-full-{'dark' if dark else 'light'}",
        primary=palette["accent"],
        accent=palette["accent"],
        warning=palette["today"],
        error=palette["overdue"],
        success=palette["open"],
        foreground=palette["text"],
        background=palette["paper"],
        surface=palette["paper"],
        panel=palette["paper"],
        dark=dark,
        text_alpha=1.0,
        variables=variables,
    )


def _plain(name: str, dark: bool, colours: dict[str, str]) -> Theme:
    everything = {ink.value: "ansi_default" for ink in Ink} | colours
    variables = _roles(everything, focus="ansi_default", focus_style="reverse") | {
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "field-cursor-style": "not reverse",
        "input-selection-background": "ansi_default",
        "input-selection-foreground": "ansi_default",
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "surface-active": "ansi_default",
        "foreground-disabled": "ansi_default",
        "screen-selection-background": "ansi_default",
        "screen-selection-foreground": "ansi_default",
        "text-muted": "ansi_default",
        "text-disabled": "ansi_default",
        "footer-key-foreground": everything["accent"],
        "link-color": everything["accent"],
    }
    return Theme(
        name,
        primary=everything["accent"],
        accent=everything["accent"],
        warning=everything["today"],
        error=everything["overdue"],
        success=everything["open"],
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        dark=dark,
        variables=variables,
        ansi=True,
    )


def _ansi_names(dark: bool) -> dict[str, str]:
    named = {ink.value: style.color.name for ink, style in BASIC[dark].items() if style.color is not None}
    return {ink: f"ansi_{colour}" for ink, colour in named.items()}


def themes() -> tuple[Theme, ...]:
    """The five themes: full and basic for dark and light backgrounds, and mono."""
    return (
        _full(True),
        _full(False),
        _plain("wingdesk-basic-dark", True, _ansi_names(True)),
        _plain("wingdesk-basic-light", False, _ansi_names(False)),
        _plain("wingdesk-mono", True, {}),
    )


class InAscii(LineFilter):
    """The last word on what is drawn: whatever a widget made, only ASCII leaves."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments spelt in ASCII, cell for cell."""
        return [Segment(spelt_in_place(text), style, control) for text, style, control in segments]


_ASCII, _NO_COLOUR = InAscii(), NoColor()


def filters(look: Look) -> Sequence[LineFilter]:
    """The filters a look needs at the very end; an application's `get_line_filters` adds them to its own."""
    wanted: list[LineFilter] = [_NO_COLOUR] if look.name is LookName.MONO else []
    return wanted if look.unicode else [*wanted, _ASCII]


_DEFAULT = RichColor.default()


class Bar(ScrollBarRender):
    """A scroll bar of characters, so that it shows without colour and in ASCII."""

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: RichColor = _DEFAULT,
        bar_color: RichColor = _DEFAULT,
    ) -> Segments:
        """The bar as a thumb on a thin line."""
        unicode = looks.current().unicode
        thumb, line = ("┃" if vertical else "━", " ") if unicode else ("#" if vertical else "=", " ")
        start = end = 0
        if window_size and size and virtual_size > window_size:
            length = max(1, round(size * window_size / virtual_size))
            start = round((size - length) * position / (virtual_size - window_size))
            end = start + length
        style = Style(color=bar_color, bgcolor=back_color)
        cells = [
            Segment((thumb if start <= at < end else line) * (thickness if vertical else 1), style)
            for at in range(size)
        ]
        return Segments(cells, new_lines=vertical) if vertical else Segments([*cells, Segment.line()] * thickness)


def dress(app: App[Any], look: Look) -> None:
    """Dress an application in a look: its themes, its scroll bars, and what `looks.current()` gives.

    Called in the application's constructor, after `super().__init__(ansi_color=look.ansi)`, or later to change it.
    """
    for theme in themes():
        app.register_theme(theme)
    looks.use(look)
    ScrollBar.renderer = Bar
    # Sliding costs a slow line many repaints and says nothing.
    app.animation_level = "none"
    app.ansi_color = look.ansi
    app.theme = look.theme
    app.refresh(layout=True)
