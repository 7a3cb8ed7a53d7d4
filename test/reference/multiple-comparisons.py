"""Writes multiple-comparisons.json: upper tails of the studentized range (Tukey) and of Dunnett's largest t.

usage: python3 multiple-comparisons.py > multiple-comparisons.json
Gauss-Legendre quadrature in double precision with far more nodes than needed, about 1e-12 relative.
"""
import json

import numpy as np
import scipy
from scipy import special

NODES, WEIGHTS = np.polynomial.legendre.leggauss(400)
INFINITY = float("inf")


def upper(z):
    return special.ndtr(-z)


def integral(f, low, high, panels):
    edges = np.linspace(low, high, panels + 1)
    total = 0.0
    for left, right in zip(edges[:-1], edges[1:]):
        total += (right - left) / 2 * np.sum(WEIGHTS * f((left + right) / 2 + (right - left) / 2 * NODES))
    return total


def density(z):
    return np.exp(-z * z / 2) / np.sqrt(2 * np.pi)


def range_upper(w, k):
    def f(z):
        q = upper(z)
        return k * density(z) * q ** (k - 1) * -np.expm1((k - 1) * np.log1p(-np.minimum(upper(z + w) / q, 1)))

    return integral(f, -w - 10, 10, 6)


def dunnett_upper(c, ratios, two_sided):
    load = np.sqrt([[r / (1 + r)] for r in ratios])
    rest = np.sqrt(1 - load**2)

    def f(z):
        p = upper((c - load * z) / rest) + (upper((c + load * z) / rest) if two_sided else 0)
        return density(z) * -np.expm1(np.sum(np.log1p(-np.minimum(p, 1)), axis=0))

    return integral(f, -10 - abs(c), 10 + abs(c), 6)


def scale_average(f, df):
    if df == INFINITY:
        return f(1.0)
    log_constant = np.log(2) + df / 2 * np.log(df / 2) - special.gammaln(df / 2)
    spread = 14 / np.sqrt(2 * df)

    def g(v):
        weight = np.exp(log_constant + df * v - df * np.exp(2 * v) / 2)
        return np.array([w * f(np.exp(x)) if w > 1e-40 else 0 for w, x in zip(weight, v)])

    return integral(g, -min(60 / df + spread, 60), np.log1p(spread + 60 / df), 1)


def jsonable(df):
    return df if df < INFINITY else "Infinity"


tukey = [(3.5, 3, 10), (0.5, 2, 5), (0.2, 4, 1), (8, 3, 2), (12, 10, 50), (30, 5, 20), (15, 50, 1000), (2, 2, 1),
         (4.5, 100, INFINITY), (9, 3, INFINITY), (60, 3, 3), (1, 20, 8), (6, 8, 0.7), (8, 1000, INFINITY), (9, 200, 40)]
dunnett = [(2.5, [1, 1, 1], INFINITY, True), (3, [0.5] * 5, INFINITY, True), (3.5, [1] * 10, 539, True),
           (2.1, [1, 2, 0.25], 12, True), (2.1, [1, 2, 0.25], 12, False), (-0.5, [1, 1], 30, False),
           (8, [0.1, 9], 25, True), (0.3, [1] * 4, 3, True), (12, [1, 1, 1], INFINITY, True),
           (5, [0.01, 100, 1], 60, False), (40, [1, 1], 4, True), (1.5, [1], 10, True), (4, [10] * 300, INFINITY, False)]

with np.errstate(divide="ignore"):
    rows = {
        "tukey": [[[q, k, jsonable(df)], float(scale_average(lambda s: range_upper(q * s, k), df))] for q, k, df in tukey],
        "dunnett": [
            [[t, ratios, jsonable(df), "two-sided" if two_sided else "greater"],
             float(scale_average(lambda s: dunnett_upper(t * s, ratios, two_sided), df))]
            for t, ratios, df, two_sided in dunnett
        ],
    }
meta = {"maker": "multiple-comparisons.py", "scipy": scipy.__version__, "numpy": np.__version__, "relativeError": 1e-11}
print("{")
print(f'"meta": {json.dumps(meta)}', end="")
for name, points in rows.items():
    print(f',\n"{name}": [\n' + ",\n".join(json.dumps(row, separators=(",", ":")) for row in points) + "\n]", end="")
print("\n}")
