"""Make the encoder: fine-tune MiniLM on the train split, export it as ONNX, quantise it to int8.

Usage: python -m nlp.making.encoder BASE OUT [--epochs N] [--seeds N N] [--frozen] …   (needs `pip install .[make-models]`)

BASE is a folder with the published weights of all-MiniLM-L6-v2 and its tokenizer. The model reads a whole draft in
one pass; its heads learn labels, signs and roles of each sentence, the tokens of each label's phrases, and the draft's
distress. One branch is fine-tuned for each seed; branches stand side by side over the same word embeddings, and OUT keeps
each as it is done, so that a making that was stopped goes on. Only the bodies and the phrase heads are shipped: the
decision is the scikit-learn estimator's.
"""

import argparse
import json
import math
import random
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sklearn.metrics import f1_score
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from transformers import BertModel

from ..examples import LabelledDraft, shipped_examples
from ..knowledge import signs
from ..schema import LABELS, ROLES
from ..windows import Window, tokenize, windows
from ..wording import situations

SIGNS = tuple(signs())
SITUATIONS = tuple(situations())
TARGETS = len(LABELS) + len(ROLES) + len(SIGNS)
# A danger missed is as bad as a label missed.
LOSS_WEIGHTS = np.array(
    [1.0] * len(LABELS) + [1.0 if role == "safety" else 0.3 for role in ROLES] + [0.3] * len(SIGNS), dtype=np.float32
)
PHRASE_WEIGHT, DISTRESS_WEIGHT, SITUATION_WEIGHT = 1.0, 0.2, 0.4
#: Share of steps that also learn situations.
SITUATION_SHARE = 0.25
#: The weights that are shipped are a moving average over this share of the steps, roughly.
AVERAGE_DECAY = 0.995
BUCKET = 16
WORDS = "body.embeddings.word_embeddings.weight"


class DraftReader(nn.Module):
    """The transformer body with a head for phrases (per token), sentences, and drafts."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        # Without dropout on the attention, PyTorch takes its quick kernel on a CPU.
        self.body = BertModel.from_pretrained(
            base, add_pooling_layer=False, attn_implementation="sdpa", attention_probs_dropout_prob=0.0
        )
        width = self.body.config.hidden_size
        self.phrases = nn.Linear(width, len(LABELS))
        self.sentence = nn.Sequential(nn.Dropout(0.1), nn.Linear(2 * width, TARGETS))
        self.distress = nn.Linear(2 * width, 1)
        self.situation = nn.Sequential(nn.Dropout(0.1), nn.Linear(2 * width, len(SITUATIONS)))

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return hidden states (batch, tokens, width) and phrase scores before the sigmoid (batch, tokens, 3)."""
        hidden = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return hidden, self.phrases(hidden)


def pool(hidden: Tensor, spans: Sequence[tuple[int, int, int]]) -> Tensor:
    """Return mean and max over the tokens of each (row, begin, end): (spans, 2 * width)."""
    return torch.stack([torch.cat([hidden[r, a:b].mean(0), hidden[r, a:b].max(0).values]) for r, a, b in spans])


class Item:
    """One window of one draft with its targets."""

    def __init__(self, draft: LabelledDraft, window: Window) -> None:
        self.ids = window.ids
        self.spans = [(b, b + len(p.ids) + 1) for p, b in zip(window.pieces, window.begins, strict=True)]
        self.targets = np.zeros((len(self.spans), TARGETS), dtype=np.float32)
        self.tokens = np.zeros((len(window.ids), len(LABELS)), dtype=np.float32)
        self.owned = np.zeros(len(window.ids), dtype=np.float32)
        self.distress = float(draft.distress)
        for row, (piece, begin) in enumerate(zip(window.pieces, window.begins, strict=True)):
            sentence = draft.sentences[piece.sentence]
            carried = {*sentence.labels, *sentence.roles, *(p.sign for p in sentence.phrases)}
            self.targets[row] = [name in carried for name in (*LABELS, *ROLES, *SIGNS)]
            self.owned[begin : begin + len(piece.ids)] = 1
            for place, (start, end) in enumerate(piece.offsets, begin):
                for phrase in sentence.phrases:
                    if start < phrase.end and end > phrase.start:
                        self.tokens[place, LABELS.index(phrase.label)] = 1


def items(tokenizer: Tokenizer, draft: LabelledDraft) -> list[Item]:
    """Return the windows of a draft with their targets."""
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    return [Item(draft, w) for w in windows(tokenize(tokenizer, draft.text, draft.bounds), cls, sep)]


