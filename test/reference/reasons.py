# What each step adds to a difference of means, from rows and not from moments: the logarithmic mean with 50 digits, and the
# standard error as that of the sum of every unit's influence, found by leaving a little of the unit's weight out.
#
# usage: python reasons.py > reasons.json
# Needs Python 3 alone.
import json
from decimal import Decimal, getcontext
from random import Random

getcontext().prec = 50


def logarithmic_mean(a, b):
    return a if a == b else (b - a) / (b.ln() - a.ln())


def parts(control, treatment):
    """control, treatment: means of the steps"""
    size = logarithmic_mean(control[-1], treatment[-1])
    found = []
    for i in range(len(control)):
        before = [1, 1] if i == 0 else [control[i - 1], treatment[i - 1]]
        found.append(size * ((treatment[i] / before[1]).ln() - (control[i] / before[0]).ln()))
    return found


def means(rows):
    return [sum(column) / len(rows) for column in zip(*rows)]


def variances(rows, of):
    """Σ influence² / (n (n − 1)); the influence by the derivative as a unit's weight grows"""
    n = len(rows)
    centre = means(rows)
    step = Decimal(10) ** -20
    plain = of(centre)
    seen = {}
    for row in rows:
        if row not in seen:
            moved = of([m + step * (x - m) for m, x in zip(centre, row)])
            seen[row] = [(a - b) / step for a, b in zip(moved, plain)]
    influences = [seen[row] for row in rows]
    return [sum(x * x for x in column) / (n * (n - 1)) for column in zip(*influences)]


def arm(random, n, buys, again, size):
    rows = []
    for _ in range(n):
        orders = 0
        if random.random() < buys:
            orders = 1
            while random.random() < again:
                orders += 1
        amount = sum(round(random.lognormvariate(size, 0.8), 2) for _ in range(orders))
        rows.append((Decimal(min(orders, 1)), Decimal(orders), Decimal(str(round(amount, 2)))))
    return rows


def moments(rows):
    n = len(rows)
    centre = means(rows)
    k = len(centre)
    comoment = [
        float(sum((row[i] - centre[i]) * (row[j] - centre[j]) for row in rows)) for i in range(k) for j in range(i + 1)
    ]
    return {"n": n, "names": ["buyers", "orders", "revenue"], "mean": [float(m) for m in centre], "comoment": comoment}


cases = []
worlds = [
    (400, 400, (0.2, 0.3, 3.0), (0.25, 0.3, 3.0)),
    (300, 900, (0.3, 0.2, 2.5), (0.3, 0.4, 2.6)),
    (1500, 150, (0.15, 0.5, 4.0), (0.2, 0.2, 3.5)),
    (500, 500, (0.25, 0.25, 3.0), (0.25, 0.25, 3.0)),
]
for at, (n, m, a, b) in enumerate(worlds):
    random = Random(16 + at)
    control, treatment = arm(random, n, *a), arm(random, m, *b)
    ends = means(control), means(treatment)
    errors = [
        (x + y).sqrt()
        for x, y in zip(
            variances(control, lambda own: parts(own, ends[1])), variances(treatment, lambda own: parts(ends[0], own))
        )
    ]
    found = parts(*ends)
    assert abs(sum(found) - (ends[1][-1] - ends[0][-1])) < Decimal(10) ** -40
    cases.append(
        {
            "id": f"reasons-{at + 1:02d}",
            "family": "reasons",
            "fn": "reasonsForDifference",
            "input": {"control": moments(control), "treatment": moments(treatment)},
            "expected": {"parts": [float(x) for x in found], "errors": [float(x) for x in errors]},
            "rtol": 1e-9,
            "source": "reasons.py, Python decimal with 50 digits",
        }
    )
print(json.dumps({"cases": cases}, indent=1))
