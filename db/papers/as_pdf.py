"""A paper as PDF: A4, the font in the file so that every accent is right, black on white, large type where wanted."""

from datetime import UTC, date, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import VAlign, XPos, YPos
from fpdf.fonts import FontFace, TTFFont

from db.papers import Block, Facts, Grid, Heading, Lines, Paper, Points, Says
from policy.phrases import harmless

_FONTS = Path(__file__).with_name("fonts")
_FONT = "DejaVu"
_SIZE, _LARGE = 10.0, 16.0  # points
_SMALLEST, _STEP = 12.5, 0.5
_MARGIN = 18.0  # millimetres
_GREY = 90
_TICK = "☐"
_POINT = "•"


def as_pdf(paper: Paper, today: date) -> bytes:
    """The paper as the bytes of a PDF; `today` is the day it says it was made."""
    size = _LARGE if paper.large else _SIZE
    sheet = _drawn(paper, today, size)
    while paper.one_page and sheet.page_no() > 1 and size > _SMALLEST:
        sheet.let_go()
        size -= _STEP
        sheet = _drawn(paper, today, size)
    return bytes(sheet.output())


def _drawn(paper: Paper, today: date, size: float) -> "_Sheet":
    sheet = _Sheet(paper, today, size)
    sheet.add_page()
    for block in paper.blocks:
        sheet.block(block)
    return sheet


class _Sheet(FPDF):
    """The pages of one paper."""

    def __init__(self, paper: Paper, today: date, size: float) -> None:
        super().__init__(format="A4")
        self._paper = paper
        self._size = size
        self._leading = 1.25 if paper.one_page else 1.4
        self.add_font(_FONT, "", _FONTS / "DejaVuSans.ttf")
        self.add_font(_FONT, "B", _FONTS / "DejaVuSans-Bold.ttf")
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(True, margin=_MARGIN + 6)
        self.set_creation_date(datetime(today.year, today.month, today.day, tzinfo=UTC))
        self.set_title(paper.title)
        self.set_lang("en-GB")
        self.set_producer("Wingdesk")
        self._kind()

    def let_go(self) -> None:
        """Close the fonts of a sheet that is not to be put out."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()

    def _kind(self, style: str = "", size: float = 1.0, grey: int = 0) -> None:
        self.set_font(_FONT, style, self._size * size)
        self.set_text_color(grey)

    @property
    def _line(self) -> float:
        """The height of a line, in millimetres."""
        return self.font_size * self._leading

    def header(self) -> None:
        """Title and person on every page; the title large on the first."""
        self._kind("B", 1.6 if self.page_no() == 1 else 1.0)
        self._write(self._paper.title)
        self._kind(grey=_GREY)
        self._write(self._paper.about)
        self.set_draw_color(_GREY)
        self.line(_MARGIN, self.get_y() + 1, self.w - _MARGIN, self.get_y() + 1)
        self.ln(self._line * 0.8)
        self._kind()

    def footer(self) -> None:
        """Who may see it, and which page this is."""
        self.set_y(-_MARGIN)
        self.set_font(_FONT, "", 8)
        self.set_text_color(_GREY)
        self.cell(self.epw * 0.8, 5, harmless(self._paper.foot))
        self.cell(0, 5, f"page {self.page_no()} of {{nb}}", align="R")

    def block(self, block: Block) -> None:
        """One block under what is there."""
        match block:
            case Heading(text):
                if self.will_page_break(self._line * 4):
                    self.add_page()
                self.ln(self._line * 0.4)
                self._kind("B", 1.15)
                self._write(text)
                self._kind()
            case Says(text, strong):
                self._kind("B" if strong else "")
                self._write(text)
                self._kind()
                self.ln(self._line * 0.3)
            case Points(items, ticks):
                for item in items:
                    self._point(item, _TICK if ticks else _POINT)
                self.ln(self._line * 0.3)
            case Facts(rows):
                self._table(tuple((label, value or "not known") for label, value in rows), (30, 70), first_bold=True)
            case Grid(columns, rows, shares):
                self._table((columns, *rows), shares or (1,) * len(columns), heading=True)
            case Lines(number):
                for _ in range(number):
                    if self.will_page_break(self._line * 1.4):
                        self.add_page()
                    self.ln(self._line * 1.4)
                    self.line(_MARGIN, self.get_y(), self.w - _MARGIN, self.get_y())
                self.ln(self._line)

    def _write(self, text: str) -> None:
        shown = "\n".join(harmless(part) for part in text.splitlines())
        self.multi_cell(0, self._line, shown, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _point(self, text: str, mark: str) -> None:
        if self.will_page_break(self._line):
            self.add_page()
        self.cell(self.font_size * 1.5, self._line, mark)
        left = self.l_margin
        self.set_left_margin(left + self.font_size * 1.5)
        self._write(text)
        self.set_left_margin(left)
        self.set_x(left)

    def _table(
        self,
        rows: tuple[tuple[str, ...], ...],
        shares: tuple[int, ...],
        *,
        heading: bool = False,
        first_bold: bool = False,
    ) -> None:
        with self.table(
            col_widths=shares,
            first_row_as_headings=heading,
            headings_style=FontFace(emphasis="BOLD"),
            borders_layout="SINGLE_TOP_LINE" if heading else "NONE",
            line_height=self._line,
            text_align="LEFT",
            v_align=VAlign.T,
            padding=0.6,
        ) as table:
            for cells in rows:
                row = table.row()
                for at, cell in enumerate(cells):
                    bold = FontFace(emphasis="BOLD") if first_bold and at == 0 else None
                    row.cell("\n".join(harmless(part) for part in cell.splitlines()), style=bold)
        self.ln(self._line * 0.4)
