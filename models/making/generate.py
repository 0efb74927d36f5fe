"""Lets the model write, many stories side by side, each token computed once."""
import math

import torch
from torch.nn import functional

import tokenizer
from llama import Llama, rotated


def load(checkpoint):
    """The model of a checkpoint with its weights rounded to float16, as they are shipped."""
    state = torch.load(checkpoint)
    model = Llama(state["shape"])
    model.load_state_dict({name: weight.half().float() for name, weight in state["model"].items()})
    return model.eval()


@torch.no_grad()
def generate(model, prompts, temperature=0.0, seed=0):
    """Tokens after each prompt (begin token first), up to the end token or the context's end."""
    shape = model.shape
    random = torch.Generator().manual_seed(seed)
    rows = [list(prompt) for prompt in prompts]
    caches = [
        torch.zeros(2, len(rows), shape.kv_heads, shape.context, shape.head) for _ in model.layers
    ]
    for place in range(shape.context - 1):
        logits = _step(model, torch.tensor([row[place] for row in rows]), place, caches)
        chosen = _choose(logits, temperature, random).tolist()
        for row, token in zip(rows, chosen):
            if len(row) == place + 1:
                row.append(tokenizer.END if row[-1] == tokenizer.END else token)
        if all(row[-1] == tokenizer.END for row in rows):
            break
    return [row[: row.index(tokenizer.END) + 1] if tokenizer.END in row else row for row in rows]


def _choose(logits, temperature, random):
    if temperature == 0:
        return logits.argmax(-1)
    return torch.multinomial((logits / temperature).softmax(-1), 1, generator=random)[:, 0]


def _step(model, tokens, place, caches):
    """Logits [batch, vocabulary] of the token after ``tokens``, which stand at ``place``."""
    shape, batch = model.shape, len(tokens)
    rotation = tuple(part[place] for part in model.rotation)
    x = model.embed_tokens(tokens)
    for layer, cache in zip(model.layers, caches):
        attention, y = layer.self_attn, layer.input_layernorm(x)
        heads = batch, shape.kv_heads, -1, shape.head
        q = rotated(attention.q_proj(y).view(heads), rotation)
        cache[0, :, :, place] = rotated(attention.k_proj(y).view(heads), rotation)[:, :, 0]
        cache[1, :, :, place] = attention.v_proj(y).view(heads)[:, :, 0]
        keys, values = cache[:, :, :, : place + 1]
        scores = (q @ keys.transpose(-1, -2) / math.sqrt(shape.head)).softmax(-1)
        x = x + attention.o_proj((scores @ values).reshape(batch, shape.dim))
        x = x + layer.mlp(layer.post_attention_layernorm(x))
    return functional.linear(model.norm(x), model.embed_tokens.weight)
