"""The examples: read, refused in one sentence, split by writer, read twice."""

import json
import random
from collections import defaultdict
from pathlib import Path

import pytest

from nlp.errors import ExamplesError
from nlp.examples import LabelledDraft, Reading, agreement, read_examples, read_readings, shipped_examples
from nlp.knowledge import signs
from nlp.making.exchange import Exchange
from nlp.making.item import Item
from nlp.making.pairs import pairs_in, shipped_pairs
from nlp.paths import shipped_dir
from nlp.segmentation import sentence_bounds

GOOD = {
    "id": "a-1",
    "writer": "a",
    "split": "train",
    "text": "you never call",
    "sentences": [
        {
            "start": 0,
            "end": 14,
            "labels": ["blame"],
            "roles": [],
            "phrases": [{"start": 0, "end": 14, "label": "blame", "sign": "absolutes"}],
        }
    ],
}


def written(tmp_path: Path, row: object) -> Path:
    path = tmp_path / "examples.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_a_good_line_is_read(tmp_path: Path) -> None:
    (draft,) = read_examples(written(tmp_path, GOOD))
    assert draft.sentences[0].phrases[0].sign == "absolutes"
    assert not draft.is_clear


@pytest.mark.parametrize(
    "change",
    [
        {"text": None},
        {"split": "holdout"},
        {"sentences": [{"start": 0, "end": 99}]},
        {"sentences": [{"start": 0, "end": 14, "labels": ["blame"]}]},
        {"sentences": [{"start": 0, "end": 14, "labels": ["envy"]}]},
    ],
)
def test_a_bad_line_is_refused_with_file_and_line(tmp_path: Path, change: dict[str, object]) -> None:
    with pytest.raises(ExamplesError, match=r"examples\.jsonl, line 1"):
        read_examples(written(tmp_path, GOOD | change))


def test_a_file_that_is_not_json_or_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    for content in (b"not json\n", b"\xff\xfe\x00bad"):
        path.write_bytes(content)
        with pytest.raises(ExamplesError, match=r"x\.jsonl"):
            read_examples(path)


def test_splits_never_share_a_writer() -> None:
    splits = defaultdict(set)
    for draft in shipped_examples():
        splits[draft.writer].add(draft.split)
    assert all(len(found) == 1 for found in splits.values())


def test_the_shipped_set_is_large_varied_and_cut_as_the_product_cuts() -> None:
    drafts = shipped_examples()
    assert len(drafts) >= 700
    assert len({d.writer for d in drafts}) >= 20
    assert sum(len(d.sentences) for d in drafts) >= 2000
    assert {d.split for d in drafts} == {"train", "dev", "gate", "test"}
    assert all(d.bounds == sentence_bounds(d.text) for d in drafts)


def test_every_draft_was_read_by_two_readers_who_agree_well() -> None:
    readings = read_readings(shipped_dir("data") / "readings.jsonl")
    readers = defaultdict(set)
    for reading in readings:
        readers[reading.id].add(reading.reader)
    assert {d.id for d in shipped_examples()} == set(readers)
    assert all(len(found) >= 2 for found in readers.values())
    kappa = {row.name: row.kappa for row in agreement(readings)}
    assert min(kappa["blame"], kappa["pressure"], kappa["ultimatum"]) > 0.8


def test_agreement_is_perfect_between_equal_readings_and_nothing_by_chance() -> None:
    (draft,) = [d for d in shipped_examples("dev") if not d.is_clear][:1]
    same = [Reading(draft.id, reader, draft.sentences) for reader in "ab"]
    label = next(label for s in draft.sentences for label in s.labels)
    (row,) = [r for r in agreement(same) if r.name == label]
    assert row.first == row.second == row.both


def test_every_pair_names_a_known_sign_and_a_place_in_what_is_said() -> None:
    for pair in shipped_pairs():
        assert pair.sign in signs()
        assert 0 <= pair.start < pair.end <= len(pair.said) and pair.instead.strip()


def test_a_block_of_pairs_gives_the_marked_place_and_passes_over_what_is_not_paired() -> None:
    block = (
        "P test\n- Train at six. ⟦Be there for once.⟧ x\n+ Could you meet me?\n\nB nothing\n- a\n+ b\n\nB guilt\n- a\n"
    )
    (pair,) = pairs_in(block)
    assert pair.said == "Train at six. Be there for once. x" and pair.sign == "test"
    assert pair.said[pair.start : pair.end] == "Be there for once."


def exchange(seed: int) -> Exchange:
    drafts = [LabelledDraft("", f"we saw {name} and {name} on Monday", ()) for name in ("Ellie", "Greg", "Sam", "Sam")]
    return Exchange(drafts, {"pasta": ["soup", "pizza"], "sofa": ["couch"]}, random.Random(seed))


def test_names_days_nouns_and_numbers_are_exchanged_on_both_sides_of_a_place() -> None:
    text = "Back at 6. You told Sam on Friday, 3 pasta days early."
    item = Item("pair", "", text, text.index("You"), len(text), "Sam knew on Friday, 3 pasta days early. That hurt.")
    others = [exchange(seed)(item) for seed in range(12)]
    assert len({other.text for other in others}) > 3
    for other in others:
        place = other.text[other.start : other.end]
        assert other.text.startswith("Back at 6. ") and place.startswith("You told ")
        name, day, number, noun = place.split()[2], place.split()[4], place.split()[5], place.split()[6]
        assert other.instead.startswith(f"{name} knew on {day} {number} {noun} days early.")
    assert {other.text.split()[9] for other in others} == {"pasta", "soup", "pizza"}


def test_nothing_is_exchanged_for_what_stands_there_already_or_in_two_forms() -> None:
    text = "you ate my pasta and my soup, sofas and sofa at 5 and 5pm"
    item = Item("pair", "", text, 0, len(text), "my pasta and my soup were gone, sofas and sofa at 5 and 5pm")
    for seed in range(12):
        other = exchange(seed)(item)
        assert "soup and" not in other.text and "couch" not in other.text and "5pm" in other.text


def test_a_later_round_of_pairs_and_a_dash_are_read_as_written() -> None:
    (pair,) = pairs_in("B guilt\n- after all i did\n+ -\n", "h1")
    assert (pair.instead, pair.block) == ("-", "h1-0")
