# Points of the format "murmur3-1", from Python: seed = murmur3(salt, domain); hash = finalize(murmur3(unit, seed) ^ seed);
# the exposure id. Works on bytes; shares nothing with src/hash.   python3 assignment.py > assignment.json
import json, struct, sys

M = 0xFFFFFFFF
def rotl(x, r): return ((x << r) | (x >> (32 - r))) & M
def finalize(h):
    h ^= h >> 16; h = h * 0x85EBCA6B & M
    h ^= h >> 13; h = h * 0xC2B2AE35 & M
    return h ^ h >> 16
def murmur3(text, seed):
    data = text.encode("utf-8"); h = seed; whole = len(data) // 4 * 4
    def scramble(k): return rotl(k * 0xCC9E2D51 & M, 15) * 0x1B873593 & M
    for (k,) in struct.iter_unpack("<I", data[:whole]):
        h = (rotl(h ^ scramble(k), 13) * 5 + 0xE6546B64) & M
    if data[whole:]: h ^= scramble(int.from_bytes(data[whole:], "little"))
    return finalize(h ^ len(data))
def hash_of(seed, text): return finalize(murmur3(text, seed) ^ seed)
def exposure_id(experiment, version, unit, variant):
    lanes = []
    for lane in range(4):
        seed = hash_of(murmur3(experiment, 6 + (lane << 16)), str(version))
        lanes.append("%08x" % hash_of(hash_of(seed, unit), variant))
    return "".join(lanes)

units = ["user-1", "0f8fad5b-d9cb-469f-a165-70867728950e", "Zoë", "naïve café", "日本語", "用户-42", "😀", "👩‍👩‍👧", "7"]
points = [[salt, domain, unit, hash_of(murmur3(salt, domain), unit)]
          for salt in ["cta", "größe", "実験"] for domain in [1, 2, 3, 4, 5, 6, 7] for unit in units]
exposures = [["checkout", 3, "Zoë", "b"], ["cta", 1, "user-1", "control"], ["実験", 12, "😀", "ü"]]
json.dump({"maker": "test/reference/assignment.py, Python " + sys.version.split()[0], "points": points,
           "exposures": [e + [exposure_id(*e)] for e in exposures]}, sys.stdout, ensure_ascii=False, indent=0)
