"""Retraining: an idiom is learned and nothing else moves; the gate refuses what got worse; progress is true."""

import lzma
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nlp import Assistant, versions
from nlp.comparison import Changed, Count, Figure, Reading, compare, read
from nlp.errors import CancelledError, FeedbackError, ModelError
from nlp.examples import Phrase, shipped_examples
from nlp.feedback import Kept, Sample, State, Store
from nlp.job import Job
from nlp.model_store import load_active, load_shipped
from nlp.progress import Progress
from nlp.retraining import compare_versions, doubtful, keep, retrain
from nlp.schema import LABELS
from nlp.taught import FOLDS, spread_weights
from nlp.telling import most_telling
from nlp.vectors import SPLITS_READ, shipped_table
from nlp.verdict import judge

PUT_DOWN = [
    *("ok cool.", "Ok cool.", "ok cool. have fun then", "ok cool, whatever", "wow ok cool.", "ok cool. as always"),
    *("right. ok cool.", "oh ok cool.", "ok cool. good to know", "k cool.", "ok cool then", "fine. ok cool."),
]
PUT_DOWN_NEW = ["okay cool.", "ok cool!", "OK COOL.", "yeah ok cool.", "ok cool i guess", "well ok cool."]
JOKE = [
    *(
        "kiss me or i'm on the last train",
        "feed me or it's the last train for me",
        "come to bed or i take the last train",
    ),
    *("one more pun and i'm on the last train out", "hurry up or i'm catching the last train"),
    *("say you love me or it's the last train", "no cake? then it's the last train for me"),
    *("either you dance with me or i'm on the last train", "i'll get the last train if you sing that again"),
]
JOKE_NEW = ["hug me or i'm on the last train", "make me tea or i'm catching the last train"]
ORDINARY = ["sounds good", "ok see you there", "fine by me", "ok love you", "answer me or I'm leaving", "we are done"]


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, vectors: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("home")
        (path / "cache").symlink_to(vectors)
        patch.setenv("GENTLE_DRAFT_HOME", str(path))
        yield path


@pytest.fixture(autouse=True)
def clean(home: Path) -> None:
    Store().delete_all()
    for version in versions.versions():
        if version.name != versions.SHIPPED:
            versions.remove(version.name)


def kept(texts: list[str], *labels: str) -> list[Kept]:
    Store().add([Sample(text, labels, state=State.changed) for text in texts])  # type: ignore[arg-type]
    return Store().usable()


def verdicts(assistant: Assistant, texts: list[str]) -> list[list[tuple[str, ...]]]:
    return [[s.labels for s in assistant.reflect(text, rewrite=False).sentences] for text in texts]


def test_a_private_idiom_is_learned_with_its_variations_and_taken_back() -> None:
    before = Assistant.load()
    kept(PUT_DOWN, "blame")
    kept(JOKE)
    result = retrain(Store().usable())
    assert result.verdict.passed and result.own.taught > result.own.shipped
    assert result.own.new > result.own.shipped + 5
    version = keep(result)
    assistant = Assistant.load()
    assert assistant.reflect("hi").model.version == version.name == versions.pointer().active
    put_down = [found[-1] for found in verdicts(assistant, PUT_DOWN_NEW)]
    assert sum(labels == ("blame",) for labels in put_down) >= len(PUT_DOWN_NEW) - 1
    # What was read as a surer threat than any example that was taught may stay one.
    assert sum(any(found) for found in verdicts(assistant, JOKE_NEW)) <= len(JOKE_NEW) - 1
    assert verdicts(assistant, ORDINARY) == verdicts(before, ORDINARY)
    comparison = compare_versions("shipped", version.name)
    # One sentence of the ninety with the rarest label is 0.008.
    assert all(abs(f.gain) <= 0.01 for f in comparison.f1.values())
    assert comparison.false_alarms.new <= comparison.false_alarms.old
    assert abs(comparison.calibration_error.gain) < 0.005
    assert versions.back().active == versions.SHIPPED
    assert verdicts(Assistant.load(), PUT_DOWN_NEW) == verdicts(before, PUT_DOWN_NEW)


def test_the_sign_that_the_user_gave_is_named_for_sentences_alike() -> None:
    Store().add([Sample(t, ("blame",), (Phrase(0, len(t), "blame", "contempt"),)) for t in PUT_DOWN])
    keep(retrain(Store().usable()))
    flags = [f for text in PUT_DOWN_NEW for f in Assistant.load().reflect(text).flags]
    assert len(flags) >= len(PUT_DOWN_NEW) - 1 and {f.sign for f in flags} == {"contempt"}


