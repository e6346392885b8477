"""Run the detector over the labelled streams of a folder and score it.

    python bench/quality.py DATA SCORER [--json OUT] [--only NAME] [--keep FOLDER]

DATA holds the sets as folders; SCORER is the scoring script. A stream is judged by the pack of its
topic (TOPIC_OF); streams of one watch are scored each by itself. Prints one table; the figures of
docs/quality.md come from here.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from monitor.backtest import read_rows, run, write_verdicts
from monitor.config.lexicon import read_common, read_lexicon
from monitor.config.topic import TopicPack
from monitor.detect import Topic, compile_topic, everything

ROOT = Path(__file__).parent.parent
TOPIC_OF = {"crossing": "rafah-crossing"}  # by the folder's name; else the liaison office
SHOWN = {
    "developments": (
        "pushes", "noise", "owed_on_time", "owed_caught", "major_recall", "recall", "told",
        "minor_facts_told", "repeats_kept_quiet", "material_edits", "relevance_precision",
        "relevance_recall",
    ),
    "stories": ("articles", "alerts_per_story", "missed", "repeat_share"),
}  # fmt: skip


def topic_of(stream: Path) -> Topic:
    """The topic that a labelled stream is about: of the pack beside it, else a shipped one."""
    if (stream / "pack.yaml").exists():
        return topic_in(stream / "pack.yaml", stream.name)
    return shipped_topic(TOPIC_OF.get(stream.name, "liaison-office"))


def shipped_topic(name: str) -> Topic:
    return topic_in(ROOT / "config" / "topics" / f"{name}.yaml", name)


def topic_in(path: Path, name: str) -> Topic:
    pack = TopicPack.model_validate(YAML(typ="safe", pure=True).load(path))
    return compile_topic(name, pack, read_lexicon())


def score(scorer: Path, kind: str, articles: Path, verdicts: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(scorer), kind, str(articles), str(verdicts)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def backtest(articles: Path, topic: Topic, verdicts: Path) -> float:
    """Write the verdicts; CPU milliseconds an article."""
    rows = list(read_rows(articles))
    start = time.process_time()
    write_verdicts(verdicts, run(rows, topic))
    return 1000 * (time.process_time() - start) / max(1, len(rows))


def watches(articles: Path, folder: Path) -> list[Path]:
    """The stream cut by its `watch` key, where it has one."""
    cut: dict[str, list[str]] = defaultdict(list)
    for row in read_rows(articles):
        if "watch" not in row:
            return [articles]
        cut[row["watch"]].append(json.dumps(row, ensure_ascii=False))
    paths = []
    for watch, lines in sorted(cut.items()):
        paths.append(folder / f"{watch}.jsonl")
        paths[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
    return paths


def together(results: list[dict[str, Any]]) -> dict[str, Any]:
    """The watches of one set weighed by their articles and stories."""
    if len(results) == 1:
        return results[0]
    articles = sum(r["articles"] for r in results)
    stories = sum(r["stories"] for r in results)
    mean = {
        k: round(sum(r["bcubed"][k] * r["articles"] for r in results) / articles, 4)
        for k in ("precision", "recall", "f1")
    }
    return {
        "articles": articles,
        "stories": stories,
        "alerts_per_story": round(sum(r["alerts"] for r in results) / stories, 4),
        "missed": sum(r["missed"] for r in results),
        "bcubed": mean,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    table: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(options.data.iterdir()):
            if options.only and options.only not in path.name:
                continue
            if (path / "developments.jsonl").exists():
                articles, kind = path / "articles.jsonl", "developments"
                streams, topic = [articles], topic_of(path)
            elif (path / "dev.jsonl").exists() and '"story"' in (path / "dev.jsonl").read_text(
                encoding="utf-8"
            ):
                kind, topic = "stories", everything(read_lexicon(), read_common())
                streams = watches(path / "dev.jsonl", folder)
            else:
                continue
            results, cost = [], []
            for stream in streams:
                out = folder / f"{path.name}-{stream.stem}.verdicts.jsonl"
                cost.append(backtest(stream, topic, out))
                results.append(score(options.scorer, kind, stream, out))
            table[path.name] = {**together(results), "ms_an_article": round(max(cost), 2)}
            show(path.name, kind, table[path.name])
    if options.json:
        options.json.write_text(json.dumps(table, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


def show(name: str, kind: str, result: dict[str, Any]) -> None:
    figures = [f"{key} {result.get(key)}" for key in SHOWN[kind]]
    cubed = result.get("story_bcubed") or result.get("bcubed")
    print(f"{name}: {', '.join(figures)}, bcubed {cubed}, {result['ms_an_article']} ms", flush=True)


if __name__ == "__main__":
    sys.exit(main())
