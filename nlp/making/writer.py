"""The network that rewords while it is made: an encoder that reads a place in its draft, a decoder that copies and says.

Only PyTorch and NumPy are needed, so that it trains wherever these are. The encoder starts from a tuned reader, the
decoder from the layers of MiniLM; the word vectors are the reader's and stay as they are.
"""

import math
from collections.abc import Mapping

import numpy as np
import torch
from reader import HEADS, INNER, WIDTH, DraftReader, Layer, norm
from torch import Tensor, nn
from torch.nn import functional

DECODER_LAYERS = 4
#: Word pieces in the longest rewording, and in the longest stretch of a draft that is read.
LONGEST, ROOM = 104, 176
#: Weights in a block of 4 bits that share their scale.
BLOCK = 128
#: What an order can ask for: a question, time to answer, both.
ORDERS = 4
#: What copying looks at, besides meaning: see `followed`.
CLUES = 4
#: What readers score: the guide's seven points, and whether it is no bad one.
POINTS = 8
#: What a saved writer leaves out, as the reader has it or it follows from the vocabulary.
LEFT_OUT = ("reader.words.weight", "table", "of_piece")


class Rounded(nn.Linear):
    """A linear layer that can be read as it will be shipped: in 4 bits, while the gradient goes by (Bengio et al. 2013)."""

    rounds = False

    def forward(self, x: Tensor) -> Tensor:
        """Return the layer's output, with rounded weights where `Rounded.rounds` is set."""
        return functional.linear(x, self._rounded() if Rounded.rounds else self.weight, self.bias)

    def _rounded(self) -> Tensor:
        blocks = self.weight.reshape(-1, BLOCK)
        low = blocks.min(1, keepdim=True).values.clamp(max=0)
        high = blocks.max(1, keepdim=True).values.clamp(min=0)
        scale = ((high - low) / 15).clamp(min=1e-8)
        zero = torch.round(-low / scale)
        near = (torch.clamp(torch.round(blocks / scale) + zero, 0, 15) - zero) * scale
        return self.weight + (near.reshape(self.weight.shape) - self.weight).detach()


def rounded(module: nn.Module) -> nn.Module:
    """Return a module whose linear layers can be rounded."""
    for part in module.modules():
        if type(part) is nn.Linear:
            part.__class__ = Rounded
    return module


class Attention(nn.Module):
    """Attention over a memory, normalised after it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm, self.drop = norm(), nn.Dropout(dropout)

    def forward(self, x: Tensor, memory: Tensor, hidden: Tensor) -> Tensor:
        """Return the states after looking; `hidden` tells what may not be looked at, for (batch, 1, rows, memory)."""
        batch = x.shape[0]
        q, k, v = (
            part(of).view(batch, -1, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part, of in ((self.q, x), (self.k, memory), (self.v, memory))
        )
        odds = (q @ k.transpose(-1, -2)).float() * (WIDTH // HEADS) ** -0.5
        seen = odds.masked_fill(hidden, -1e9).softmax(-1).to(v.dtype) @ v
        return self.norm(x + self.drop(self.o(seen.transpose(1, 2).reshape(batch, -1, WIDTH))))


class DecoderLayer(nn.Module):
    """Looks at what is written, then at the place, then thinks."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.own, self.place = Attention(dropout), Attention(dropout)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.last, self.drop = norm(), nn.Dropout(dropout)

    def forward(self, x: Tensor, memory: Tensor, later: Tensor, unseen: Tensor) -> Tensor:
        """Return the states after the layer."""
        x = self.place(self.own(x, x, later), memory, unseen)
        return self.last(x + self.drop(self.down(functional.gelu(self.up(x)))))


