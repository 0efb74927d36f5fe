#!/usr/bin/python3
"""Measures a checkpoint, and writes the model's card.

    ./assess.py --run RUN [--evaluation evaluation.json] [--card ../stint/README.md]
"""
import argparse
import json
import pathlib
import re
import string

import torch

import generate
import overlap
import stories
import tokenizer
import train

CARD = pathlib.Path(__file__).parent / "card.md"
SAMPLES, TEMPERATURE, SEED = 200, 0.8, 1
FIRST, LAST = ["he_name", "she_name"], ["surname"]  # rules of the grammar
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
DAYS = {"Monday", "Mondays", "Friday", "Fridays", "Sunday", "Sundays"}


def told(processor, model, prompts, temperature=0.0, seed=0):
    """Texts, and whether each came to its end."""
    rows = [[tokenizer.BEGIN, *processor.encode(prompt)] for prompt in prompts]
    out = generate.generate(model, rows, temperature, seed)
    return [processor.decode(row).strip() for row in out], [row[-1] == tokenizer.END for row in out]


def sentences(text):
    """Split behind a stop (and its quotation mark) that a capital or a quotation mark follows."""
    return re.split(r'(?<=[.!?])"? (?="?[A-Z])', text)


def names(text):
    """Words with a capital where none is due, so not at the beginning of a sentence or of speech."""
    inner = re.sub(r'(^|[.!?:]"? |")"?[A-Z]\w*', " ", text)
    return set(re.findall(r"\b[A-Z][a-z]+", inner)) - DAYS


def names_kept(text):
    """Whether each name in the last third of a story stands before it."""
    parts = sentences(text)
    end = -max(1, len(parts) // 3)
    return names(" ".join(parts[end:])) <= set(re.findall(r"[A-Z][a-z]+", " ".join(parts[:end])))


def surnames_kept(text):
    """Whether each first name has one surname."""
    rules = stories.Grammar().rules
    first, last = ("|".join(c.text for r in names for c in rules[r]) for names in (FIRST, LAST))
    pairs = set(re.findall(rf"\b({first}) ({last})\b", text))
    return len(pairs) == len({name for name, _ in pairs})


def is_whole(sentence, vocabulary):
    """Capital, stop, and only words that the training stories know, or names."""
    bare = sentence.strip(' "')
    known = all(word in vocabulary for word in re.findall(r"\b[a-z]+\b", bare))
    stutter = re.search(r"\b(\w+) \1\b", bare)
    return bool(re.match(r"[A-Z]", bare) and bare[-1:] in ".!?," and known and not stutter)


def percent(marks):
    marks = list(marks)
    return f"{100 * sum(marks) / len(marks):.1f} %"


def figures(texts, processor, vocabulary, count):
    """What is measured of the model's stories and of the grammar's alike."""
    every = [sentence for text in texts for sentence in sentences(text)]
    lengths = [len(processor.encode(text)) for text in texts]
    return {
        "tokens": f"{sum(lengths) / len(lengths):.0f} ({min(lengths)} to {max(lengths)})",
        "long": percent(length >= 150 for length in lengths),
        "names": percent(map(names_kept, texts)),
        "surnames": percent(map(surnames_kept, texts)),
        "whole": percent(is_whole(sentence, vocabulary) for sentence in every),
        "quotes": percent(text.count('"') % 2 == 0 for text in texts),
        "fresh": percent(not run for run in overlap.shared(texts, count)),
    }


def of_model(options, processor):
    """The checkpoint's figures and stories."""
    model = generate.load(options.run / "best.pt")
    state, shape = torch.load(options.run / "best.pt"), model.shape
    seeds = range(stories.HELD_OUT, stories.HELD_OUT + 500)
    sampled, ended = told(processor, model, [""] * SAMPLES, TEMPERATURE, SEED)
    greedy = told(processor, model, PROMPTS)[0]
    vocabulary = {w for seed in range(3000) for w in re.findall(r"\b[a-z]+\b", stories.story(seed))}
    own = [stories.story(seed) for seed in seeds[:SAMPLES]]
    grammar = figures(own, processor, vocabulary, options.train)
    weights = sum(weight.numel() for weight in model.parameters())
    return {
        **vars(shape),
        **figures(sampled, processor, vocabulary, options.train),
        **{f"grammar_{name}": figure for name, figure in grammar.items()},
        "head": shape.head,
        "parameters": f"{weights:,}",
        "bytes": f"{2 * weights:,}",
        "steps": state["step"],
        "plots": len(stories.Grammar().plots),
        "train": options.train,
        "last_seed": options.train - 1,
        "ended": percent(ended),
        "held_out": f"{train.held_out_loss(model, train.encoded(processor, seeds, shape.context)):.3f}",
        "stories": shown(greedy, sampled),
    }


def shown(greedy, sampled):
    lines = ["## Ten greedy stories", "The prompt in bold; nothing was edited or picked."]
    lines += [
        f"**{prompt}**{text.removeprefix(prompt)}" for prompt, text in zip(PROMPTS, greedy)
    ]
    lines += ["## Ten sampled stories", "The first ten of the 200, unedited."]
    return "\n\n".join(lines + sampled[:10])


def of_evaluation(file):
    """What ``dunlin evaluate --json`` says."""
    if file is None:
        return dict.fromkeys(("float_perplexity", "int8_perplexity", "int8_loss", "agreement"), "?")
    report = json.loads(file.read_text())
    return {
        "float_perplexity": f"{report['floatPerplexity']:.3f}",
        "int8_perplexity": f"{report['int8Perplexity']:.3f}",
        "int8_loss": f"{100 * report['perplexityLoss']:+.2f} %",
        "agreement": f"{100 * report['agreement']:.1f} %",
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=pathlib.Path, required=True, help="folder of checkpoints")
    parser.add_argument("--train", type=int, default=stories.TRAINED, help="training stories that were fed")
    parser.add_argument("--evaluation", type=pathlib.Path, help="of dunlin evaluate --json")
    parser.add_argument("--card", type=pathlib.Path, help="where to write the card; else stdout")
    options = parser.parse_args()
    torch.set_num_threads(1)
    processor = tokenizer.load(options.run / "tokenizer")
    found = {**of_model(options, processor), **of_evaluation(options.evaluation)}
    card = string.Template(CARD.read_text()).substitute(found)
    if options.card:
        options.card.write_text(card)
    else:
        print(card, end="")


if __name__ == "__main__":
    main()
