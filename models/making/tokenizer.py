#!/usr/bin/python3
"""Trains the byte-pair tokenizer on stories and writes it as llama2.c's tokenizer.bin.

    ./tokenizer.py --stories 20000 --out /tmp/run/tokenizer
"""
import argparse
import pathlib
import struct

import sentencepiece

import stories

VOCABULARY = 1440
BEGIN, END = 1, 2  # as in llama2.c


def train(count, model, vocabulary=VOCABULARY):
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=(stories.story(seed) for seed in range(count)),
        model_prefix=str(model),
        model_type="bpe",
        vocab_size=vocabulary,
        byte_fallback=True,
        character_coverage=1.0,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        split_digits=True,
        num_threads=1,
        minloglevel=2,
    )
    return load(model)


def load(model):
    return sentencepiece.SentencePieceProcessor(model_file=f"{model}.model")


def export(processor, file):
    """For each token its score, and its text with spaces as spaces; see Llama2cTokenizer."""
    pieces = []
    for token in range(processor.vocab_size()):
        text = processor.id_to_piece(token).replace("\u2581", " ")
        text = {BEGIN: "\n<s>\n", END: "\n</s>\n"}.get(token, text)  # llama2.c's
        pieces.append((processor.get_score(token), text.encode()))
    with open(file, "wb") as out:
        out.write(struct.pack("<i", max(len(piece) for _, piece in pieces)))
        for score, piece in pieces:
            out.write(struct.pack("<fi", score, len(piece)) + piece)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--stories", type=int, default=20_000)
    parser.add_argument("--vocabulary", type=int, default=VOCABULARY)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="writes OUT.model and OUT.bin")
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    processor = train(options.stories, options.out, options.vocabulary)
    export(processor, f"{options.out}.bin")
    lengths = [len(processor.encode(stories.story(stories.HELD_OUT + i))) for i in range(500)]
    print(f"tokens a story: {min(lengths)} to {max(lengths)}, {sum(lengths) / len(lengths):.0f} on average")
