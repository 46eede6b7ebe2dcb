"""Deduplicates a JSON-lines file as is usual in Python: datasketch and python-Levenshtein.

Arguments: the input, a JSON string on each line; the output, for pairs of line numbers from 0.
The last line on standard output has the seconds for all but reading, writing and importing.
"""

import hashlib
import json
import sys
import time
import unicodedata

from datasketch import MinHash, MinHashLSH
from Levenshtein import distance

PERMUTATIONS = 128
THRESHOLD = 0.8
GRAM = 3
NEAR = 0.2


def normalized(text):
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def grams(text):
    return [text[i : i + GRAM].encode() for i in range(max(1, len(text) - GRAM + 1))]


def near_pairs(texts):
    unique = {}
    for number, text in enumerate(texts):
        text = normalized(text)
        unique.setdefault(hashlib.sha256(text.encode()).digest(), (number, text))
    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    seen = {}
    pairs = []
    for number, text in unique.values():
        signature = MinHash(num_perm=PERMUTATIONS)
        signature.update_batch(grams(text))
        for other in lsh.query(signature):
            longer = max(len(text), len(seen[other]))
            if distance(text, seen[other]) < NEAR * longer:
                pairs.append((other, number))
        lsh.insert(number, signature)
        seen[number] = text
    return pairs


def main(source, target):
    with open(source, encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    start = time.perf_counter()
    pairs = near_pairs(texts)
    seconds = time.perf_counter() - start
    with open(target, "w", encoding="utf-8") as out:
        for first, second in pairs:
            out.write(f"{first}\t{second}\n")
    print(f"{seconds:.6f}")


main(sys.argv[1], sys.argv[2])
