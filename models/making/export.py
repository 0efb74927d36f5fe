#!/usr/bin/python3
"""Writes a checkpoint as a Hugging Face folder, in float16, with llama2.c's tokenizer.bin.

    ./export.py --run /tmp/run --to ../stint
"""
import argparse
import json
import pathlib
import shutil
import struct

import torch

import tokenizer


def config(shape):
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_size": shape.dim,
        "intermediate_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": shape.kv_heads,
        "head_dim": shape.head,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.context,
        "rms_norm_eps": shape.epsilon,
        "rope_theta": shape.theta,
        "hidden_act": "silu",
        "tie_word_embeddings": True,
        "bos_token_id": tokenizer.BEGIN,
        "eos_token_id": tokenizer.END,
        "torch_dtype": "float16",
    }


def write_safetensors(tensors, file):
    """Length of the header, the header in JSON, the tensors one after the other."""
    header, place, parts = {"__metadata__": {"format": "pt"}}, 0, []
    for name, tensor in tensors.items():
        data = tensor.half().contiguous().numpy().astype("<f2").tobytes()
        offsets = [place, place + len(data)]
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": offsets}
        parts.append(data)
        place += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    file.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=pathlib.Path, required=True, help="folder of checkpoints")
    parser.add_argument("--to", type=pathlib.Path, required=True, help="the model's folder")
    options = parser.parse_args()
    state = torch.load(options.run / "best.pt")
    options.to.mkdir(parents=True, exist_ok=True)
    weights = {f"model.{name}": weight for name, weight in state["model"].items()}
    write_safetensors(weights, options.to / "model.safetensors")
    (options.to / "config.json").write_text(json.dumps(config(state["shape"]), indent=2) + "\n")
    shutil.copyfile(options.run / "tokenizer.bin", options.to / "tokenizer.bin")
    print(f"step {state['step']}, held-out loss {state['held_out']:.4f}")


if __name__ == "__main__":
    main()
