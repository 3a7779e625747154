"""Makes vectors.bin: what each word piece of a sentence encoder means, as a table.

    python3 distill.py MODEL.onnx TOKENIZER.json vectors.bin

Each piece is given to the encoder alone, and what comes out is its vector. Of these, the 192 directions in which pieces differ most are
kept (principal components, without the common mean), in one signed byte each. Needs numpy, onnxruntime and tokenizers.

Format, big-endian: int count, int dimensions; then, for each piece in the order of the encoder's vocabulary: its text as two bytes of
length and UTF-8 ("##" before one that goes on within a word), and a byte for each dimension, of which the greatest is 127.
"""

import re
import struct
import sys

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

DIMENSIONS = 192
BATCH = 256

model, tokenizer, out = sys.argv[1:]
vocabulary = Tokenizer.from_file(tokenizer).get_vocab()
start, end = vocabulary["[CLS]"], vocabulary["[SEP]"]
pieces = sorted((at, text) for text, at in vocabulary.items() if re.fullmatch(r"(##)?[a-z]+", text))
session = onnxruntime.InferenceSession(model)
vectors = []
for first in range(0, len(pieces), BATCH):
    ids = np.array([[start, at, end] for at, _ in pieces[first : first + BATCH]], dtype=np.int64)
    given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    vectors.append(session.run(None, given)[0].mean(axis=1))
vectors = np.concatenate(vectors)
vectors -= vectors.mean(axis=0)
_, _, directions = np.linalg.svd(vectors, full_matrices=False)
kept = vectors @ directions[:DIMENSIONS].T
scaled = np.rint(kept / np.abs(kept).max(axis=1, keepdims=True) * 127).astype(np.int8)
lengths = np.linalg.norm(kept, axis=1)
print(f"{len(pieces)} pieces; lengths {lengths.min():.2f} to {lengths.max():.2f}")
with open(out, "wb") as file:
    file.write(struct.pack(">ii", len(pieces), DIMENSIONS))
    for (_, text), vector in zip(pieces, scaled):
        file.write(struct.pack(">H", len(text)) + text.encode() + vector.tobytes())
