"""Measure a model on drafts of writers it has never seen, with bootstrap intervals over writers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .estimator import Bools, Doubles
from .examples import LabelledDraft, Split, shipped_examples
from .model_store import load, load_shipped
from .notes import is_sender_threat
from .pipeline import Assistant, sentences_of
from .schema import LABELS, Flag, Sentence

BINS = 10


@dataclass(frozen=True, slots=True)
class Read:
    """A labelled draft beside what the model found in it."""

    draft: LabelledDraft
    sentences: tuple[Sentence, ...]
    flags: tuple[Flag, ...]

    @property
    def is_safety(self) -> bool:
        """Tell whether the model noted safety."""
        return any("safety" in s.roles for s in self.sentences)


def read_all(assistant: Assistant, drafts: Sequence[LabelledDraft]) -> list[Read]:
    """Return each draft beside the model's reading of it."""
    found = []
    for draft in drafts:
        doc = assistant.read(draft.text)
        found.append(Read(draft, sentences_of(doc), tuple(doc._.found)))
    return found


def figures(reads: Sequence[Read]) -> dict[str, float]:
    """Return the published figures; a share of nothing is NaN."""
    truth, said, scores = _arrays(reads)
    clear = [r for r in reads if r.draft.is_clear]
    of_kind = {k: [r for r in reads if r.draft.kind == k] for k in ("plain", "near-miss", "safety", "safety-lookalike")}
    per_label = {label: _f1(truth[:, i], said[:, i]) for i, label in enumerate(LABELS)}
    return {
        "macro F1": float(np.mean(list(per_label.values()))),
        **{f"F1 {label}": value for label, value in per_label.items()},
        **{f"precision {label}": _share(truth[said[:, i], i]) for i, label in enumerate(LABELS)},
        **{f"recall {label}": _share(said[truth[:, i], i]) for i, label in enumerate(LABELS)},
        "clear sentences flagged": _share([bool(row.any()) for row in said[~truth.any(axis=1)]]),
        "clear drafts flagged": _share([bool(r.flags) for r in clear]),
        "plain messages flagged": _share([bool(r.flags) for r in of_kind["plain"] if r.draft.is_clear]),
        "near misses flagged": _share([bool(r.flags) for r in of_kind["near-miss"] if r.draft.is_clear]),
        "flagged characters F1": _character_f1(reads),
        "safety drafts found": _share([r.is_safety for r in of_kind["safety"] if _tells_of_safety(r.draft)]),
        "look-alikes noted": _share(
            [r.is_safety for r in of_kind["safety-lookalike"] if not _tells_of_safety(r.draft)]
        ),
        "sender threats told apart": _share(_sender_right(reads)),
        "calibration error": float(np.mean([_ece(scores[:, i], truth[:, i]) for i in range(len(LABELS))])),
        "main sign right": _share(_signs_right(reads)),
    }


def evaluate_model(split: str, resamples: int = 1000, folder: Path | None = None, seed: int = 20) -> dict[str, Any]:
    """Return the figures of a model on a split, each with a 95 % bootstrap interval over writers."""
    assistant = Assistant(load(folder) if folder else load_shipped())
    drafts = shipped_examples(_split(split))
    reads = read_all(assistant, drafts)
    return {
        "model": assistant.model.card.version,
        "split": split,
        "writers": len({d.writer for d in drafts}),
        "drafts": len(drafts),
        "sentences": sum(len(d.sentences) for d in drafts),
        "figures": {
            name: {"value": v, "low": lo, "high": hi}
            for name, (v, lo, hi) in intervals(reads, figures, resamples, seed).items()
        },
    }


def intervals(
    reads: Sequence[Read], measure: Callable[[Sequence[Read]], dict[str, float]], resamples: int, seed: int
) -> dict[str, tuple[float, float, float]]:
    """Return (value, low, high) of each figure: 95 % of bootstrap resamples of writers (Efron 1979)."""
    whole = measure(reads)
    by_writer: dict[str, list[Read]] = {}
    for read in reads:
        by_writer.setdefault(read.draft.writer, []).append(read)
    groups, rng = list(by_writer.values()), np.random.default_rng(seed)
    drawn = [
        measure([r for g in rng.integers(0, len(groups), len(groups)) for r in groups[g]]) for _ in range(resamples)
    ]
    found = {}
    for name, value in whole.items():
        values = [d[name] for d in drawn if not np.isnan(d[name])]
        low, high = np.quantile(values, [0.025, 0.975]) if values else (np.nan, np.nan)
        found[name] = (value, float(low), float(high))
    return found


