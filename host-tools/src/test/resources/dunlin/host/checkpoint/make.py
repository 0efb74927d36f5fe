"""Makes the folders beside it: tiny models with random weights as transformers saves them and as
PyTorch exports them to ONNX, and what transformers itself makes of texts. Written with transformers
5.18, torch 2.13 and onnx 1.23:
    python make.py
"""
import json
import pathlib

import onnx
import torch
import transformers as hf

HERE = pathlib.Path(__file__).parent
WORDS = """[PAD] [UNK] [CLS] [SEP] [MASK] the a of and in is who what where when lives live
river sea bird birds dun ##lin ##lins ##s wade ##r small flies fly over mud north winter summer
norway to from . , ? ' ! - 東 京 cafe ##e ##ing sing ( )""".split()
TEXTS = [
    ["Where do small Dunlins sing?", "Dunlins wade over the mud; in winter, they fly to the sea."],
    ["WHO lives in Norway?", "The café's bird (a wader) lives in 東京 - from\tsummer\nto winter!"],
    ["", "of"],
]
PAIR = [2, 8, 21, 5, 41, 3, 19, 22, 11, 49, 3]
SEGMENTS = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]


def randomise(model):
    """Also what begins as zeros and ones; activations keep their size."""
    torch.manual_seed(9)
    for name, parameter in model.named_parameters():
        centre, reach = 0.0, 0.1
        if name.endswith("LayerNorm.weight"):
            centre = 1.0
        elif name.endswith("_embeddings.weight"):
            reach = 1.0
        elif parameter.dim() == 2:
            reach = parameter.shape[1] ** -0.5
        torch.nn.init.normal_(parameter, centre, reach)


def tokenizer():
    vocabulary = HERE / "tiny-mobilebert" / "vocab.txt"
    vocabulary.parent.mkdir(exist_ok=True)
    vocabulary.write_text("\n".join(WORDS) + "\n")
    return hf.BertTokenizer.from_pretrained(vocabulary.parent, do_lower_case=True)


def expectation(model, tokens):
    encoded = [tokens(*text, return_offsets_mapping=True) for text in TEXTS]
    with torch.no_grad():
        out = model.double().eval()(torch.tensor([PAIR]), token_type_ids=torch.tensor([SEGMENTS]))
    logits = (
        torch.stack([out.start_logits[0], out.end_logits[0]], dim=1)
        if "start_logits" in out
        else out.logits[0]
    )
    return {
        "tokens": PAIR,
        "types": SEGMENTS,
        "logits": logits.flatten().tolist(),
        "texts": [
            {
                "question": text[0],
                "context": text[1],
                "tokens": one["input_ids"],
                "types": one["token_type_ids"],
                "offsets": one["offset_mapping"],
            }
            for text, one in zip(TEXTS, encoded)
        ],
    }


def export(model, folder, **how):
    """As ONNX, without the notes of where in the program each node comes from."""
    rows = [PAIR, [1] * len(PAIR), SEGMENTS]
    spans = "Question" in type(model).__name__
    file = HERE / folder / "model.onnx"
    torch.onnx.export(
        model.eval(),
        (),
        file,
        kwargs={name: torch.tensor([row]) for name, row in zip(INPUTS, rows)},
        input_names=INPUTS,
        output_names=["start_logits", "end_logits"] if spans else ["logits"],
        **how,
    )
    graph = onnx.load(file)
    del graph.metadata_props[:], graph.graph.metadata_props[:], graph.graph.value_info[:]
    for node in graph.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.save(graph, file)


def save(model, folder, tokens, **how):
    randomise(model)
    model.save_pretrained(HERE / folder)
    export(model, folder, **how)
    (HERE / folder / "expected.json").write_text(
        json.dumps(expectation(model, tokens), indent=1, ensure_ascii=False) + "\n"
    )


def main():
    tokens = tokenizer()
    save(
        hf.MobileBertForQuestionAnswering(
            hf.MobileBertConfig(
                vocab_size=len(WORDS),
                embedding_size=5,
                hidden_size=14,
                true_hidden_size=6,
                intra_bottleneck_size=6,
                num_attention_heads=3,
                intermediate_size=11,
                num_feedforward_networks=3,
                num_hidden_layers=2,
                max_position_embeddings=48,
            )
        ),
        "tiny-mobilebert",
        tokens,
        dynamo=False,
        opset_version=17,
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in INPUTS},
    )
    (HERE / "tiny-mobilebert" / "tokenizer_config.json").write_text('{"do_lower_case": true}\n')
    save(
        hf.BertForSequenceClassification(
            hf.BertConfig(
                vocab_size=len(WORDS),
                hidden_size=12,
                num_attention_heads=3,
                intermediate_size=17,
                num_hidden_layers=2,
                max_position_embeddings=48,
                id2label={0: "wader", 1: "gull", 2: "tern"},
                label2id={"wader": 0, "gull": 1, "tern": 2},
            )
        ),
        "tiny-bert",
        tokens,
        dynamo=True,
        opset_version=23,
        dynamic_shapes={name: {1: torch.export.Dim("tokens", max=48)} for name in INPUTS},
        external_data=False,
    )
    tokens.save_pretrained(HERE / "tiny-bert")


if __name__ == "__main__":
    main()
