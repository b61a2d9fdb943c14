"""Readers: files and text in, documents out. One reader for each format, chosen by the file's suffix."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from caveat.document import Document, Format
from caveat.readers.decode import MAX_BYTES, ReadError, check_size, decode
from caveat.source import Source

__all__ = ["MAX_BYTES", "SUFFIXES", "ReadError", "check_file", "read_file", "read_text"]

SUFFIXES: Final[Mapping[str, Format]] = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".mdx": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
}
"""The format that a lower-cased file suffix stands for; any other is read as Markdown."""


def read_file(path: Path, *, display: str | None = None) -> Document:
    """Read the article at `path`; `display` is the path that the document carries, `path` itself by default.

    Raises:
        ReadError: if the file is missing, no regular file, unreadable, too large, binary or not UTF-8.
    """
    check_file(path)
    with _problems_told():
        data = path.read_bytes()
    return read_text(decode(data), path=display if display is not None else path.as_posix())


def check_file(path: Path) -> None:
    """Find out, without reading it, whether the file at `path` can be an article.

    Raises:
        ReadError: if it is missing, no regular file or too large.
    """
    with _problems_told():
        status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise ReadError("this is a folder, not a file")
    if not stat.S_ISREG(status.st_mode):
        raise ReadError("not a regular file")
    check_size(status.st_size)


@contextmanager
def _problems_told() -> Iterator[None]:
    """Turns what the file system says into a ReadError."""
    try:
        yield
    except FileNotFoundError as error:
        raise ReadError("no such file") from error
    except PermissionError as error:
        raise ReadError("no permission to read it") from error
    except (OSError, ValueError) as error:  # a loop of links, a name with a NUL, a failing disk
        raise ReadError(f"can not be read: {getattr(error, 'strerror', None) or error}") from error


def read_text(text: str, *, path: str) -> Document:
    """Read decoded text as the article at `path`, whose suffix tells the format. Never raises for any text."""
    source = Source(path, text)
    suffix = PurePosixPath(path).suffix.lower()
    match SUFFIXES.get(suffix, Format.MARKDOWN):
        case Format.MARKDOWN:
            from caveat.readers.markdown import read_markdown  # noqa: PLC0415 - each reader loads what it needs

            return read_markdown(source)
        case Format.HTML:
            from caveat.readers.html import read_html  # noqa: PLC0415

            return read_html(source)
        case Format.TEXT:
            from caveat.readers.text import read_text_file  # noqa: PLC0415

            return read_text_file(source)
