"""Makes group-sequential.json. Boundaries and probabilities are of the project's outside reference collection (Gauss-Legendre
recursion, checked against rpact); designs are gsDesign's (group-sequential.R, whose output is the argument); inference
after the stop is integrated here by SciPy for two looks, without a recursion.

python3 group-sequential.py statistics.json designs.json > group-sequential.json
"""
import json
import sys

import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import norm

cases = [
    {k: c[k] for k in ("id", "fn", "input", "expected", "rtol", "source")}
    for c in json.load(open(sys.argv[1]))["cases"]
    if c["family"] == "group_sequential"
]
designs = open(sys.argv[2]).read().strip().rstrip(",")
cases += json.loads("[" + designs + "]")


def above(looks, z, drift):
    """P(an outcome at least this high in the order of the stages), two looks."""
    (t1, lo, hi), (t2, _, _) = looks
    first = norm.sf(hi - drift * np.sqrt(t1))
    s = z * np.sqrt(t2)

    def inner(x):
        return norm.pdf(x - drift * np.sqrt(t1)) * norm.sf((s - x * np.sqrt(t1) - drift * (t2 - t1)) / np.sqrt(t2 - t1))

    return first + quad(inner, max(lo, -12 + drift), hi, epsabs=1e-14, epsrel=1e-13, limit=500)[0]


for looks, z in [
    ([(0.5, -2.9626, 2.9626), (1, -1.9686, 1.9686)], 2.2),
    ([(0.3, -2.2, 2.2), (0.9, -2.3, 2.3)], -0.4),
    ([(0.6, -np.inf, 2.1), (1.1, -np.inf, 2.0)], 1.1),
]:
    at = lambda p: brentq(lambda d: above(looks, z, d) - p, -14, 14, xtol=1e-13) * np.sqrt(looks[1][0])
    higher = above(looks, z, 0)
    cases.append({
        "id": f"stagewise {z}",
        "fn": "stagewise",
        "input": {
            "fractions": [t for t, _, _ in looks],
            "lower": ["-Infinity" if np.isinf(l) else l for _, l, _ in looks],
            "upper": [u for _, _, u in looks],
            "z": z,
        },
        "expected": {"value": at(0.5), "interval": [at(0.025), at(0.975)], "pValue": 2 * min(higher, 1 - higher)},
        "rtol": 1e-8,
        "source": "SciPy quad and brentq",
    })
print(json.dumps({"meta": {"made": "test/reference/group-sequential.py, group-sequential.R"}, "cases": cases}, indent=1))
