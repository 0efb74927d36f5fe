#!/usr/bin/python3
"""How many stories share a run of 12 words with the stories of the training seeds.

    ./overlap.py --stories 300           held-out stories of the grammar
    ./overlap.py --text samples.txt      stories from a file
"""
import argparse
import collections
import pathlib
import re

import stories

RUN = 12


def words(text):
    return re.findall(r"[a-z']+", text.lower())


def runs(text):
    """The set of all runs of 12 words; punctuation and capitals do not count."""
    found = words(text)
    return {" ".join(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


def shared(candidates, train):
    """For each candidate, its runs that occur in one of the first ``train`` training stories."""
    wanted = [runs(text) for text in candidates]
    union = set().union(*wanted)
    seen = set()
    for seed in range(train):
        seen |= union & runs(stories.story(seed))
    return [each & seen for each in wanted]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--train", type=int, default=stories.TRAINED, help="training stories, seeds from 0")
    parser.add_argument("--stories", type=int, default=300, help="held-out stories of the grammar")
    parser.add_argument("--text", type=pathlib.Path, help="take the stories from this file instead")
    parser.add_argument("--show", type=int, default=30, help="shared runs to print")
    options = parser.parse_args()
    if options.text:
        texts = [t for t in options.text.read_text().split(stories.SEPARATOR) if t.strip()]
    else:
        texts = [stories.story(stories.HELD_OUT + i) for i in range(options.stories)]
    found = shared(texts, options.train)
    count = collections.Counter(run for each in found for run in sorted(each)[:1])
    for run, _ in count.most_common(options.show):
        print(run)
    share = sum(map(bool, found)) / len(texts)
    print(f"{share:.1%} of {len(texts)} stories share {RUN} words with {options.train} training stories")
