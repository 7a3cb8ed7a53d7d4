"""Reference values for src/definition/designs, by brute force with numpy: J-characteristics over all subsets,
alias matrices by least squares, D-optimal subsets by trying all of them. Run: python3 designs.py > designs.json"""
import itertools, json, sys
import numpy as np

def helmert(s):
    return np.array([[(-1 if l <= c else c + 1 if l == c + 1 else 0) * np.sqrt(s / ((c + 1) * (c + 2)))
                      for c in range(s - 1)] for l in range(s)])

def columns(runs, levels, effect):
    X = np.ones((len(runs), 1))
    for f in effect:
        H = helmert(levels[f])[runs[:, f]]
        X = np.einsum("ri,rj->rij", X, H).reshape(len(runs), -1)
    return X

def word_lengths(runs, levels):
    k = len(levels)
    A = [1.0] + [0.0] * k
    for j in range(1, k + 1):
        for S in itertools.combinations(range(k), j):
            A[j] += float((columns(runs, levels, S).mean(0) ** 2).sum())
    return [round(a, 9) for a in A]

def fraction(k, generators):
    base = [i for i in range(k) if i not in [g[0] for g in generators]]
    full = np.array(list(itertools.product([-1, 1], repeat=len(base))))
    X = np.zeros((len(full), k), int)
    for b, i in enumerate(base): X[:, i] = full[:, b]
    for f, product, sign in generators: X[:, f] = sign * np.prod(X[:, product], axis=1)
    return (X + 1) // 2

L = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
fractions = []
for k, gens in [(3, ["C=AB"]), (4, ["D=ABC"]), (4, ["D=-ABC"]), (5, ["E=ABCD"]), (5, ["D=AB", "E=AC"]), (6, ["E=ABC", "F=BCD"]),
                (6, ["D=AB", "E=AC", "F=BC"]), (7, ["D=AB", "E=AC", "F=BC", "G=ABC"]), (7, ["E=ABC", "F=BCD", "G=ACD"]),
                (8, ["E=BCD", "F=ACD", "G=ABC", "H=ABD"]), (8, ["F=ABC", "G=ABD", "H=BCDE"]), (7, ["G=ABCDEF"])]:
    parsed = []
    for g in gens:
        left, right = g.split("=")
        sign = -1 if right[0] == "-" else 1
        parsed.append((L.index(left), [L.index(c) for c in right.lstrip("-")], sign))
    runs = fraction(k, parsed)
    X = 2 * runs - 1
    words = []
    for j in range(1, k + 1):
        for S in itertools.combinations(range(k), j):
            m = X[:, S].prod(1)
            if abs(m.sum()) == len(X): words.append(("-" if m[0] < 0 else "") + ":".join(L[i] for i in S))
    wlp = word_lengths(runs, [2] * k)
    fractions.append({"factors": k, "generators": gens, "runs": len(runs), "words": words, "wordLengths": wlp,
                      "resolution": next(j for j in range(1, k + 1) if wlp[j] > 0)})

PB = {4: "110", 8: "1110100", 12: "11011100010", 16: "111101011001000", 20: "1100111101010000110", 24: "11111010110011001010000"}
plackett = []
for n, first in PB.items():
    f = np.array([int(c) for c in first])
    runs = np.vstack([np.zeros(n - 1, int)] + [np.roll(f, i) for i in range(n - 1)])
    X = 2 * runs - 1
    pairs = list(itertools.combinations(range(n - 1), 2))
    M = np.column_stack([np.ones(n), X])
    Z = np.column_stack([X[:, a] * X[:, b] for a, b in pairs])
    A = np.linalg.lstsq(M, Z, rcond=None)[0]
    k = min(n - 1, 6)
    entry = {"runs": n, "aliasesOfFirst": [{"pair": [a, b], "coefficient": round(float(A[1, c]), 9)}
             for c, (a, b) in enumerate(pairs) if abs(A[1, c]) > 1e-9],
             "wordLengthsOfFirst": {"factors": k, "wordLengths": word_lengths(runs[:, :k], [2] * k)}}
    plackett.append(entry)
f = np.array([int(c) for c in PB[12]])
pb12 = np.vstack([np.zeros(11, int)] + [np.roll(f, i) for i in range(11)])
projection = []
for S in itertools.combinations(range(11), 4):
    R = pb12[:, S]
    M = np.hstack([columns(R, [2] * 4, e) for o in range(3) for e in itertools.combinations(range(4), o)])
    projection.append((int(np.linalg.matrix_rank(M)), round(float(np.linalg.det(M.T @ M / 12)) ** (1 / 11), 9)))

optimal = []
def best(levels, forbid, n, effects):
    cand = np.array([r for r in itertools.product(*[range(s) for s in levels]) if not any(all(r[i] == v for i, v in p.items()) for p in forbid)])
    M = np.hstack([columns(cand, levels, e) for e in [()] + effects])
    top = max(np.linalg.det(M[list(S)].T @ M[list(S)] / n) for S in itertools.combinations(range(len(cand)), n))
    optimal.append({"levels": levels, "forbid": [[[i, v] for i, v in p.items()] for p in forbid], "runs": n, "effects": [list(e) for e in effects],
                    "candidates": len(cand), "efficiency": round(float(top) ** (1 / M.shape[1]), 9)})
best([2, 2, 2, 2], [{0: 1, 1: 1}], 6, [(0,), (1,), (2,), (3,)])
best([3, 2, 2], [{0: 2, 1: 1}], 6, [(0,), (1,), (2,)])
best([3, 3, 2], [], 7, [(0,), (1,), (2,)])
best([2, 2, 2, 2], [], 8, [(0,), (1,), (2,), (3,), (0, 1)])
best([3, 2, 3], [{0: 0, 2: 2}, {0: 1, 1: 1, 2: 0}], 8, [(0,), (1,), (2,)])
best([2, 2, 4], [{0: 1, 2: 3}], 9, [(0,), (1,), (2,), (0, 1)])
json.dump({"meta": {"maker": f"designs.py beside this file, numpy {np.__version__}, python {sys.version.split()[0]}",
                    "source": "Box, Hunter & Hunter (2005), table of two-level fractions; Plackett & Burman (1946)"},
           "fractions": fractions, "plackettBurman": plackett,
           "projectionsOfPb12": {"rank": min(r for r, _ in projection), "efficiencies": sorted(set(e for _, e in projection))},
           "optimal": optimal}, sys.stdout)
