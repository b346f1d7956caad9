"""Make the encoder: tune teachers on the train split, then one student on what they say of many more texts.

Usage: python -m nlp.making.layout BASE FOLDER        (needs `pip install .[make-models]`)
       python nlp/making/encoder.py teacher FOLDER --seed N …     for each of some seeds
       python nlp/making/encoder.py student FOLDER --seed N --epochs 14 --lr 2e-4 --tokens 3200
       python -m nlp.making.export FOLDER FOLDER/student-N.pt OUT

A teacher reads whole drafts in one pass; its heads learn labels, signs and roles of each sentence, the tokens of each
label's phrases, and the draft's distress. The student learns from the teachers' mean (Hinton et al. 2015) on the train
split and on texts that nobody labelled: one network that reads as well as eight. As a script it needs PyTorch and NumPy
only, so that a training can run on any machine. Only the body and the phrase head are shipped: the decision is the
scikit-learn estimator's.
"""

import argparse
import json
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).parent))
from reader import DraftReader, pool

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
VARIANTS, LABELS, BUCKET = 4, 3, 16
DISTRESS_WEIGHT, SITUATION_WEIGHT, SITUATION_SHARE, SITUATIONS_AT_ONCE = 0.2, 0.4, 0.25, 16
WORD_DROPOUT, WARM_UP = 0.05, 150
#: How much of a student's loss on labelled drafts is its teachers'.
TRUST = 0.7
#: What is shipped is a moving average over the last steps, roughly as many as this leaves.
AVERAGE_DECAY = 0.995
Arrays = dict[str, np.ndarray]
Soft = dict[str, tuple[Tensor, Tensor]]


