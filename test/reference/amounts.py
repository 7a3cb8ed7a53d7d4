"""Reference values of the amounts score, from raw values and the definition, by bisection; only Python's standard library.

    python3 test/reference/amounts.py > test/reference/amounts.json
"""
import json
import math
import random
from statistics import NormalDist

OWN = 300
LEAST = 0.5


def shape(values, mean):
    return (sum((x / mean - 1) ** 2 for x in values), sum((x / mean - 1) ** 3 for x in values))


def hypothesis(arms, place):
    """Share and mean amount of both arms at a place of the path; control is raised where treatment is lowered."""
    squares = sum(sum((x / a.mean - 1) ** 2 for x in a.values) for a in arms)
    kappa2 = squares / sum(len(a.values) - 1 for a in arms)
    found = []
    for arm, pull in zip(arms, (-1, 1)):
        b, w = len(arm.values), place * pull
        found.append(((b - w) / (arm.n - w), arm.mean * math.exp(-w * kappa2 / b)))
    return found


class Arm:
    def __init__(self, n, values):
        self.n, self.values = n, values
        self.mean = sum(values) / len(values)
        self.all = sum(values) / n


def deviate(arms, place, ratio):
    parts = hypothesis(arms, place)
    shapes = [shape(a.values, max(m, LEAST * a.mean)) for a, (_, m) in zip(arms, parts)]
    count = sum(len(a.values) for a in arms)
    small = count / (count - 1)
    (p, mu), (q, nu) = parts
    r = q * nu / (p * mu) if ratio else 1
    variance = third = 0
    for arm, (share, mean), own, factor in zip(arms, parts, shapes, (-r, 1)):
        b = len(arm.values)
        w = b / (b + OWN)
        k, g = (small * ((1 - w) * sum(s[i] for s in shapes) / count + w * own[i] / b) for i in (0, 1))
        raw2, raw3 = k + 1, g + 3 * k + 1
        variance += factor**2 * mean**2 * (share * raw2 - share**2) / arm.n
        third += factor**3 * mean**3 * (share * raw3 - 3 * share**2 * raw2 + 2 * share**3) / arm.n**2
    gap = (arms[1].all - q * nu) - r * (arms[0].all - p * mu)
    z, s = gap / math.sqrt(variance), third / variance**1.5 / 6
    root = 1 + 4 * s * (z + s)
    return 2 * (z + s) / (1 + math.sqrt(max(0, root))), q * nu, p * mu


def bisect(f, low, high):
    for _ in range(200):
        middle = (low + high) / 2
        if f(middle) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def answer(arms, ratio, level):
    low, high = -len(arms[0].values) * (1 - 1e-12), len(arms[1].values) * (1 - 1e-12)

    def gap(place):
        (p, mu), (q, nu) = hypothesis(arms, place)
        return p * mu - q * nu

    null = bisect(gap, low, high)
    statistic = deviate(arms, null, ratio)[0]
    c = NormalDist().inv_cdf((1 + level) / 2)
    ends = []
    for target in (c, -c):
        place = bisect(lambda x: deviate(arms, x, ratio)[0] - target, low, high)
        _, above, below = deviate(arms, place, ratio)
        ends.append(above / below - 1 if ratio else above - below)
    return {"statistic": statistic, "interval": ends}


def main():
    random.seed(2026)
    cases = []
    for i, (n, m, buy, lift, level, sigma) in enumerate(
        [(300, 60, 0.2, 1.3, 0.95, 1.2), (60, 500, 0.3, 0.8, 0.95, 1.0), (400, 400, 0.1, 1, 0.9, 1.4), (40, 300, 1, 1.5, 0.95, 0.9)]
    ):
        def draw(size, factor):
            amounts = [round(factor * random.lognormvariate(3, sigma), 2) for _ in range(size) if random.random() < buy]
            return Arm(size, amounts)

        arms = [draw(n, 1), draw(m, lift)]
        cases.append(
            {
                "id": f"amounts-{i + 1}",
                "family": "amounts",
                "fn": "amountsScore",
                "input": {"control": {"n": n, "values": arms[0].values}, "treatment": {"n": m, "values": arms[1].values}, "level": level},
                "expected": {"difference": answer(arms, False, level), "lift": answer(arms, True, level)},
                "rtol": 1e-8,
            }
        )
    meta = {"generated": "test/reference/amounts.py, Python's standard library, seed 2026"}
    print(json.dumps({"meta": meta, "cases": cases}, indent=1))


main()