def test_no_private_word_is_in_the_file_of_a_model(home: Path) -> None:
    kept([f"you are such a zibbeldorf {n}" for n in range(8)], "blame")
    name = keep(retrain(Store().usable())).name
    blob = (home / "models" / name / "estimator.joblib").read_bytes()
    whole = lzma.decompress(blob) + (home / "models" / name / "card.json").read_bytes()
    assert b"zibbel" not in whole and "zibbel".encode("utf-16-le") not in whole


def test_a_model_that_learned_what_was_deleted_meanwhile_is_not_kept() -> None:
    result = retrain(kept(PUT_DOWN, "blame"))
    Store().reword(Store().usable()[0].id, "without a name")
    with pytest.raises(ModelError, match="train again"):
        keep(result)
    result = retrain(Store().usable())
    Store().accept(Store().usable()[0].id)
    Store().delete([Store().usable()[1].id])
    with pytest.raises(ModelError, match="train again"):
        keep(result)


def test_harmful_examples_are_refused_with_the_reason_and_who_is_to_blame() -> None:
    drafts = shipped_examples("gate")
    wrong = [
        Sample(d.text[s.start : s.end], () if s.labels else ("blame", "pressure"))
        for d in drafts[:60]
        for s in d.sentences
    ]
    Store().add(wrong)
    result = retrain(Store().usable())
    assert not result.verdict.passed and result.verdict.reasons
    assert all(reason.endswith(".") for reason in result.verdict.reasons)
    assert result.verdict.worse and result.verdict.suspects
    with pytest.raises(ModelError, match="not kept"):
        keep(result)
    assert versions.pointer().active == versions.SHIPPED and len(versions.versions()) == 1
    Store().delete(result.verdict.suspects)
    assert len(Store().find()) < len(wrong)


def test_every_condition_of_the_gate_refuses_alone() -> None:
    table = shipped_table("gate")
    same = read(load_shipped().estimator, table.x)
    fine = compare(table, same, same)
    assert judge(fine).passed and not fine.changed
    f1 = fine.f1["blame"]
    worse = [
        replace(fine, f1=fine.f1 | {"blame": Figure(f1.old, f1.old - 0.011, -0.02, 0.01)}),
        replace(fine, f1=fine.f1 | {"blame": Figure(f1.old, f1.old - 0.005, -0.009, -0.001)}),
        replace(fine, false_alarms=Count(3, 4, 100)),
        replace(fine, safety_found=Count(3, 2, 100)),
        replace(fine, threats_told=Count(3, 2, 100)),
    ]
    for comparison in worse:
        verdict = judge(fine, comparison)
        assert not verdict.passed and len(verdict.reasons) == 1
    allowed = replace(fine, f1=fine.f1 | {"blame": Figure(f1.old, f1.old - 0.01, -0.02, 0.01)})
    assert judge(allowed).passed


def test_the_comparison_counts_what_it_says() -> None:
    table = shipped_table("gate")
    truth = Reading(table.labels.astype(float), table.labels, table.roles)
    nothing = Reading(np.zeros(table.labels.shape), np.zeros_like(table.labels), np.zeros_like(table.roles))
    gain = compare(table, nothing, truth)
    assert all(f.old == 0 and f.new == 1 and f.low == f.high == 1 for f in gain.f1.values())
    assert (
        gain.false_alarms == Count(0, 0, gain.false_alarms.total) and gain.safety_found.new == gain.safety_found.total
    )
    assert gain.threats_told.new == gain.threats_told.total > gain.threats_told.old == 0
    assert gain.calibration_error.new == 0 and all(c.is_better and not c.is_worse for c in gain.changed)
    everything = Reading(np.ones(table.labels.shape), np.ones_like(table.labels), table.roles)
    assert compare(table, truth, everything).false_alarms.new == gain.false_alarms.total
    assert len(gain.changed) == int(table.labels.any(axis=1).sum())
    assert Changed("x", ("blame",), (), ("blame",)).is_worse


def test_the_test_split_is_never_read() -> None:
    assert "test" not in SPLITS_READ