def roughened(draft: LabelledDraft, rng: random.Random) -> LabelledDraft:
    """Return the draft as a hastier typist would leave it: same length, so that every offset holds."""
    if rng.random() > 0.3:
        return draft
    apostrophes = rng.random() < 0.5
    text = re.sub(r"[,;:.!?](?=\s|$)", lambda m: " " if rng.random() < 0.7 else m[0], draft.text)
    if apostrophes:
        # A zero-width character is dropped by the tokenizer: "dont", with the offsets of "don't".
        text = re.sub(r"(?<=\w)['’](?=\w)", "\u200b", text)
    return replace(draft, text=text)


def collate(batch: Sequence[Item]) -> tuple[Tensor, Tensor]:
    """Return padded ids and mask (batch, tokens)."""
    width = bucket(max(len(item.ids) for item in batch))
    ids, mask = torch.zeros(len(batch), width, dtype=torch.long), torch.zeros(len(batch), width, dtype=torch.long)
    for row, item in enumerate(batch):
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
        mask[row, : len(item.ids)] = 1
    return ids, mask


def loss_of(model: DraftReader, batch: Sequence[Item], mask_id: int, word_dropout: float) -> Tensor:
    """Return the weighted multi-task loss of a batch."""
    ids, mask = collate(batch)
    if word_dropout:
        ids = torch.where((torch.rand(ids.shape) < word_dropout) & (ids > mask_id), mask_id, ids)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden, phrases = model(ids, mask)
    hidden, phrases = hidden.float(), phrases.float()
    spans = [(row, a, b) for row, item in enumerate(batch) for a, b in item.spans]
    scores = model.sentence(pool(hidden, spans))
    targets = torch.tensor(np.concatenate([item.targets for item in batch]))
    bce = nn.functional.binary_cross_entropy_with_logits
    loss = bce(scores, targets, weight=torch.tensor(LOSS_WEIGHTS), reduction="sum") / len(spans)
    tokens, owned = torch.zeros(phrases.shape), torch.zeros(phrases.shape[:2])
    for row, item in enumerate(batch):
        tokens[row, : len(item.ids)] = torch.tensor(item.tokens)
        owned[row, : len(item.ids)] = torch.tensor(item.owned)
    loss = loss + PHRASE_WEIGHT * (bce(phrases, tokens, reduction="none").sum(-1) * owned).sum() / owned.sum()
    drafts = pool(hidden, [(row, 0, len(item.ids)) for row, item in enumerate(batch)])
    distress = torch.tensor([[item.distress] for item in batch])
    return loss + DISTRESS_WEIGHT * bce(model.distress(drafts), distress)


def situation_loss(model: DraftReader, tokenizer: Tokenizer, batch: Sequence[tuple[str, int]]) -> Tensor:
    """Return the loss of naming the situation of sentences: it keeps the vectors able to tell topics apart."""
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    ids = [[cls, *e.ids, sep] for e in tokenizer.encode_batch([t for t, _ in batch], add_special_tokens=False)]
    width = bucket(max(map(len, ids)))
    padded = torch.tensor([row + [0] * (width - len(row)) for row in ids])
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in ids])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden, _ = model(padded, mask)
    scores = model.situation(pool(hidden.float(), [(n, 1, len(row)) for n, row in enumerate(ids)]))
    return nn.functional.cross_entropy(scores, torch.tensor([name for _, name in batch]))


