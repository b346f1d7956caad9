"""The network that reads drafts while it is made: MiniLM's body with heads for sentences, phrases, drafts and situations.

Only PyTorch and NumPy are needed, so that it trains wherever these are.
"""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, INNER, LAYERS = 384, 12, 1536, 6
#: Tokens in the longest window.
LONGEST = 256
_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "o": "attention.output.dense",
    "first": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "last": "output.LayerNorm",
}


def norm() -> nn.LayerNorm:
    """Return the normalisation that MiniLM uses."""
    return nn.LayerNorm(WIDTH, eps=1e-12)


class Layer(nn.Module):
    """A layer of the body (Vaswani et al. 2017, normalised after each part as in BERT)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.first, self.last, self.drop = norm(), norm(), nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the states after the layer; `mask` tells which tokens may be looked at (batch, 1, 1, tokens)."""
        batch, tokens, _ = x.shape
        q, k, v = (part(x).view(batch, tokens, HEADS, -1).transpose(1, 2) for part in (self.q, self.k, self.v))
        seen = (
            functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
            .transpose(1, 2)
            .reshape(batch, tokens, WIDTH)
        )
        x = self.first(x + self.drop(self.o(seen)))
        return self.last(x + self.drop(self.down(functional.gelu(self.up(x)))))


class DraftReader(nn.Module):
    """The body with its heads. Word embeddings stay as published: they are shipped in 8 bits and shared."""

    def __init__(self, start: Mapping[str, np.ndarray], targets: int, situations: int, dropout: float = 0.1) -> None:
        super().__init__()
        table = (start["words.table"].astype(np.float32) - np.float32(start["words.zero"])) * start["words.scale"]
        self.words = nn.Embedding.from_pretrained(torch.tensor(table), freeze=True)
        positions = _told(start, "embeddings.position_embeddings.weight")[:LONGEST]
        self.positions = nn.Embedding.from_pretrained(positions, freeze=False)
        self.kind = nn.Parameter(_told(start, "embeddings.token_type_embeddings.weight")[0])
        self.norm, self.drop = norm(), nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        _load(self.norm, start, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            for mine, published in _PARTS.items():
                _load(getattr(layer, mine), start, f"encoder.layer.{number}.{published}")
        self.phrases = nn.Linear(WIDTH, 3)
        self.sentence = nn.Linear(2 * WIDTH, targets)
        self.distress = nn.Linear(2 * WIDTH, 1)
        self.situation = nn.Linear(2 * WIDTH, situations)

    def body(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the hidden states (batch, tokens, width)."""
        positions = self.positions(torch.arange(ids.shape[1], device=ids.device))
        x = self.drop(self.norm(self.words(ids) + positions + self.kind))
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        return x


def pool(hidden: Tensor, rows: Tensor, begins: Tensor, ends: Tensor) -> Tensor:
    """Return mean and max over the tokens of each span: (spans, 2 * width)."""
    at = begins[:, None] + torch.arange(int((ends - begins).max()), device=hidden.device)
    inside = (at < ends[:, None])[..., None]
    states = hidden[rows[:, None], at.clamp(max=hidden.shape[1] - 1)]
    mean = (states * inside).sum(1) / inside.sum(1).clamp(min=1)
    return torch.cat([mean, states.masked_fill(~inside, -1e4).max(1).values], dim=-1)


def _told(start: Mapping[str, np.ndarray], name: str) -> Tensor:
    return torch.tensor(start[name].astype(np.float32))


def _load(part: nn.Module, start: Mapping[str, np.ndarray], name: str) -> None:
    for kind in ("weight", "bias"):
        getattr(part, kind).data = _told(start, f"{name}.{kind}")