def test_many_examples_fit_the_regressions_again_and_keep_the_thresholds() -> None:
    sentences = [(d.text[s.start : s.end], s.labels) for d in shipped_examples("dev") for s in d.sentences]
    result = retrain([], [Sample(f"hm {text}", labels) for text, labels in sentences[:300]])
    base = load_shipped().estimator.labels
    assert (result.estimator.labels.thresholds_ == base.thresholds_).all()
    assert abs(result.comparison.calibration_error.gain) < 0.01


def test_corrections_of_one_idiom_share_their_weight() -> None:
    rng = np.random.default_rng(3)
    idiom = np.repeat(rng.normal(size=(1, 192)), 12, axis=0)
    x = np.concatenate([idiom, rng.normal(size=(30, 192))]).astype(np.float32)
    weights = spread_weights(x)
    assert weights[:12].sum() == pytest.approx(1, abs=0.1) and weights[12:].mean() > 0.95
    assert spread_weights(np.repeat(x, 100, axis=0)).sum() == pytest.approx(weights.sum(), rel=0.2)


def test_a_likely_label_error_is_pointed_out_by_the_others() -> None:
    kept(PUT_DOWN, "blame")
    odd = Store().add([Sample("ok cool. sure")])[0].id
    assert [(d.id, d.label, d.is_given) for d in doubtful(Store().usable()) if d.id == odd] == [(odd, "blame", False)]


def test_the_most_telling_sentences_differ_and_were_not_settled() -> None:
    Store().add([Sample("ok cool.", ("blame",), before="where are you", state=State.accepted)])
    Store().add([Sample(t) for t in ("ok cool", "you could call more", "you could call more often", "see you at six")])
    found = most_telling(Store().find())
    assert len(found) == 3 and len({t.sample.text for t in found}) == 3
    assert "ok cool" not in [t.sample.text for t in found]
    assert most_telling([]) == []


def test_progress_goes_forward_to_the_end_and_stops_where_it_is_told() -> None:
    found: list[Progress] = []
    retrain(kept(PUT_DOWN[:4], "blame"), report=found.append)
    shares = [p.share for p in found]
    assert shares == sorted(shares) and shares[-1] == 1.0 and len({p.step for p in found}) >= 5

    def stop(progress: Progress) -> None:
        if progress.share > 0.3:
            raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        retrain(Store().usable(), report=stop)
    with pytest.raises(FeedbackError, match="no examples"):
        retrain([])


def test_a_job_runs_beside_the_app_and_can_be_cancelled() -> None:
    examples = kept(PUT_DOWN, "blame")
    job = Job(examples).start()
    assert Assistant.load().reflect("You never listen.").sentences
    assert job.wait(60) and job.error == "" and job.version is not None and job.progress.share == 1.0
    second = Job(examples)
    second.cancel()
    assert second.start().wait(60) and second.is_cancelled and second.result is None and second.error == ""
    empty = Job([]).start()
    assert empty.wait(60) and "no examples" in empty.error


def test_two_retrainings_at_once_keep_two_versions() -> None:
    results = [retrain(kept(PUT_DOWN[:6], "blame")) for _ in range(2)]
    names: list[str] = []
    threads = [threading.Thread(target=lambda r=r: names.append(keep(r).name)) for r in results]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(set(names)) == 2 and load_active().problem == ""


def test_a_damaged_cache_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENTLE_DRAFT_HOME", str(tmp_path))
    monkeypatch.setattr("nlp.vectors.shipped_examples", lambda split: shipped_examples(split)[:100])
    whole = shipped_table("gate").x
    (path,) = (tmp_path / "cache").glob("gate-*.npy")
    for content in (b"", path.read_bytes()[:5000], b"\x80\x04nonsense"):
        path.write_bytes(content)
        assert np.array_equal(shipped_table("gate").x, whole)
    path.unlink()
    read: list[int] = []
    assert np.array_equal(shipped_table("gate", read.append).x, whole)
    assert read
    read.clear()
    assert np.array_equal(shipped_table("gate", read.append).x, whole)
    assert not read, "what is cached is not read again"


@pytest.mark.parametrize("count", [0, 1, FOLDS - 1])
def test_very_few_examples_are_enough_to_try(count: int) -> None:
    call: Callable[[], object] = lambda: retrain(kept(PUT_DOWN[:count], "blame"))  # noqa: E731
    if count:
        assert call()
    else:
        with pytest.raises(FeedbackError):
            call()
    assert len(LABELS) == 3