def bucket(length: int) -> int:
    """Return the width that a batch is padded to: few shapes, since each new one costs its kernels' making."""
    return -(-length // BUCKET) * BUCKET


def batches(items_: list[Item], tokens: int, rng: random.Random) -> list[list[Item]]:
    """Return the items in shuffled batches of about `tokens` tokens and of like length."""
    by_width: dict[int, list[Item]] = {}
    for item in items_:
        by_width.setdefault(bucket(len(item.ids)), []).append(item)
    found: list[list[Item]] = []
    for width, row in by_width.items():
        rng.shuffle(row)
        size = max(1, tokens // width)
        found += [row[at : at + size] for at in range(0, len(row), size)]
    rng.shuffle(found)
    return found


@torch.no_grad()
def dev_scores(model: DraftReader, items_: Sequence[Item]) -> tuple[np.ndarray, np.ndarray]:
    """Return the label scores and targets of the sentences."""
    model.eval()
    scores, targets = [], []
    order = sorted(items_, key=lambda item: len(item.ids))
    for start in range(0, len(order), 32):
        batch = order[start : start + 32]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden, _ = model(*collate(batch))
        hidden = hidden.float()
        spans = [(row, a, b) for row, item in enumerate(batch) for a, b in item.spans]
        scores.append(torch.sigmoid(model.sentence(pool(hidden, spans))[:, : len(LABELS)]).numpy())
        targets.append(np.concatenate([item.targets for item in batch])[:, : len(LABELS)])
    return np.concatenate(scores), np.concatenate(targets)


def best_f1(scores: np.ndarray, targets: np.ndarray) -> list[float]:
    """Return each label's F1 at its best threshold: a guide while training, not a figure to publish."""
    grid = np.linspace(0.1, 0.9, 33)
    return [max(f1_score(targets[:, i], scores[:, i] >= t, zero_division=0) for t in grid) for i in range(len(LABELS))]


def add_emoji(tokenizer: Tokenizer, model: DraftReader, drafts: Sequence[LabelledDraft]) -> None:
    """Give every emoji of the train split a token of its own, started from the words of its Unicode name."""
    counts = Counter(c for d in drafts for c in d.text if unicodedata.category(c) == "So")
    known = [c for c, n in counts.items() if n >= 2 and tokenizer.token_to_id(c) is None]
    words = model.body.embeddings.word_embeddings.weight.data
    starts = [
        words[tokenizer.encode(unicodedata.name(c, "symbol").lower(), add_special_tokens=False).ids].mean(0)
        for c in known
    ]
    tokenizer.add_tokens(known)
    model.body.resize_token_embeddings(tokenizer.get_vocab_size(), mean_resizing=False)
    for char, start in zip(known, starts, strict=True):
        model.body.embeddings.word_embeddings.weight.data[tokenizer.token_to_id(char)] = start


def without_foreign_scripts(tokenizer: Tokenizer, model: DraftReader) -> Tokenizer:
    """Return the tokenizer without pieces of other scripts, and take their rows from the model's word embeddings.

    The product reads English; a tenth of the published vocabulary is Greek, Cyrillic, Arabic, Chinese and the like.
    """
    made = json.loads(tokenizer.to_str())
    kept = sorted((i, piece) for piece, i in made["model"]["vocab"].items() if _is_read_here(piece))
    new_ids = {old: new for new, (old, _) in enumerate(kept)}
    made["model"]["vocab"] = {piece: new_ids[i] for i, piece in kept}
    added = [row for row in made["added_tokens"] if row["id"] not in new_ids]
    new_ids |= {row["id"]: len(kept) + n for n, row in enumerate(added)}
    for row in made["added_tokens"]:
        row["id"] = new_ids[row["id"]]
    for row in made["post_processor"]["special_tokens"].values():
        row["ids"] = [new_ids[i] for i in row["ids"]]
    words = model.body.embeddings.word_embeddings.weight.data
    table = nn.Embedding(len(new_ids), words.shape[1], padding_idx=new_ids[0])
    table.weight.data = words[sorted(new_ids, key=new_ids.__getitem__)].clone()
    model.body.embeddings.word_embeddings = table
    return Tokenizer.from_str(json.dumps(made))


def _is_read_here(piece: str) -> bool:
    """Tell whether a piece is of Latin letters, marks, signs of money or symbols, and is used at all."""
    written = (c < "\u0250" or "\u2000" <= c < "\u2c00" or unicodedata.category(c) == "So" for c in piece)
    return all(written) and not piece.startswith("[unused")


def train(model: DraftReader, tokenizer: Tokenizer, args: argparse.Namespace, seed: int) -> list[dict[str, object]]:
    """Fine-tune on the train split; return one row of figures (dev split) for each epoch."""
    rng = random.Random(seed)
    drafts = list(shipped_examples("train"))
    if args.writers:
        drafts = [draft for draft in drafts if draft.writer[0] in args.writers]
    if args.limit:
        drafts = rng.sample(drafts, min(args.limit, len(drafts)))
    dev = [item for d in shipped_examples("dev") for item in items(tokenizer, d)]
    about = [(text, n) for n, s in enumerate(situations().values()) for text in s.about]
    # Branches of one encoder share the word embeddings, so these stay as they were published.
    model.body.embeddings.word_embeddings.weight.requires_grad = False
    slow, fast = [], []
    for name, parameter in model.named_parameters():
        (slow if name.startswith("body.") else fast).append(parameter)
    optimizer = torch.optim.AdamW(
        [{"params": slow, "lr": args.lr}, {"params": fast, "lr": args.lr * 10}], weight_decay=0.01, fused=True
    )
    steps = args.epochs * len(batches([i for d in drafts for i in items(tokenizer, d)], args.tokens, rng))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / (0.1 * steps), max(0.0, 1.05 - n / steps))
    )
    averaged = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(AVERAGE_DECAY))
    mask_id, history = tokenizer.token_to_id("[MASK]"), []
    for epoch in range(args.epochs):
        model.train()
        began, total = time.monotonic(), 0.0
        todo = batches([i for d in drafts for i in items(tokenizer, roughened(d, rng))], args.tokens, rng)
        for batch in todo:
            loss = loss_of(model, batch, mask_id, args.word_dropout)
            if about and rng.random() < SITUATION_SHARE:
                loss = loss + SITUATION_WEIGHT * situation_loss(model, tokenizer, rng.sample(about, 16))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            averaged.update_parameters(model)
            total += float(loss.detach())
        row: dict[str, object] = {"epoch": epoch + 1, "drafts": len(drafts), "loss": round(total / len(todo), 4)}
        if dev:
            f1 = best_f1(*dev_scores(averaged.module, dev))
            row |= {"dev_f1": [round(x, 3) for x in f1], "dev_macro": round(math.fsum(f1) / len(f1), 3)}
        row["seconds"] = round(time.monotonic() - began)
        print(json.dumps(row), flush=True)
        history.append(row)
    model.load_state_dict(averaged.module.state_dict())
    return history


