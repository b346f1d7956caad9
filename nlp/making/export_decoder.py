"""Write a tuned writer as the decoder that is shipped: two ONNX networks with 4-bit weights, and its vocabulary.

Usage: python -m nlp.making.export_decoder FOLDER STATE OUT

FOLDER is what `nlp.making.layout` wrote, STATE the writer that `nlp.making.decoder` left.
"""

import math
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer
from torch import Tensor, nn
from torch.nn import functional

from .export import passed
from .scorer import BAD_COSTS, MOST

# The networks import each other as scripts do, so that they train on any machine.
sys.path.insert(0, str(Path(__file__).parent))
from reader import HEADS, WIDTH, DraftReader
from writer import BLOCK, LEFT_OUT, ROOM, Attention, PlaceWriter

LAYERED, KEYS = {3: "tokens"}, {1: "tokens"}


class ShippedEncoder(nn.Module):
    """Reads a place once: what each layer of the decoder looks at, and what copying looks at."""

    def __init__(self, writer: PlaceWriter) -> None:
        super().__init__()
        self.writer = writer

    def forward(self, words: Tensor, mark: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return keys and values (layers, 1, heads, tokens, width) and the offers to copy (1, tokens, width)."""
        writer, reader = self.writer, self.writer.reader
        unseen = torch.zeros(1)
        x = reader.norm(words + reader.positions(torch.arange(words.shape[1])) + reader.kind + writer.mark(mark))
        for layer in reader.layers:
            x = passed(layer, x, unseen)
        memory = passed(writer.memory, writer.merged(writer.merge(x) + words), unseen)
        keys = torch.stack([_parted(layer.place.k(memory)) for layer in writer.layers])
        values = torch.stack([_parted(layer.place.v(memory)) for layer in writer.layers])
        return keys, values, writer.offers(memory)


class ShippedStep(nn.Module):
    """Writes one piece of each row, from what the rows' earlier steps left."""

    def __init__(self, writer: PlaceWriter) -> None:
        super().__init__()
        self.writer = writer

    def forward(
        self,
        words: Tensor,
        at: Tensor,
        order: Tensor,
        past_keys: Tensor,
        past_values: Tensor,
        place_keys: Tensor,
        place_values: Tensor,
        offers: Tensor,
        clues: Tensor,
        table: Tensor,
        bias: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Return the chances to say and to copy (rows, pieces), the worth so far, and keys and values with this step's."""
        w = self.writer
        x = w.norm(words + w.positions(at) + w.kind + w.order(order) * (at == 0).float())[:, None]
        all_keys, all_values = [], []
        for number, layer in enumerate(w.layers):
            all_keys.append(torch.cat([past_keys[number], _parted(layer.own.k(x))], 2))
            all_values.append(torch.cat([past_values[number], _parted(layer.own.v(x))], 2))
            x = _looked(layer.own, x, all_keys[-1], all_values[-1])
            x = _looked(layer.place, x, place_keys[number], place_values[number])
            x = layer.last(x + layer.down(functional.gelu(layer.up(x))))
        # Three dimensions to the end: only such products are rounded.
        said = torch.softmax((w.out(x) @ table.T + bias) * w.scale, -1)[:, 0]
        alike = (w.asks(x) @ offers[0].T)[:, 0] / math.sqrt(WIDTH) + (w.clues(x) * clues).sum(-1)
        says = torch.sigmoid(w.says(x))[:, 0]
        copied = torch.softmax(alike, -1) * (1 - says)
        points = torch.sigmoid(w.points(x))[:, 0]
        worth = MOST * points[:, :-1].sum(-1) - BAD_COSTS * (1 - points[:, -1])
        return said * says, copied, worth, torch.stack(all_keys), torch.stack(all_values)


def _parted(x: Tensor) -> Tensor:
    return x.reshape(x.shape[0], -1, HEADS, WIDTH // HEADS).transpose(1, 2)


def _looked(attention: Attention, x: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    odds = torch.softmax(_parted(attention.q(x)) @ keys.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5, -1)
    return attention.norm(x + attention.o((odds @ values).transpose(1, 2).reshape(x.shape)))


def main(folder: str, state: str, out: str) -> None:
    """Export and quantise."""
    start, target = dict(np.load(Path(folder) / "start.npz")), Path(out)
    target.mkdir(parents=True, exist_ok=True)
    weights = torch.load(state, weights_only=True)
    vocabulary = weights.pop("vocabulary")
    reader = DraftReader(start, len(weights["reader.sentence.bias"]), len(weights["reader.situation.bias"]))
    writer = PlaceWriter(reader, vocabulary, dropout=0.0)
    loaded = writer.load_state_dict({name: value.float() for name, value in weights.items()}, strict=False)
    if lacking := sorted(set(loaded.missing_keys) - set(LEFT_OUT)):
        raise ValueError(f"{state} is of another network: it lacks {', '.join(lacking)}.")
    reader.positions = nn.Embedding.from_pretrained(reader.positions.weight[:ROOM].clone())
    writer.eval()
    layers, rows, tokens, past = len(writer.layers), 3, 7, 2
    table = (writer.table * writer.gain[:, None]).detach()
    _write(
        target / "encoder.onnx",
        ShippedEncoder(writer),
        {"words": (torch.randn(1, tokens, WIDTH), KEYS), "mark": (torch.zeros(1, tokens, dtype=torch.long), KEYS)},
        {"place_keys": LAYERED, "place_values": LAYERED, "offers": KEYS},
    )
    state_of = torch.randn(layers, rows, HEADS, past, WIDTH // HEADS)
    place_of = torch.randn(layers, 1, HEADS, tokens, WIDTH // HEADS)
    grown = {1: "rows", 3: "past"}
    _write(
        target / "step.onnx",
        ShippedStep(writer),
        {
            "words": (torch.randn(rows, WIDTH), {0: "rows"}),
            "at": (torch.tensor([past]), {}),
            "order": (torch.zeros(rows, dtype=torch.long), {0: "rows"}),
            "past_keys": (state_of, grown),
            "past_values": (state_of, grown),
            "place_keys": (place_of, LAYERED),
            "place_values": (place_of, LAYERED),
            "offers": (torch.randn(1, tokens, WIDTH), KEYS),
            "clues": (torch.zeros(rows, tokens, writer.clues.out_features), {0: "rows", 1: "tokens"}),
            "table": (table, {0: "pieces"}),
            "bias": (writer.bias.detach(), {0: "pieces"}),
        },
        {
            "said": {0: "rows", 1: "pieces"},
            "copied": {0: "rows", 1: "tokens"},
            "worth": {0: "rows"},
            "keys": {1: "rows", 3: "now"},
            "values": {1: "rows", 3: "now"},
        },
    )
    numbers = {"gain": writer.gain, "bias": writer.bias}
    np.savez(
        target / "vocabulary.npz",
        pieces=vocabulary.numpy().astype(np.uint16),
        **{name: value.detach().numpy().astype(np.float16) for name, value in numbers.items()},
    )


def _write(
    path: Path, module: nn.Module, inputs: dict[str, tuple[Tensor, dict[int, str]]], outputs: dict[str, dict[int, str]]
) -> None:
    """Export a module and round its weights to 4 bits."""
    torch.onnx.export(
        module.eval(),
        tuple(value for value, _ in inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={name: axes for name, (_, axes) in inputs.items() if axes} | outputs,
        opset_version=17,
        dynamo=False,
    )
    config = DefaultWeightOnlyQuantConfig(block_size=BLOCK, is_symmetric=False, accuracy_level=4)
    quantizer = MatMulNBitsQuantizer(onnx.load(path), algo_config=config)
    quantizer.process()
    onnx.save(quantizer.model.model, path)


if __name__ == "__main__":
    main(*sys.argv[1:])
