"""Make the decoder: it learns from pairs to reword a place in its draft, and from readers' scores what that is worth.

Usage: python -m nlp.making.places FOLDER             (FOLDER holds what `nlp.making.layout` and `.encoder` left)
       python nlp/making/decoder.py FOLDER --reader FOLDER/student-N.pt
       python -m nlp.making.export_decoder FOLDER FOLDER/writer.pt OUT

As a script it needs PyTorch and NumPy only. Whole network and encoder are tuned together: an encoder that was tuned to
decide forgets which word is which, and a decoder over it mixes them up. In the second half the weights are read in the 4
bits in which they are shipped.
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

sys.path.insert(0, str(Path(__file__).parent))
from writer import LEFT_OUT, PlaceWriter, Rounded, followed, rounded, start_of

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
VARIANTS, WARM_UP, AVERAGE_DECAY = 4, 100, 0.995
#: How often an epoch reads each kind of text: the plain references, which keep to the sender's own words in whole drafts, twice;
#: the first ones are freer.
SHARES = {
    "reference": 0.3,
    "plain-reference": 2.0,
    "pair": 1.0,
    "phrasebook": 0.04,
    "mended": 0.01,
}
#: So many of the pieces written before are read as others, so that it looks at the place rather than at what it wrote; what
#: copying looks at stays true, as it is when it writes.
NOISE = 0.05
SMOOTH = 0.05
#: How much what readers gave counts beside what they wrote.
SCORED = 0.6


class Places:
    """Drafts with a marked place, and what stands there instead."""

    def __init__(self, arrays: dict[str, np.ndarray], name: str, cls: int, sep: int) -> None:
        self.ids, self.lengths = _table(arrays, name, "ids")
        self.mark, _ = _table(arrays, name, "mark", like="ids")
        instead, self.written = _table(arrays, name, "instead")
        room = torch.zeros(len(instead), 1, dtype=instead.dtype)
        self.before = torch.cat([room + cls, instead], 1)
        self.after = torch.cat([instead, room], 1)
        self.after[torch.arange(len(instead)), torch.tensor(self.written)] = sep
        self.order = torch.tensor(arrays[f"{name}.order"].astype(np.int64))
        self.kind, self.kinds = arrays[f"{name}.kind"], arrays["kinds"].tolist()
        self.points = torch.tensor(arrays[f"{name}.points"].astype(np.float32))

    def batches(self, tokens: int, rng: random.Random, shares: dict[str, float] | None = None) -> list[np.ndarray]:
        """Return places in shuffled batches of about `tokens` pieces and of like length, of each kind its share."""
        keep = [shares[self.kinds[kind]] if shares else 1.0 for kind in self.kind]
        rows = [n for n, share in enumerate(keep) for _ in range(int(share + rng.random()))]
        rng.shuffle(rows)
        rows.sort(key=lambda n: (self.lengths[n] // 12, self.written[n] // 12))
        found: list[list[int]] = [[]]
        longest = 0
        for row in rows:
            longest = max(longest, self.lengths[row] + self.written[row] + 1)
            if found[-1] and longest * (len(found[-1]) + 1) > tokens:
                found.append([])
                longest = self.lengths[row] + self.written[row] + 1
            found[-1].append(row)
        rng.shuffle(found)
        return [np.array(rows) for rows in found if rows]

    def points_told(self, model: PlaceWriter, rows: np.ndarray) -> Tensor:
        """Return what the model expects of readers for each place, before the sigmoid (rows, points)."""
        ids, mark, before, _, mask, real = self._tables(rows)
        with torch.autocast(DEVICE, dtype=torch.bfloat16):
            states = model.states(before, self.order[rows].to(DEVICE), model.read(ids, mark, mask), mask)
        last = states.float()[torch.arange(len(rows), device=DEVICE), real.sum(1) - 1]
        return model.points(model.drop(last))

    def losses(self, model: PlaceWriter, rows: np.ndarray) -> tuple[Tensor, Tensor, Tensor]:
        """Return the loss of each place, its number of pieces, and how far the vocabulary is from even."""
        ids, mark, before, after, mask, real = self._tables(rows)
        with torch.autocast(DEVICE, dtype=torch.bfloat16):
            memory = model.read(ids, mark, mask)
            states = model.states(_noised(before, model), self.order[rows].to(DEVICE), memory, mask)
            said, copied = model.chances(states, memory, mask, followed(ids, before, mark))
        known = model.of_piece[after]
        by_word = said.gather(-1, known.clamp(min=0)[..., None])[..., 0].masked_fill(known < 0, -1e9)
        same = (ids[:, None, :] == after[:, :, None]) & mask[:, None, :]
        by_copy = copied.masked_fill(~same, -1e9).logsumexp(-1)
        real &= (known >= 0) | same.any(-1)
        loss = -(torch.logaddexp(by_word, by_copy) * real).sum(1)
        return loss, real.sum(1), (-said.mean(-1) * real).sum() / real.sum()

    def _tables(self, rows: np.ndarray) -> tuple[Tensor, ...]:
        """Return pieces, mark, what is written before and after each step, and which of the pieces and steps are real."""
        wide, long = int(self.lengths[rows].max()), int(self.written[rows].max()) + 1
        ids, mark = (table[rows, :wide].long().to(DEVICE) for table in (self.ids, self.mark))
        before, after = (table[rows, :long].long().to(DEVICE) for table in (self.before, self.after))
        mask = torch.arange(wide, device=DEVICE) < torch.tensor(self.lengths[rows], device=DEVICE)[:, None]
        real = torch.arange(long, device=DEVICE) <= torch.tensor(self.written[rows], device=DEVICE)[:, None]
        return ids, mark, before, after, mask, real


def _noised(before: Tensor, model: PlaceWriter) -> Tensor:
    """Return the pieces written before with some of them exchanged by chance, while the model learns."""
    if not model.training:
        return before
    chance = torch.rand(before.shape, device=before.device) < NOISE
    chance[:, 0] = False
    others = torch.randint(model.vocabulary.numel(), before.shape, device=before.device)
    return torch.where(chance, model.vocabulary[others], before)


def _table(arrays: dict[str, np.ndarray], name: str, of: str, like: str | None = None) -> tuple[Tensor, np.ndarray]:
    """Return rows of like width from flat numbers, and their lengths."""
    offsets = arrays[f"{name}.{like or of}.off"].astype(int)
    lengths = np.diff(offsets)
    table = np.zeros((len(lengths), int(lengths.max())), np.int32)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    table[rows, np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)] = arrays[f"{name}.{of}"]
    return torch.tensor(table), lengths


@torch.no_grad()
def figures(model: PlaceWriter, held: Places) -> dict[str, float]:
    """Return the loss of a piece, in nats, by kind, on what is held out."""
    model.eval()
    loss, count = np.zeros(len(held.kinds)), np.zeros(len(held.kinds))
    for rows in held.batches(8000, random.Random(0)):
        losses, pieces, _ = held.losses(model, rows)
        np.add.at(loss, held.kind[rows], losses.cpu().numpy())
        np.add.at(count, held.kind[rows], pieces.cpu().numpy())
    model.train()
    return {kind: round(float(a / b), 3) for kind, a, b in zip(held.kinds, loss, count, strict=True) if b}


@torch.no_grad()
def points_agree(model: PlaceWriter, judged: Places) -> float:
    """Return the correlation of the mean point expected with the mean point given, on what is held out."""
    model.eval()
    told = np.zeros(len(judged.points))
    for rows in judged.batches(8000, random.Random(0)):
        told[rows] = judged.points_told(model, rows).sigmoid().mean(1).cpu().numpy()
    model.train()
    return round(float(np.corrcoef(told, judged.points.mean(1).numpy())[0, 1]), 3)


def _loss(model: PlaceWriter, places: Places, rows: np.ndarray) -> Tensor:
    if places.points.shape[1]:
        given = places.points[rows].to(DEVICE)
        return SCORED * nn.functional.binary_cross_entropy_with_logits(places.points_told(model, rows), given)
    losses, pieces, even = places.losses(model, rows)
    return losses.sum() / pieces.sum() + SMOOTH * even


def train(model: PlaceWriter, arrays: dict[str, np.ndarray], args: argparse.Namespace) -> None:
    """Tune the writer; what it is left with is the moving average of the last steps."""
    rng = random.Random(args.seed)
    cls, sep = (int(n) for n in arrays["special"])
    splits = [Places(arrays, f"train{variant}", cls, sep) for variant in range(VARIANTS)]
    held, judged, judged_held = (Places(arrays, name, cls, sep) for name in ("held", "judged", "judged-held"))
    named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    own, rates = [p for _, p in named], [args.lr * (0.6 if n.startswith("reader.") else 1) for n, _ in named]
    groups = [{"params": [p], "lr": rate} for p, rate in zip(own, rates, strict=True)]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.02, betas=(0.9, 0.98))
    averaged, step = [p.detach().clone() for p in own], 0
    in_epoch = len(splits[0].batches(args.tokens, rng, SHARES)) + len(judged.batches(args.tokens, rng))
    steps = args.epochs * in_epoch
    for epoch in range(args.epochs):
        began, split = time.monotonic(), splits[epoch % VARIANTS]
        some = [(split, rows) for rows in split.batches(args.tokens, rng, SHARES)]
        some += [(judged, rows) for rows in judged.batches(args.tokens, rng)]
        rng.shuffle(some)
        for of, rows in some:
            step += 1
            Rounded.rounds = step > steps / 2
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(step / WARM_UP, max(0.02, 1.02 - step / steps))
            loss = _loss(model, of, rows)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(own, 1.0)
            optimizer.step()
            with torch.no_grad():
                torch._foreach_lerp_(averaged, own, 1 - min(AVERAGE_DECAY, step / (step + 10)))
        kept = [p.detach().clone() for p in own]
        with torch.no_grad():
            torch._foreach_copy_(own, averaged)
            row = {"epoch": epoch + 1, "held": figures(model, held), "points": points_agree(model, judged_held)}
            print(json.dumps(row | {"seconds": round(time.monotonic() - began)}), flush=True)
            if epoch + 1 < args.epochs:
                torch._foreach_copy_(own, kept)


def main() -> None:
    """Run the making from the command line."""
    parser = argparse.ArgumentParser(description="Tune the writer.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reader", type=Path, required=True, help="the tuned reader that its encoder starts from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--lr", type=float, default=4e-4)
    parser.add_argument("--tokens", type=int, default=5000, help="word pieces in a batch")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    arrays, start = dict(np.load(args.folder / "places.npz")), dict(np.load(args.folder / "start.npz"))
    reader = start_of(start, torch.load(args.reader, weights_only=True))
    model = PlaceWriter(reader, torch.tensor(arrays["vocabulary"].astype(np.int64)), dropout=0.15)
    rounded(model).to(DEVICE)
    train(model, arrays, args)
    state = {name: value.half().cpu() for name, value in model.state_dict().items() if name not in LEFT_OUT}
    torch.save(state | {"vocabulary": torch.tensor(arrays["vocabulary"].astype(np.int64))}, args.folder / "writer.pt")


if __name__ == "__main__":
    main()
