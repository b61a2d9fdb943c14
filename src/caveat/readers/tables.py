"""The grid of an HTML table: which column a cell stands in, which headers govern it."""

from __future__ import annotations

from dataclasses import field

from caveat.document import Cell
from caveat.values import dataclass

MAX_SPAN = 100
"""Columns or rows one cell can span. The HTML standard allows 1,000 columns; no article needs it, and the
limit keeps a hostile table linear."""


@dataclass(slots=True)
class Table:
    """Built row by row and cell by cell, with the text of each cell as soon as it is known."""

    number: int
    row: int = -1
    column: int = 0
    columns: dict[int, str] = field(default_factory=dict)  # column → text of its headers
    row_header: str = ""
    head: bool = False  # inside <thead>
    occupied: dict[int, int] = field(default_factory=dict)  # column → rows still covered from above
    row_cells: int = 0
    row_headers: int = 0
    pending: dict[int, str] = field(default_factory=dict)  # headers of this row, until it is over

    def next_row(self) -> None:
        """Begin a row."""
        self.end_row()
        if self.row >= 0:
            self.occupied = {column: left - 1 for column, left in self.occupied.items() if left > 1}
        self.row += 1
        self.column = 0
        if 0 not in self.occupied:
            self.row_header = ""
        self.row_cells = self.row_headers = 0

    def end_row(self) -> None:
        """End a row. If all its cells were headers, or it stands in the head, they govern the columns below."""
        if self.head or (self.row_cells > 1 and self.row_headers == self.row_cells):
            for column, text in self.pending.items():
                above = self.columns.get(column, "")
                self.columns[column] = f"{above} {text}".strip() if text != above else text
        self.pending = {}

    def next_cell(self, *, header: bool) -> Cell:
        """Place a cell in the next free column of the row."""
        if self.row < 0:
            self.next_row()
        while self.column in self.occupied:
            self.column += 1
        self.row_cells += 1
        self.row_headers += header
        governed = self.column > 0 and not self.head and not (header and self.row == 0)
        return Cell(
            table=self.number,
            row=self.row,
            column=self.column,
            header=header or self.head,
            row_header=self.row_header if governed else "",
            column_header="" if self.head else self.columns.get(self.column, ""),
        )

    def end_cell(self, cell: Cell, text: str, *, columns: int = 1, rows: int = 1) -> None:
        """Take the readable text of a finished cell, and how many columns and rows it spans."""
        columns, rows = min(max(columns, 1), MAX_SPAN), min(max(rows, 1), MAX_SPAN)
        for column in range(cell.column, cell.column + columns):
            if cell.header:
                self.pending[column] = text
            if rows > 1:
                self.occupied[column] = rows
        if cell.column == 0 and not self.head:
            self.row_header = text
        self.column = cell.column + columns
