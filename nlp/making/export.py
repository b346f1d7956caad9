"""Write a tuned reader as the encoder that is shipped: ONNX with 8-bit weights, its word vectors and its tokenizer.

Usage: python -m nlp.making.export FOLDER STATE OUT

FOLDER is what `nlp.making.layout` wrote, STATE a reader that `nlp.making.encoder` left in it.
"""

import shutil
import sys
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from .reader import HEADS, WIDTH, DraftReader, Layer


class Shipped(nn.Module):
    """What is shipped of a reader: its body and its phrase head, with attention spelt out for the export."""

    def __init__(self, reader: DraftReader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, words: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return hidden states (batch, tokens, width) and phrase scores before the sigmoid (batch, tokens, 3)."""
        reader = self.reader
        positions = reader.positions(torch.arange(words.shape[1]))
        x = reader.norm(words + positions + reader.kind)
        unseen = (1.0 - attention_mask[:, None, None, :].float()) * -1e9
        for layer in reader.layers:
            x = passed(layer, x, unseen)
        return x, reader.phrases(x)


def passed(layer: Layer, x: Tensor, unseen: Tensor) -> Tensor:
    """Return the states after a layer, its attention spelt out; `unseen` is added to what may not be looked at."""
    batch, tokens, _ = x.shape
    q, k, v = (part(x).reshape(batch, tokens, HEADS, -1).transpose(1, 2) for part in (layer.q, layer.k, layer.v))
    odds = torch.softmax(q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + unseen, -1)
    x = layer.first(x + layer.o((odds @ v).transpose(1, 2).reshape(batch, tokens, WIDTH)))
    return layer.last(x + layer.down(functional.gelu(layer.up(x))))


def main(folder: str, state: str, out: str) -> None:
    """Export and quantise."""
    start, target = dict(np.load(Path(folder) / "start.npz")), Path(out)
    weights = torch.load(state, weights_only=True)
    reader = DraftReader(start, len(weights["sentence.bias"]), len(weights["situation.bias"]))
    reader.load_state_dict({name: w.float() for name, w in weights.items()}, strict=False)
    target.mkdir(parents=True, exist_ok=True)
    axes = {0: "batch", 1: "tokens"}
    names = ("words", "attention_mask", "hidden", "phrases")
    torch.onnx.export(
        Shipped(reader).eval(),
        (torch.randn(1, 3, WIDTH), torch.ones(1, 3, dtype=torch.long)),
        str(target / "full.onnx"),
        input_names=list(names[:2]),
        output_names=list(names[2:]),
        dynamic_axes=dict.fromkeys(names, axes),
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(target / "full.onnx", target / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    (target / "full.onnx").unlink()
    words = {name: start[f"words.{name}"] for name in ("table", "zero", "scale")}
    np.savez(target / "words.npz", **words)
    shutil.copy(Path(folder) / "tokenizer.json", target / "tokenizer.json")


if __name__ == "__main__":
    main(*sys.argv[1:])