def table_text(result: dict[str, Any]) -> str:
    """Return the figures as a table for a terminal."""
    head = (
        f"model {result['model']} on {result['split']}: {result['drafts']} drafts, {result['sentences']} sentences, "
        f"{result['writers']} writers\n\n{'figure':28} value   95 % interval"
    )
    rows = [f"{name:28} {f['value']:.3f}   {f['low']:.3f}–{f['high']:.3f}" for name, f in result["figures"].items()]
    return "\n".join([head, *rows])


def reliability(scores: Doubles, truth: Bools, bins: int = BINS) -> list[tuple[float, float, int]]:
    """Return (mean score, share true, count) of each equal-width bin that holds anything."""
    place = np.minimum((scores * bins).astype(int), bins - 1)
    return [
        (float(scores[place == b].mean()), float(truth[place == b].mean()), int((place == b).sum()))
        for b in range(bins)
        if (place == b).any()
    ]


def _arrays(reads: Sequence[Read]) -> tuple[Bools, Bools, Doubles]:
    """Return truth, verdicts and scores: (sentences, 3) each."""
    truth = np.array([[lb in s.labels for lb in LABELS] for r in reads for s in r.draft.sentences], dtype=bool)
    said = np.array([[lb in s.labels for lb in LABELS] for r in reads for s in r.sentences], dtype=bool)
    scores = np.array([[s.scores[lb] for lb in LABELS] for r in reads for s in r.sentences], dtype=np.float64)
    return truth.reshape(-1, len(LABELS)), said.reshape(-1, len(LABELS)), scores.reshape(-1, len(LABELS))


def _f1(truth: Bools, said: Bools) -> float:
    hits = float((truth & said).sum())
    total = float(truth.sum() + said.sum())
    return 2 * hits / total if total else float("nan")


def _share(values: Sequence[bool] | Bools) -> float:
    return float(np.mean(values)) if len(values) else float("nan")


def _ece(scores: Doubles, truth: Bools) -> float:
    """Return the expected calibration error over equal-width bins (Naeini et al. 2015)."""
    return sum(abs(mean - share) * count for mean, share, count in reliability(scores, truth)) / max(1, len(scores))


def _characters(text: str, places: Sequence[tuple[int, int, str]]) -> npt.NDArray[np.bool_]:
    covered = np.zeros((len(LABELS), len(text)), dtype=bool)
    for start, end, label in places:
        covered[LABELS.index(label), start:end] = True
    return covered


def _character_f1(reads: Sequence[Read]) -> float:
    hits = total = 0
    for read in reads:
        phrases = [p for s in read.draft.sentences for p in s.phrases]
        truth = _characters(read.draft.text, [(p.start, p.end, p.label) for p in phrases])
        said = _characters(read.draft.text, [(f.start, f.end, f.label) for f in read.flags])
        hits += int((truth & said).sum())
        total += int(truth.sum() + said.sum())
    return 2 * hits / total if total else float("nan")


def _tells_of_safety(draft: LabelledDraft) -> bool:
    return any("safety" in s.roles for s in draft.sentences)


def _sender_right(reads: Sequence[Read]) -> list[bool]:
    """Tell for each safety draft found whether it was told apart who threatens."""
    right = []
    for read in reads:
        if read.is_safety and _tells_of_safety(read.draft):
            truth = any("safety" in s.roles and {"pressure", "ultimatum"} & set(s.labels) for s in read.draft.sentences)
            right.append(truth == any(map(is_sender_threat, read.sentences)))
    return right


def _signs_right(reads: Sequence[Read]) -> list[bool]:
    """Tell for each label rightly found in a sentence whether its sign is one the readers gave."""
    right = []
    for read in reads:
        for sentence, found in zip(read.draft.sentences, read.sentences, strict=True):
            for label in set(sentence.labels) & set(found.labels):
                truth = {p.sign for p in sentence.phrases if p.label == label}
                said = [f.sign for f in read.flags if f.label == label and found.start <= f.start < found.end]
                right.append(bool(said) and said[0] in truth)
    return right


def _split(name: str) -> Split:
    from .errors import GentleDraftError
    from .examples import SPLITS

    for split in SPLITS:
        if split == name:
            return split
    raise GentleDraftError(f"{name!r} is no split; choose one of {', '.join(SPLITS)}.")
