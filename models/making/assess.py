#!/usr/bin/python3
"""Figures and stories of a checkpoint for its card.

    ./assess.py --run /tmp/run --train 12000 > figures.md
"""
import argparse
import pathlib
import re

import torch

import generate
import overlap
import stories
import tokenizer
import train

SAMPLES, TEMPERATURE, SEED = 200, 0.8, 1
PROMPTS = [
    "Once upon a time",
    "One day, a dog",
    "In a little house",
    "Long ago, a young bear",
    "This is the story of Mila",
    "One rainy morning",
    "Far away",
    "Tom the cat",
    "There was once a brave hen",
    "It was a cold day in Pine Hill",
]


def told(processor, model, prompts, temperature=0.0, seed=0):
    """Texts, and whether each came to its end."""
    rows = [[tokenizer.BEGIN, *processor.encode(prompt)] for prompt in prompts]
    out = generate.generate(model, rows, temperature, seed)
    ended = [row[-1] == tokenizer.END for row in out]
    return [processor.decode(row).strip() for row in out], ended


def sentences(text):
    """Split behind a stop (and its quotation mark) that a capital or a quotation mark follows."""
    return re.split(r'(?<=[.!?])"? (?="?[A-Z])', text)


def names(text):
    """Words with a capital where none is due, so not at the beginning of a sentence or of speech."""
    inner = re.sub(r'(^|[.!?:]"? |")"?[A-Z]\w*', " ", text)
    return {word.removesuffix("'s") for word in re.findall(r"\b[A-Z][a-z]+(?:'s)?", inner)}


def names_kept(text):
    """Whether each name in the last third of a story stands in its first third."""
    parts = sentences(text)
    third = max(1, len(parts) // 3)
    return names(" ".join(parts[-third:])) <= set(re.findall(r"[A-Z][a-z]+", " ".join(parts[:third])))


def is_whole(sentence, vocabulary):
    """Capital, stop, and only words that the training stories know, or names."""
    bare = sentence.strip(' "')
    known = all(word in vocabulary for word in re.findall(r"\b[a-z]+\b", bare))
    stutter = re.search(r"\b(\w+) \1\b", bare)
    return bool(re.match(r"[A-Z]", bare) and bare[-1:] in ".!?," and known and not stutter)


def share(marks):
    marks = list(marks)
    return f"{sum(marks) / len(marks):.1%}"


def report(texts, vocabulary):
    every = [sentence for text in texts for sentence in sentences(text + " ")]
    quotes = share(text.count('"') % 2 == 0 for text in texts)
    print(f"- names kept: {share(map(names_kept, texts))} of stories")
    print(f"- sentences whole: {share(is_whole(s, vocabulary) for s in every)} of {len(every)}")
    print(f"- quotation marks in pairs: {quotes} of stories")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=pathlib.Path, required=True, help="folder of checkpoints")
    parser.add_argument("--train", type=int, default=12_000, help="training stories that were fed")
    parser.add_argument("--samples", type=pathlib.Path, help="writes the sampled stories there")
    options = parser.parse_args()
    torch.set_num_threads(1)
    processor = tokenizer.load(options.run / "tokenizer")
    model = generate.load(options.run / "best.pt")
    held_out = train.encoded(
        processor, range(stories.HELD_OUT, stories.HELD_OUT + 500), model.shape.context
    )
    print(f"- held-out loss: {train.held_out_loss(model, held_out):.4f} nats a token, float16 weights")

    sampled, ended = told(processor, model, [""] * SAMPLES, TEMPERATURE, SEED)
    vocabulary = {w for seed in range(2000) for w in re.findall(r"\b[a-z]+\b", stories.story(seed))}
    lengths = [len(processor.encode(text)) for text in sampled]
    print(f"\n{SAMPLES} stories sampled at temperature {TEMPERATURE}, seed {SEED}, no prompt:\n")
    print(f"- ended by themselves: {share(ended)}")
    print(f"- tokens: {min(lengths)} to {max(lengths)}, {sum(lengths) / SAMPLES:.0f} on average")
    print(f"- at least 150 tokens: {share(length >= 150 for length in lengths)}")
    report(sampled, vocabulary)
    found = overlap.shared(sampled, options.train)
    print(f"- no run of {overlap.RUN} words in common with the training stories: {share(not f for f in found)}")
    print("\nThe same of 200 held-out stories of the grammar itself:\n")
    grammar = [stories.story(stories.HELD_OUT + i) for i in range(SAMPLES)]
    report(grammar, vocabulary)
    found = overlap.shared(grammar, options.train)
    print(f"- no run of {overlap.RUN} words in common with the training stories: {share(not f for f in found)}")

    print("\n## Ten greedy stories")
    for prompt, text in zip(PROMPTS, told(processor, model, PROMPTS)[0]):
        print(f"\n**{prompt}**{text.removeprefix(prompt)}")
    print("\n## Ten sampled stories")
    for text in sampled[:10]:
        print(f"\n{text}")
    if options.samples:
        options.samples.write_text(f"\n{stories.SEPARATOR}\n".join(sampled) + "\n")


if __name__ == "__main__":
    main()
