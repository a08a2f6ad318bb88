"""Bytes as companies keep them."""

from pathlib import Path

import pytest

from hubbub.errors import UsageError
from hubbub.transcripts.texts import text_of

GERMAN = "Ticket;Text\n1;Die Heizung geht nicht, schöne Grüße aus Köln\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_of_a_german_spreadsheet_is_read_however_it_was_saved(tmp_path: Path, encoding: str):
    path = tmp_path / "log.csv"
    path.write_bytes(GERMAN.encode(encoding))
    read = text_of(path)
    assert read.text == GERMAN
    assert ("Windows-1252" in read.note) == (encoding == "cp1252")


def test_japanese_of_windows_is_read_as_such(tmp_path: Path):
    path = tmp_path / "log.csv"
    path.write_bytes("番号,文\n1,給湯器が動きません。お願いします。\n".encode("cp932"))
    assert "給湯器が動きません" in text_of(path).text
    assert "Shift-JIS" in text_of(path).note


def test_one_broken_letter_does_not_turn_a_file_into_another_encoding(tmp_path: Path):
    path = tmp_path / "log.csv"
    path.write_bytes(GERMAN.encode() * 20 + b"2;\xff\n")
    read = text_of(path)
    assert read.text.count("Köln") == 20
    assert "1 bytes are no UTF-8" in read.note


def test_what_is_no_text_is_refused(tmp_path: Path):
    path = tmp_path / "log.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    with pytest.raises(UsageError, match="no text"):
        text_of(path)
