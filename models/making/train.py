#!/usr/bin/python3
"""Trains the model on the stories of seeds 0, 1, 2, …; goes on from the last checkpoint in --run.

    OMP_NUM_THREADS=1 nice -n 19 ./train.py --run /tmp/run
"""
import argparse
import math
import os
import pathlib
import random
import time
from typing import NamedTuple

import torch
from torch.nn import functional

import muon
import stories
import tokenizer
from llama import Llama, Shape

SEED = 5
IGNORED = -100  # cross_entropy's mark for padding


def encoded(processor, seeds, context):
    """Stories as tokens, with begin and end, where they fit the context."""
    texts = (stories.story(seed) for seed in seeds)
    every = ([tokenizer.BEGIN, *processor.encode(text), tokenizer.END] for text in texts)
    return [tokens for tokens in every if len(tokens) <= context + 1]


def batches(every, tokens, seed):
    """All stories once, those of like length together, at most ``tokens`` in a batch with padding."""
    shuffle = random.Random(seed)
    order = sorted(range(len(every)), key=lambda i: (len(every[i]) // 8, shuffle.random()))
    out, batch = [], []
    for index in order:
        if batch and len(every[index]) * (len(batch) + 1) > tokens:
            out.append(batch)
            batch = []
        batch.append(index)
    out.append(batch)
    shuffle.shuffle(out)
    return out


def padded(rows):
    """Rows of tokens to inputs and targets."""
    length = max(map(len, rows)) - 1
    inputs = torch.full((len(rows), length), tokenizer.END)
    targets = torch.full((len(rows), length), IGNORED)
    for number, row in enumerate(rows):
        inputs[number, : len(row) - 1] = torch.tensor(row[:-1])
        targets[number, : len(row) - 1] = torch.tensor(row[1:])
    return inputs, targets


def loss_of(model, rows, reduction="mean"):
    inputs, targets = padded(rows)
    return functional.cross_entropy(
        model(inputs).flatten(0, 1), targets.flatten(), ignore_index=IGNORED, reduction=reduction
    )


@torch.no_grad()
def held_out_loss(model, every, tokens=8192):
    """Nats a token."""
    total = sum(
        loss_of(model, [every[i] for i in batch], "sum").item() for batch in batches(every, tokens, 0)
    )
    return total / sum(len(row) - 1 for row in every)


class Phase(NamedTuple):
    """A stretch of the training; rates go linearly from the first value to the second."""

    until: int  # step
    muon: tuple
    adam: tuple
    memory: float  # AdamW's decay of squares


# A name is in few batches. While AdamW's memory is short, or its rate high, each time shakes the
# name's embedding so much that the model cannot learn to copy names: that is for the last phases.
PHASES = [
    Phase(1_500, (0.01, 0.01), (0.003, 0.003), 0.98),
    Phase(9_000, (0.003, 0.003), (0.0006, 0.0006), 0.999),
    Phase(15_000, (0.003, 0), (0.0006, 0), 0.999),
]
STEPS = PHASES[-1].until
WARM_UP = 200


def set_rates(optimizers, step):
    first = 0
    for phase in PHASES:
        if step < phase.until:
            break
        first = phase.until
    done = (step - first) / (phase.until - first)
    for optimizer, (start, end) in zip(optimizers, (phase.muon, phase.adam)):
        for group in optimizer.param_groups:
            group["lr"] = (start + (end - start) * done) * min(1, (step + 1) / WARM_UP)
    for group in optimizers[1].param_groups:
        group["betas"] = 0.9, phase.memory


def optimizers_of(model):
    """Muon for the matrices of the layers, AdamW for the embedding and the norms."""
    matrices = [weight for weight in model.layers.parameters() if weight.dim() == 2]
    norms = [weight for weight in model.parameters() if weight.dim() == 1]
    groups = [{"params": [model.embed_tokens.weight]}, {"params": norms, "weight_decay": 0.0}]
    return muon.Muon(matrices, lr=0), torch.optim.AdamW(groups, lr=0, eps=1e-9, weight_decay=0.05)


def save(state, file):
    torch.save(state, f"{file}.tmp")
    os.replace(f"{file}.tmp", file)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=pathlib.Path, required=True, help="folder of checkpoints")
    parser.add_argument("--stories", type=int, default=stories.TRAINED, help="training stories")
    parser.add_argument("--tokens", type=int, default=2048, help="tokens in a batch")
    parser.add_argument("--every", type=int, default=200, help="steps between checkpoints")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(True)
    options.run.mkdir(parents=True, exist_ok=True)
    words = options.run / "tokenizer"
    fresh = not words.with_suffix(".model").exists()
    processor = tokenizer.train(options.stories, words) if fresh else tokenizer.load(words)
    tokenizer.export(processor, words.with_suffix(".bin"))
    shape = Shape(vocabulary=processor.vocab_size())
    train = encoded(processor, range(options.stories), shape.context)
    held_out = encoded(processor, range(stories.HELD_OUT, stories.HELD_OUT + 200), shape.context)
    model = Llama(shape)
    optimizers = optimizers_of(model)
    step, best, last = 0, math.inf, options.run / "last.pt"
    if last.exists():
        state = torch.load(last)
        model.load_state_dict(state["model"])
        for optimizer, saved in zip(optimizers, state["optimizers"]):
            optimizer.load_state_dict(saved)
        step, best = state["step"], state["best"]
    parameters = sum(weight.numel() for weight in model.parameters())
    average = sum(map(len, train)) / len(train)
    print(f"{parameters} parameters, {len(train)} stories of {average:.0f} tokens, from step {step}", flush=True)

    order, per_epoch = None, len(batches(train, options.tokens, SEED))
    started, total, seen = time.monotonic(), 0.0, 0
    while step < STEPS:
        epoch, place = divmod(step, per_epoch)
        if order is None or place == 0:
            order = batches(train, options.tokens, SEED + epoch)
        set_rates(optimizers, step)
        rows = [train[i] for i in order[place % len(order)]]
        loss = loss_of(model, rows)
        model.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
        step += 1
        total += loss.item()
        seen += sum(map(len, rows))
        if step % options.every == 0 or step == STEPS:
            now = held_out_loss(model, held_out)
            speed = seen / (time.monotonic() - started)
            print(
                f"step {step} epoch {step / per_epoch:.2f} loss {total / options.every:.4f} "
                f"held-out {now:.4f} {speed:.0f} tokens/s cpu {time.process_time():.0f} s",
                flush=True,
            )
            state = {"model": model.state_dict(), "step": step, "held_out": now, "shape": shape}
            if now < best:
                best = now
                save(state, options.run / "best.pt")
            saved = [optimizer.state_dict() for optimizer in optimizers]
            save({**state, "optimizers": saved, "best": best}, last)
            started, total, seen = time.monotonic(), 0.0, 0


if __name__ == "__main__":
    main()