class Split:
    """The windows of a split on the device, with the targets of its sentences and tokens where it is labelled."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        offsets = arrays[f"{name}.off"].astype(int)
        self.lengths = np.diff(offsets)
        self.ids = self._table(arrays[f"{name}.ids"].astype(np.int32), offsets)
        self.spans = torch.tensor(arrays[f"{name}.spans"].astype(np.int64)).to(DEVICE)
        self.first = np.searchsorted(arrays[f"{name}.spans"][:, 0], np.arange(len(self.lengths) + 1))
        self.owned = self._table(arrays[f"{name}.owned"], offsets)
        targets = arrays[f"{name}.targets"]
        self.targets = torch.tensor(targets.astype(np.float32)).to(DEVICE) if targets.size else None
        bits = self._table(arrays[f"{name}.phrases"], offsets)[..., None]
        self.phrases = ((bits & torch.tensor([1, 2, 4], device=DEVICE)) > 0).float()
        self.distress = torch.tensor(arrays[f"{name}.distress"].astype(np.float32)).to(DEVICE)
        #: What teachers say: chances of each target (sentences, targets), and of each label (windows, tokens, 3).
        self.soft: tuple[Tensor, Tensor] | None = None

    def _table(self, flat: np.ndarray, offsets: np.ndarray) -> Tensor:
        table = np.zeros((len(self.lengths), int(self.lengths.max())), flat.dtype)
        rows = np.repeat(np.arange(len(self.lengths)), self.lengths)
        table[rows, np.arange(offsets[-1]) - np.repeat(offsets[:-1], self.lengths)] = flat
        return torch.tensor(table).to(DEVICE)

    def batches(self, tokens: int, rng: random.Random) -> list[np.ndarray]:
        """Return the windows in shuffled batches of about `tokens` tokens and of like length."""
        by_width: dict[int, list[int]] = {}
        for number, length in enumerate(self.lengths):
            by_width.setdefault(-(-int(length) // BUCKET) * BUCKET, []).append(number)
        found: list[np.ndarray] = []
        for width, rows in by_width.items():
            rng.shuffle(rows)
            size = max(1, tokens // width)
            found += [np.array(rows[at : at + size]) for at in range(0, len(rows), size)]
        rng.shuffle(found)
        return found

    def read(self, model: DraftReader, rows: np.ndarray, dropout: float, mask_id: int) -> tuple[Tensor, ...]:
        """Return the windows, hidden states, mask, numbers of the sentences, and their pooled states."""
        windows = torch.tensor(rows, device=DEVICE)
        width = int(self.lengths[rows].max())
        ids = self.ids[windows, :width].long()
        mask = torch.arange(width, device=DEVICE) < torch.tensor(self.lengths[rows], device=DEVICE)[:, None]
        if dropout:
            ids = torch.where((torch.rand(ids.shape, device=DEVICE) < dropout) & (ids > mask_id), mask_id, ids)
        with torch.autocast(DEVICE, dtype=torch.bfloat16):
            hidden = model.body(ids, mask)
        counts = self.first[rows + 1] - self.first[rows]
        sentences = np.concatenate([np.arange(self.first[r], self.first[r + 1]) for r in rows])
        spans = self.spans[torch.tensor(sentences, device=DEVICE)]
        place = torch.tensor(np.repeat(np.arange(len(rows)), counts), device=DEVICE)
        states = hidden.float()
        pooled = pool(states, place, spans[:, 1], spans[:, 2])
        return windows, states, mask, torch.tensor(sentences, device=DEVICE), pooled


def loss_of(model: DraftReader, split: Split, rows: np.ndarray, weights: Tensor, mask_id: int) -> Tensor:
    """Return the weighted multi-task loss of a batch."""
    windows, hidden, mask, sentences, pooled = split.read(model, rows, WORD_DROPOUT, mask_id)
    scores, phrases = model.sentence(model.drop(pooled)), model.phrases(hidden)
    owned = split.owned[windows, : mask.shape[1]].float()
    bce = functional.binary_cross_entropy_with_logits

    def both(targets: Tensor, tokens: Tensor) -> Tensor:
        of_tokens = (bce(phrases, tokens, reduction="none").sum(-1) * owned).sum() / owned.sum()
        return (bce(scores, targets, reduction="none") * weights).sum() / len(sentences) + of_tokens

    soft = both(split.soft[0][sentences], split.soft[1][windows, : mask.shape[1]]) if split.soft else None
    if split.targets is None and soft is not None:
        return soft
    numbers = torch.arange(len(rows), device=DEVICE)
    drafts = pool(hidden, numbers, torch.zeros_like(numbers), mask.sum(1))
    hard = both(split.targets[sentences], split.phrases[windows, : mask.shape[1]])
    hard = hard + DISTRESS_WEIGHT * bce(model.distress(drafts)[:, 0], split.distress[windows])
    return hard if soft is None else TRUST * soft + (1 - TRUST) * hard


def situation_loss(model: DraftReader, arrays: Arrays, rng: random.Random) -> Tensor:
    """Return the loss of naming the situation of sentences: it keeps the vectors able to tell topics apart."""
    offsets = arrays["about.off"]
    chosen = rng.sample(range(len(offsets) - 1), SITUATIONS_AT_ONCE)
    rows = [torch.tensor(arrays["about.ids"][offsets[n] : offsets[n + 1]].astype(np.int64)) for n in chosen]
    ids = nn.utils.rnn.pad_sequence(rows, batch_first=True).to(DEVICE)
    ends = torch.tensor([len(row) for row in rows], device=DEVICE)
    with torch.autocast(DEVICE, dtype=torch.bfloat16):
        hidden = model.body(ids, torch.arange(ids.shape[1], device=DEVICE) < ends[:, None])
    numbers = torch.arange(len(rows), device=DEVICE)
    pooled = pool(hidden.float(), numbers, torch.ones_like(numbers), ends)
    return functional.cross_entropy(
        model.situation(model.drop(pooled)), torch.tensor(arrays["about.y"][chosen]).to(DEVICE)
    )


@torch.no_grad()
def read_all(model: DraftReader, split: Split) -> tuple[Tensor, Tensor]:
    """Return the scores of all sentences (sentences, targets) and tokens (windows, tokens, 3) before the sigmoid."""
    model.eval()
    scores = torch.zeros(len(split.spans), model.sentence.out_features, device=DEVICE)
    tokens = torch.zeros(*split.ids.shape, LABELS, device=DEVICE)
    for rows in split.batches(8000, random.Random(0)):
        windows, hidden, mask, sentences, pooled = split.read(model, rows, 0.0, 0)
        scores[sentences] = model.sentence(pooled)
        tokens[windows, : mask.shape[1]] = model.phrases(hidden)
    model.train()
    return scores, tokens


def figures(scores: Tensor, split: Split) -> list[float]:
    """Return each label's F1 at its best threshold: a guide while training, not a figure to publish."""
    found = []
    for column in range(LABELS):
        truth = split.targets[:, column].cpu().numpy() > 0
        chances = torch.sigmoid(scores[:, column]).cpu().numpy()
        told = [chances >= t for t in np.linspace(0.05, 0.95, 46)]
        found.append(max(2 * (truth & t).sum() / max(1, truth.sum() + t.sum()) for t in told))
    return [round(float(f1), 3) for f1 in found]


