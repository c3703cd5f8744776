"""From the bytes of a file to its text, whatever it was saved as.

UTF-8 with or without a byte-order mark, UTF-16 either way round with or without one, and
Windows-1252; the odd Windows-1252 byte inside UTF-8 is read as what it was meant to be.
"""

import codecs
import re

from db.errors import Invalid

_AS_CSV = "Save it as CSV and take that in."
_NOT_AN_EXTRACT = "is not an extract. Nothing was taken in."

_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", f"This is a spreadsheet or a zip file (.xlsx, .ods, .zip), not an extract. {_AS_CSV}"),
    (b"PK\x05\x06", "This is an empty zip file, not an extract."),
    (b"\xd0\xcf\x11\xe0", f"This is an old Excel or Word file (.xls, .doc), not an extract. {_AS_CSV}"),
    (b"%PDF", f"This is a PDF: it {_NOT_AN_EXTRACT} Ask for the same as CSV."),
    (b"\x89PNG", f"This is a picture: it {_NOT_AN_EXTRACT}"),
    (b"\xff\xd8\xff", f"This is a picture: it {_NOT_AN_EXTRACT}"),
    (b"GIF8", f"This is a picture: it {_NOT_AN_EXTRACT}"),
    (b"RIFF", f"This is a picture or a recording: it {_NOT_AN_EXTRACT}"),
    (b"II*\x00", f"This is a picture: it {_NOT_AN_EXTRACT}"),
    (b"MM\x00*", f"This is a picture: it {_NOT_AN_EXTRACT}"),
    (b"\x1f\x8b", "This file is compressed (.gz). Unpack it and take that in."),
    (b"7z\xbc\xaf", "This file is compressed (.7z). Unpack it and take that in."),
    (b"Rar!", "This file is compressed (.rar). Unpack it and take that in."),
    (b"{\\rtf", f"This is a word processor's file (.rtf), not an extract. {_AS_CSV}"),
    (b"SQLite format 3\x00", f"This is a database: it {_NOT_AN_EXTRACT}"),
    (b"\x7fELF", f"This is a program: it {_NOT_AN_EXTRACT}"),
    (b"MZ\x90", f"This is a program: it {_NOT_AN_EXTRACT}"),
)

_GARBLED = (
    "The text of this file cannot be read: it is not in UTF-8, UTF-16 or Windows-1252, or it is no text at all. "
    "Save it as CSV in UTF-8 and take that in."
)
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x80-\x9f\ufffd\ufffe\uffff]")
_MOST_NOT_TEXT = 0.01
_FEW = 5
_LOOKED_AT = 4096


def _one_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.end == len(error.object) and error.reason == "unexpected end of data":
        return "", error.end  # the file was cut off inside a character
    return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1


codecs.register_error("wingdesk.windows-1252", _one_byte)


def text_of(data: bytes) -> str:
    """The text of a file, without a byte-order mark.

    Raises:
        Invalid: it is empty, a kind of file that is no text, or its text cannot be read.
    """
    if not data.strip(b"\x00\t\r\n "):
        raise Invalid("This file is empty. Nothing was taken in.")
    for beginning, sentence in _KINDS:
        if data.startswith(beginning):
            raise Invalid(sentence)
    text = _decoded(data).removeprefix("\ufeff")
    if not text.strip():
        raise Invalid("This file is empty. Nothing was taken in.")
    bad = len(_NOT_TEXT.findall(text, 0, _LOOKED_AT))
    if bad > max(_FEW, _MOST_NOT_TEXT * min(len(text), _LOOKED_AT)):
        raise Invalid(_GARBLED)
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return data.decode("utf-32", "replace")
    if data.startswith(codecs.BOM_UTF16_LE):
        return data[2:].decode("utf-16-le", "replace")
    if data.startswith(codecs.BOM_UTF16_BE):
        return data[2:].decode("utf-16-be", "replace")
    start = data[:_LOOKED_AT]
    if start.count(0) > len(start) // 4:
        # Text in Latin letters leaves one byte of every two empty in UTF-16; which one tells the way round.
        return data.decode("utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be", "replace")
    return data.decode("utf-8", "wingdesk.windows-1252")
