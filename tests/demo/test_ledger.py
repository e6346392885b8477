from __future__ import annotations

from pathlib import Path
from threading import Thread

from monitor.demo.ledger import Ledger, write_safely


def test_rows_are_kept_across_a_restart(tmp_path: Path) -> None:
    Ledger(tmp_path / "rows.jsonl").append({"n": 1})
    again = Ledger(tmp_path / "rows.jsonl")
    again.append({"n": "한"})
    assert again.rows() == [{"n": 1}, {"n": "한"}]


def test_half_a_row_of_a_killed_process_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"n": 1}\n{"n": 2, "te')
    ledger = Ledger(path)
    ledger.append({"n": 3})
    assert ledger.rows() == [{"n": 1}, {"n": 3}]


def test_many_threads_may_write(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "rows.jsonl")
    threads = [Thread(target=ledger.append, args=({"n": n},)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(row["n"] for row in ledger.rows()) == list(range(20))


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    write_safely(path, b"old")
    write_safely(path, b"new")
    assert path.read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["state.json"]