def train(arrays: Arrays, start: Arrays, soft: Soft | None, args: argparse.Namespace) -> DraftReader:
    """Tune a reader on the train split, and where there are teachers on what they say."""
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    targets = arrays["dev.targets"].shape[1]
    model = DraftReader(start, targets, int(arrays["situations"])).to(DEVICE)
    if args.state:
        model.load_state_dict(torch.load(args.state, weights_only=True), strict=False)
    splits = [Split(arrays, f"train{variant}") for variant in range(VARIANTS)]
    dev, more = Split(arrays, "dev"), [Split(arrays, "mixed")]
    if soft is not None:
        more.append(Split(arrays, "free"))
        for name, split in [*((f"train{n}", s) for n, s in enumerate(splits)), ("free", more[-1])]:
            split.soft = soft[name]
    heads = ("phrases", "sentence", "distress", "situation")
    own = {name: p for name, p in model.named_parameters() if p.requires_grad}
    rates = [args.lr * (10 if name.startswith(heads) else 1) for name in own]
    optimizer = torch.optim.AdamW(
        [{"params": [p], "lr": rate} for p, rate in zip(own.values(), rates, strict=True)], weight_decay=0.01
    )
    weights, mask_id = torch.tensor(arrays["weights"], device=DEVICE), int(arrays["mask_id"])
    averaged = [p.detach().clone() for p in own.values()]
    steps = args.epochs * sum(len(split.batches(args.tokens, rng)) for split in (splits[0], *more))
    step = 0
    for epoch in range(args.epochs):
        began, seen = time.monotonic(), (splits[epoch % VARIANTS], *more)
        todo = [(split, rows) for split in seen for rows in split.batches(args.tokens, rng)]
        rng.shuffle(todo)
        for split, rows in todo:
            step += 1
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(step / WARM_UP, max(0.02, 1.03 - step / steps))
            loss = loss_of(model, split, rows, weights, mask_id)
            if rng.random() < SITUATION_SHARE:
                loss = loss + SITUATION_WEIGHT * situation_loss(model, arrays, rng)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(own.values(), 1.0)
            optimizer.step()
            with torch.no_grad():
                torch._foreach_lerp_(averaged, list(own.values()), 1 - min(AVERAGE_DECAY, step / (step + 9)))
        kept = [p.detach().clone() for p in own.values()]
        with torch.no_grad():
            torch._foreach_copy_(list(own.values()), averaged)
            row = {"epoch": epoch + 1, "dev_f1": figures(read_all(model, dev)[0], dev)}
            print(json.dumps(row | {"seconds": round(time.monotonic() - began)}), flush=True)
            if epoch + 1 < args.epochs:
                torch._foreach_copy_(list(own.values()), kept)
    return model


def taught(folder: Path) -> Soft:
    """Return the mean of what the teachers of a folder say."""
    files = sorted(folder.glob("soft-*.pt"))
    found: Soft = {}
    for file in files:
        for name, (scores, tokens) in torch.load(file, weights_only=True).items():
            share = [torch.sigmoid(x.to(DEVICE).float()) / len(files) for x in (scores, tokens)]
            before = found.get(name)
            found[name] = (before[0] + share[0], before[1] + share[1]) if before else (share[0], share[1])
    return found


def main() -> None:
    """Run the making from the command line."""
    parser = argparse.ArgumentParser(description="Tune a teacher or a student.")
    parser.add_argument("part", choices=("teacher", "student"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=Path, help="a reader to go on from")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--tokens", type=int, default=1600, help="tokens in a batch")
    args = parser.parse_args()
    arrays, start = dict(np.load(args.folder / "drafts.npz")), dict(np.load(args.folder / "start.npz"))
    soft = taught(args.folder) if args.part == "student" else None
    model = train(arrays, start, soft, args)
    state = {name: value.half().cpu() for name, value in model.state_dict().items() if name != "words.weight"}
    torch.save(state, args.folder / f"{args.part}-{args.seed}.pt")
    if args.part == "teacher":
        names = [*(f"train{variant}" for variant in range(VARIANTS)), "free"]
        said = {name: read_all(model, Split(arrays, name)) for name in names}
        halved = {name: (scores.half().cpu(), tokens.half().cpu()) for name, (scores, tokens) in said.items()}
        torch.save(halved, args.folder / f"soft-{args.seed}.pt")


if __name__ == "__main__":
    main()