class Branches(nn.Module):
    """Several readers side by side, over one table of word embeddings."""

    def __init__(self, readers: Sequence[DraftReader]) -> None:
        super().__init__()
        self.words = readers[0].body.embeddings.word_embeddings
        self.readers = nn.ModuleList(readers)
        for reader in readers:
            reader.body.config._attn_implementation = "eager"
            reader.body.embeddings.word_embeddings = None

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the hidden states of all (batch, tokens, branches * width) and their mean phrase scores."""
        words = self.words(input_ids)
        hidden = [r.body(inputs_embeds=words, attention_mask=attention_mask).last_hidden_state for r in self.readers]
        phrases = [reader.phrases(h) for reader, h in zip(self.readers, hidden, strict=True)]
        return torch.cat(hidden, dim=-1), torch.stack(phrases).mean(dim=0)


def export(readers: Sequence[DraftReader], tokenizer: Tokenizer, out: Path) -> None:
    """Write `model.onnx` (int8 weights, made dynamically) and `tokenizer.json`."""
    out.mkdir(parents=True, exist_ok=True)
    full = out / "full.onnx"
    sample = (torch.tensor([[101, 2017, 102]]), torch.ones(1, 3, dtype=torch.long))
    axes = {0: "batch", 1: "tokens"}
    torch.onnx.export(
        Branches(readers).eval(),
        sample,
        str(full),
        input_names=["input_ids", "attention_mask"],
        output_names=["hidden", "phrases"],
        dynamic_axes=dict.fromkeys(("input_ids", "attention_mask", "hidden", "phrases"), axes),
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(full, out / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
    tokenizer.save(str(out / "tokenizer.json"))


def published_tokenizer(base: Path) -> Tokenizer:
    """Return the base's tokenizer, which neither cuts nor pads."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def branch(args: argparse.Namespace, seed: int) -> tuple[DraftReader, Tokenizer]:
    """Return the branch of a seed, as kept in the folder or fine-tuned now and kept there, and its tokenizer."""
    seed_all(seed)
    model, tokenizer = DraftReader(args.base), published_tokenizer(args.base)
    if args.frozen:
        return model, tokenizer
    add_emoji(tokenizer, model, shipped_examples("train"))
    kept = args.out / f"branch-{seed}.pt"
    if kept.exists():
        # The word embeddings stay as published: a branch made when other emoji were known still fits.
        state = {name: value for name, value in torch.load(kept, weights_only=True).items() if name != WORDS}
        model.load_state_dict(state, strict=False)
        return model, tokenizer
    history = train(model, tokenizer, args, seed)
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), kept)
    (args.out / f"training-{seed}.json").write_text(json.dumps(history, indent=1), encoding="utf-8")
    return model, tokenizer


def seed_all(seed: int) -> None:
    """Make every draw of chance repeatable."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def arguments() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--tokens", type=int, default=1600, help="tokens in a batch")
    parser.add_argument("--word-dropout", type=float, default=0.05)
    parser.add_argument("--limit", type=int, default=0, help="train drafts to use, for the learning curve")
    parser.add_argument(
        "--writers", default="", help="first letters of the writers whose drafts are used; all if empty"
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=[20, 21], help="one branch each")
    parser.add_argument("--frozen", action="store_true", help="export the base as it is")
    return parser


def main() -> None:
    """Run the making from the command line."""
    args = arguments().parse_args()
    branches = [branch(args, seed) for seed in (args.seeds[:1] if args.frozen else args.seeds)]
    model, tokenizer = branches[0]
    export([model for model, _ in branches], without_foreign_scripts(tokenizer, model), args.out)


if __name__ == "__main__":
    main()
