"""Bytes to text, or a clear reason why not."""

from __future__ import annotations

import codecs

MAX_BYTES = 10_000_000
"""Files above this size are refused. A long article is some 100 kB and a book 1 MB; at this limit the blocks
already take some hundred megabytes of memory, so beyond it a run would fail less kindly."""

# The control characters that no text file needs: C0 without tab, line ends, form feed and escape.
_CONTROL = bytes(code for code in range(1, 32) if code not in b"\t\n\r\f\v\x1b")
_MAX_CONTROL = 0.1  # of a file's bytes; some stray ones are left to the reader
_SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\xd0\xcf\x11\xe0": "an office document in the old binary format",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
}


class ReadError(Exception):
    """A file that can not be read as an article. The message is for the person and names no path."""


def decode(data: bytes) -> str:
    """The text of `data`: UTF-8 (a byte order mark stays in the text), or UTF-16 with a byte order mark.

    Raises:
        ReadError: if the data are too large, binary, or not valid in their encoding. For invalid UTF-8 the
            message gives the byte offset (from 0) and the line (from 1).
    """
    check_size(len(data))
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise ReadError(f"this is {what}, not text")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data)
    if (at := data.find(b"\0")) >= 0:
        raise ReadError(f"binary: a NUL byte at offset {at}")
    control = len(data) - len(data.translate(None, _CONTROL))
    if control > _MAX_CONTROL * len(data):
        raise ReadError(f"binary: {control:,} of its {len(data):,} bytes are control characters")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReadError(
            f"not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start} (line {line}); save the file as UTF-8"
        ) from error


def check_size(size: int) -> None:
    """Refuse a file of `size` bytes if it is too large.

    Raises:
        ReadError: above `MAX_BYTES`.
    """
    if size > MAX_BYTES:
        raise ReadError(f"too large: {size:,} bytes; the limit is {MAX_BYTES:,}")


def _utf16(data: bytes) -> str:
    # The mark is kept in the text, as it is for UTF-8, so that offsets count it in both.
    encoding = "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(f"not valid UTF-16: at byte offset {error.start}; save the file as UTF-8") from error
    if "\0" in text:
        raise ReadError("binary: a NUL character in UTF-16 text")
    return text
