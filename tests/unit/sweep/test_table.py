"""The folder: rows that survive, rows written in part that do not, and folders that are left alone."""

from __future__ import annotations

import csv
import json

import pytest
from pyarrow import parquet

from fvtransport.sweep.plan import SweepError
from fvtransport.sweep.table import SweepFolder, cells_of, columns_of

KNOWN = {"case": "abc", "--over": ["a=1:2:3"]}


def row(number, value=1.5, **more):
    found = {
        "status": "converged",
        "reason": "",
        "observables": {"Q": value},
        "steps": 7,
        "seconds": 0.25,
        "balance_error": 1e-15,
    }
    return {"number": number, "values": {"a": number / 3, "law": "fick"}, **found, **more}


def failed(number):
    return {
        "number": number,
        "values": {"a": number / 3, "law": "fick"},
        "status": "bad input",
        "reason": 'no, "quoted"',
        "seconds": 0.1,
    }


@pytest.fixture
def folder(tmp_path):
    with SweepFolder(tmp_path / "deep" / "sweep", KNOWN) as made:
        yield made


def test_the_table_is_in_order_whatever_the_order_of_the_rows(folder):
    for each in (row(3, None), failed(1), row(2, 0.1 + 0.2)):
        folder.add(each)
    (path, _) = folder.write_table()
    with path.open(newline="") as stream:
        table = list(csv.DictReader(stream))
    assert list(table[0]) == [
        "number",
        "a",
        "law",
        "status",
        "reason",
        "Q",
        "balance_error",
        "start",
        "steps",
        "seconds",
    ]
    assert [line["number"] for line in table] == ["1", "2", "3"]
    assert float(table[1]["Q"]) == 0.1 + 0.2 and float(table[1]["a"]) == 2 / 3, "to the last digit"
    assert (table[0]["reason"], table[0]["Q"], table[2]["Q"]) == ('no, "quoted"', "", "")


def test_parquet_holds_the_same(folder):
    for each in (row(2, 0.1 + 0.2), failed(1)):
        folder.add(each)
    _, path = folder.write_table()
    table = parquet.read_table(path).to_pydict()
    assert table["number"] == [1, 2] and table["Q"] == [None, 0.1 + 0.2] and table["law"] == ["fick"] * 2
    assert table["a"] == [1 / 3, 2 / 3] and table["steps"] == [None, 7]


def test_an_observable_never_hides_a_column_of_ours():
    found = row(1) | {"observables": {"status": 3.0, "Q": 4.0}}
    columns = columns_of([found])
    cells = dict(zip(columns, cells_of(found, columns)))
    assert (cells["status"], cells["observe.status"], cells["Q"]) == ("converged", 3.0, 4.0)


def test_rows_are_on_disk_at_once_and_come_back(folder):
    folder.add(row(1))
    assert json.loads((folder.path / "rows.jsonl").read_text())["number"] == 1
    with SweepFolder(folder.path, KNOWN, resume=True) as again:
        assert list(again.rows) == [1]


@pytest.mark.parametrize(
    "part", ['{"number": 2, "val', '{"number": 2}\n', "\n", '{"number": 2, "values": {}, "status": "converged"}']
)
def test_a_row_written_in_part_does_not_count_and_does_no_harm(folder, part):
    folder.add(row(1))
    with (folder.path / "rows.jsonl").open("a") as stream:
        stream.write(part)
    with SweepFolder(folder.path, KNOWN, resume=True) as again:
        assert list(again.rows) == [1]
        again.add(row(2))
    with SweepFolder(folder.path, KNOWN, resume=True) as once_more:
        assert list(once_more.rows) == [1, 2]


def test_a_point_on_which_a_process_died_is_tried_again(folder):
    folder.add(row(1) | {"status": "process died"})
    folder.add(failed(2))
    with SweepFolder(folder.path, KNOWN, resume=True) as again:
        assert list(again.rows) == [2]


def test_another_sweep_is_not_resumed_and_none_is_replaced_unasked(folder):
    folder.add(row(1))
    with pytest.raises(SweepError, match=r"\(--over differ\)"):
        SweepFolder(folder.path, {**KNOWN, "--over": []}, resume=True)
    with pytest.raises(SweepError, match="--resume continues"):
        SweepFolder(folder.path, KNOWN)
    assert (folder.path / "rows.jsonl").stat().st_size > 0
    with SweepFolder(folder.path, KNOWN, force=True) as fresh:
        assert fresh.rows == {} and (fresh.path / "rows.jsonl").stat().st_size == 0


@pytest.mark.parametrize("options", [{}, {"force": True}, {"resume": True}])
def test_a_folder_that_is_no_sweep_is_left_alone(tmp_path, options):
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(SweepError, match="nothing was changed"):
        SweepFolder(tmp_path, KNOWN, **options)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_sweep_with_something_else_in_it_is_left_alone(folder):
    (folder.path / "thesis.tex").write_text("years of work")
    with pytest.raises(SweepError, match="thesis.tex"):
        SweepFolder(folder.path, KNOWN, force=True)
    assert (folder.path / "sweep.json").exists()


def test_a_folder_that_cannot_be_made_is_bad_input(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SweepError, match="cannot be written"):
        SweepFolder(tmp_path / "file" / "below", KNOWN)
