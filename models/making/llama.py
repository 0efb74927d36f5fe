"""The model: a Llama decoder as Hugging Face's LlamaForCausalLM computes it, with tied embeddings."""
import dataclasses
import math

import torch
from torch import nn
from torch.nn import functional


BLOCK = 64  # queries that attention takes at a time


@dataclasses.dataclass(frozen=True)
class Shape:
    dim: int = 96
    hidden: int = 128
    layers: int = 4
    heads: int = 8
    kv_heads: int = 4
    vocabulary: int = 1440
    context: int = 512
    epsilon: float = 1e-5
    theta: float = 10_000.0

    @property
    def head(self):
        return self.dim // self.heads


class Norm(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(shape.dim))
        self.epsilon = shape.epsilon

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.epsilon) * self.weight


def linear(inputs, outputs):
    return nn.Linear(inputs, outputs, bias=False)


class Attention(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.q_proj = linear(shape.dim, shape.dim)
        self.k_proj = linear(shape.dim, shape.kv_heads * shape.head)
        self.v_proj = linear(shape.dim, shape.kv_heads * shape.head)
        self.o_proj = linear(shape.dim, shape.dim)

    def forward(self, x, rotation, mask):
        batch, length, dim = x.shape
        groups, size = self.shape.kv_heads, self.shape.head

        def split(y):
            return rotated(y.view(batch, length, -1, size).transpose(1, 2), rotation)

        q = split(self.q_proj(x)).reshape(batch * groups, -1, length, size) / math.sqrt(size)
        k = split(self.k_proj(x)).reshape(batch * groups, length, size)
        v = self.v_proj(x).view(batch, length, groups, size).transpose(1, 2).reshape(k.shape)
        starts = range(0, length, BLOCK)
        mixed = [attended(part, k, v, first, mask) for first, part in zip(starts, q.split(BLOCK, 2))]
        heads = torch.cat(mixed, 2).view(batch, self.shape.heads, length, size)
        return self.o_proj(heads.transpose(1, 2).reshape(batch, length, dim))


def attended(q, k, v, first, mask):
    """What a block of queries reads: nothing behind the block is computed only to be masked."""
    rows, heads, block, size = q.shape
    last = first + block
    # the queries of a group lie one after the other, so that a group is one multiplication
    scores = torch.bmm(q.reshape(rows, -1, size), k[:, :last].transpose(1, 2))
    scores.view(rows, heads, block, last)[..., first:] += mask[:block, :block]
    return torch.bmm(scores.softmax(-1), v[:, :last]).view(q.shape)


def rotated(x, rotation):
    """Hugging Face's rotary embedding: dimension i turns with dimension i + size / 2."""
    cos, sin = rotation
    half = x.shape[-1] // 2
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class FeedForward(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.gate_proj = linear(shape.dim, shape.hidden)
        self.up_proj = linear(shape.dim, shape.hidden)
        self.down_proj = linear(shape.hidden, shape.dim)

    def forward(self, x):
        return self.down_proj(functional.silu(self.gate_proj(x)) * self.up_proj(x))


class Layer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.input_layernorm = Norm(shape)
        self.self_attn = Attention(shape)
        self.post_attention_layernorm = Norm(shape)
        self.mlp = FeedForward(shape)

    def forward(self, x, rotation, mask):
        x = x + self.self_attn(self.input_layernorm(x), rotation, mask)
        return x + self.mlp(self.post_attention_layernorm(x))


class Llama(nn.Module):
    """Tokens [batch, length] to logits [batch, length, vocabulary]."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embed_tokens = nn.Embedding(shape.vocabulary, shape.dim)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = Norm(shape)
        half = shape.head // 2
        turns = shape.theta ** (-torch.arange(half) / half)
        angles = torch.outer(torch.arange(shape.context), turns)
        self.rotation = angles.cos(), angles.sin()
        self.mask = torch.full((BLOCK, BLOCK), -math.inf).triu(1)
        self._start()

    def _start(self):
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                deep = name.endswith(("o_proj.weight", "down_proj.weight"))
                scale = 0.5 / math.sqrt(weight.shape[1])
                nn.init.normal_(weight, std=scale / math.sqrt(2 * self.shape.layers) if deep else scale)

    def forward(self, tokens):
        length = tokens.shape[1]
        rotation = tuple(part[:length] for part in self.rotation)
        x = self.embed_tokens(tokens)
        for layer in self.layers:
            x = layer(x, rotation, self.mask)
        return functional.linear(self.norm(x), self.embed_tokens.weight)