class PlaceWriter(nn.Module):
    """Rewords the marked place of a draft: a pointer-generator (See, Liu and Manning 2017)."""

    def __init__(self, reader: DraftReader, vocabulary: Tensor, dropout: float) -> None:
        super().__init__()
        self.reader = reader
        self.mark = nn.Embedding(2, WIDTH)
        nn.init.zeros_(self.mark.weight)
        self.merge, self.merged = nn.Linear(WIDTH, WIDTH), norm()
        self.memory = Layer(dropout)
        self.positions = nn.Embedding.from_pretrained(reader.positions.weight[:LONGEST].clone(), freeze=False)
        self.order = nn.Embedding(ORDERS, WIDTH)
        nn.init.zeros_(self.order.weight)
        self.kind, self.norm, self.drop = nn.Parameter(reader.kind.clone()), norm(), nn.Dropout(dropout)
        self.norm.load_state_dict(reader.norm.state_dict())
        self.layers = nn.ModuleList(DecoderLayer(dropout) for _ in range(DECODER_LAYERS))
        self._start(reader)
        self.out, self.bias = nn.Linear(WIDTH, WIDTH), nn.Parameter(torch.zeros(len(vocabulary)))
        self.gain, self.scale = nn.Parameter(torch.ones(len(vocabulary))), nn.Parameter(torch.tensor(1.0))
        self.asks, self.offers, self.clues = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, CLUES)
        self.says, self.points = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, POINTS)
        nn.init.zeros_(self.points.weight)
        nn.init.zeros_(self.points.bias)
        for eye in (self.merge, self.out):
            nn.init.eye_(eye.weight)
            nn.init.zeros_(eye.bias)
        rows = reader.words.weight[vocabulary]
        self.register_buffer("table", rows / rows.norm(dim=1, keepdim=True).clamp(min=1e-6) * rows.norm(dim=1).mean())
        of_piece = torch.full((len(reader.words.weight),), -1)
        of_piece[vocabulary] = torch.arange(len(vocabulary))
        self.register_buffer("of_piece", of_piece)
        self.register_buffer("vocabulary", vocabulary, persistent=False)

    def _start(self, reader: DraftReader) -> None:
        """Let every layer start from one of the reader's."""
        last = len(reader.layers) - 1
        for number, layer in enumerate(self.layers):
            like = reader.layers[round(number * last / (DECODER_LAYERS - 1))]
            for part in (layer.own, layer.place):
                for name in "qkvo":
                    getattr(part, name).load_state_dict(getattr(like, name).state_dict())
                part.norm.load_state_dict(like.first.state_dict())
            for name in ("up", "down", "last"):
                getattr(layer, name).load_state_dict(getattr(like, name).state_dict())
        self.memory.load_state_dict(reader.layers[last].state_dict())

    def read(self, ids: Tensor, mark: Tensor, mask: Tensor) -> Tensor:
        """Return the memory of a draft whose place is marked (batch, tokens, width)."""
        reader, seen = self.reader, mask[:, None, None, :]
        words, at = reader.words(ids), torch.arange(ids.shape[1], device=ids.device)
        x = reader.drop(reader.norm(words + reader.positions(at) + reader.kind + self.mark(mark)))
        for layer in reader.layers:
            x = layer(x, seen)
        return self.memory(self.drop(self.merged(self.merge(x) + words)), seen)

    def states(self, written: Tensor, order: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Return the decoder's states after each piece written (batch, pieces, width)."""
        at = torch.arange(written.shape[1], device=written.device)
        x = self.reader.words(written) + self.positions(at) + self.kind
        x = self.drop(self.norm(x + self.order(order)[:, None] * (at == 0)[None, :, None]))
        later = torch.ones(len(at), len(at), dtype=torch.bool, device=at.device).triu(1)
        for layer in self.layers:
            x = layer(x, memory, later, ~mask[:, None, None, :])
        return x

    def chances(self, states: Tensor, memory: Tensor, mask: Tensor, clues: Tensor) -> tuple[Tensor, Tensor]:
        """Return the log chances to say each piece of the vocabulary, and to copy each of the draft."""
        said = functional.linear(self.out(states), self.table * self.gain[:, None], self.bias) * self.scale
        alike = (self.asks(states) @ self.offers(memory).transpose(1, 2)).float() / math.sqrt(WIDTH)
        alike = alike + (self.clues(states).float()[:, :, None] * clues).sum(-1)
        alike = alike.masked_fill(~mask[:, None, :], -1e9)
        says = self.says(states).float()
        return (
            said.float().log_softmax(-1) + functional.logsigmoid(says),
            alike.log_softmax(-1) + functional.logsigmoid(-says),
        )


def followed(ids: Tensor, written: Tensor, mark: Tensor) -> Tensor:
    """Return what copying looks at for each piece written and of the draft (batch, written, tokens, clues).

    Whether a piece of the draft follows the one written last, and the last two; whether it has been written; whether it
    stands in the place.
    """
    same = written[:, :, None] == ids[:, None, :]
    one = functional.pad(same, (1, 0))[:, :, :-1]
    two = one & functional.pad(same, (2, 0, 1, 0))[:, :-1, :-2]
    return torch.stack([one, two, same.cumsum(1) > 0, mark[:, None, :].expand_as(one) > 0], dim=-1).float()


def start_of(arrays: Mapping[str, np.ndarray], state: Mapping[str, Tensor]) -> DraftReader:
    """Return the tuned reader of a state."""
    reader = DraftReader(arrays, len(state["sentence.bias"]), len(state["situation.bias"]))
    reader.load_state_dict({name: value.float() for name, value in state.items()}, strict=False)
    return reader
