"""`tertulia import` writes a pack that `tertulia check` accepts, and says what it did."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from bot.cli import check, import_

FIXTURES = Path(__file__).parent / "fixtures"


def run(source: Path, out: Path, **options: Any) -> tuple[int, str]:
    stdout = io.StringIO()
    given = {"language": None, "article_id": None, "as_json": False, "force": False, **options}
    return import_.run(source, out, stdout=stdout, **given), stdout.getvalue()


def test_a_pack_is_written_and_described(tmp_path: Path) -> None:
    """The report names title, sections, counts, doubts and the file."""
    code, said = run(FIXTURES / "parque.txt", tmp_path, article_id="parque")
    path = tmp_path / "parque" / "es.yaml"
    assert code == 0
    assert said.splitlines()[0] == "UN PARQUE EN LUGAR DEL APARCAMIENTO (es)"
    assert "  3. Ventajas: the pros" in said
    assert "3 takeaways, 3 pros, 2 cons, 2 actions" in said
    assert "Not sure of:" in said
    assert said.endswith(f"Written: {path}\n")
    assert check.run([tmp_path], io.StringIO()) == 0


def test_json_is_all_that_is_printed(tmp_path: Path) -> None:
    """`--json` prints one JSON value and writes the pack all the same."""
    code, said = run(FIXTURES / "bikes.md", tmp_path, as_json=True)
    assert code == 0
    assert json.loads(said)["takeaways"] == 3
    assert (tmp_path / "bikes-bridge" / "en.yaml").is_file()


def test_a_pack_is_not_replaced_unasked(tmp_path: Path) -> None:
    """An edited pack survives a second import unless `--force` is given."""
    run(FIXTURES / "bikes.md", tmp_path)
    path = tmp_path / "bikes-bridge" / "en.yaml"
    path.write_text("edited")
    code, said = run(FIXTURES / "bikes.md", tmp_path)
    assert (code, path.read_text()) == (1, "edited")
    assert "--force" in said
    assert run(FIXTURES / "bikes.md", tmp_path, force=True)[0] == 0


def test_what_fails_is_one_sentence(tmp_path: Path) -> None:
    """No traceback for a missing file, a refusal, or a folder that can't be written."""
    assert run(tmp_path / "none.txt", tmp_path) == (1, f"{tmp_path}/none.txt: No such file or directory.\n")
    (tmp_path / "a.exe").write_bytes(b"MZ")
    code, said = run(tmp_path / "a.exe", tmp_path, as_json=True)
    assert (code, list(json.loads(said))) == (1, ["error"])
    (tmp_path / "file").write_text("x")
    code, said = run(FIXTURES / "bikes.md", tmp_path / "file")
    assert code == 1
    assert said.count("\n") == 1
