"""Reference values of the amounts score, from raw values and the definition, by bisection; only Python's standard library.

    python3 test/reference/amounts.py > test/reference/amounts.json
"""
import json
import math
import random
from statistics import NormalDist

OWN = 300
LEAST = 0.5
GROUND = 0.5


class Arm:
    """n units, of which some have an amount x (of a denominator u, 1 where there is none)."""

    def __init__(self, n, pairs, ratio=False):
        self.units = n
        self.count = len(pairs)
        self.n = self.count if ratio else n
        size = sum(u for _, u in pairs) / self.count
        self.pairs = [(x / size, u / size) for x, u in pairs]
        self.amount = sum(x for x, _ in pairs) / sum(u for _, u in pairs)
        self.mean = self.amount * self.count / self.n

    def shape(self, m):
        return [sum((x / m - u) ** power for x, u in self.pairs) for power in (2, 3)]


def weighted(parts):
    """Arms with weight and pull out of lists of strata; the second list is subtracted."""
    everyone = [arm for strata in parts for pair in strata for arm in pair]
    unit = sum(a.amount * a.count for a in everyone) / sum(a.count for a in everyone)
    found = []
    for sign, strata in zip((1, -1), parts):
        total = sum(a.units for pair in strata for a in pair)
        for control, treatment in strata:
            weight = (control.units + treatment.units) / total
            n = control.n + treatment.n
            mean = (control.mean * control.n + treatment.mean * treatment.n) / n + GROUND * unit / n
            found += [(control, -sign * weight, -sign * weight * mean), (treatment, sign * weight, sign * weight * mean)]
    largest = max(abs(pull) for _, _, pull in found)
    return [(arm, weight, pull / largest) for arm, weight, pull in found]


def sums(arms, moves):
    """Shares, mean amounts and the two sums of hypotheses."""
    squares = sum(a.shape(a.amount)[0] for a, _, _ in arms)
    kappa2 = squares / sum(a.count - 1 for a, _, _ in arms)
    hypotheses = []
    for arm, weight, pull in arms:
        b, w = arm.count, moves[weight > 0] * pull
        share = 1 if b == arm.n else max(0, (b - w) / (arm.n - w)) if w < b else 0
        hypotheses.append((share, arm.amount * math.exp(-w * kappa2 / b)))
    parts = [(weight, weight * s * m) for (_, weight, _), (s, m) in zip(arms, hypotheses)]
    return hypotheses, sum(x for w, x in parts if w > 0), -sum(x for w, x in parts if w < 0)


def hypothesis(arms, place, scale):
    found = sums(arms, (place, place))
    if scale != "difference":
        return found
    _, above, below = found
    return sums(arms, (2 * place * below / (above + below), 2 * place * above / (above + below)))


def deviate(arms, place, scale):
    hypotheses, above, below = hypothesis(arms, place, scale)
    shapes = [arm.shape(max(m, LEAST * arm.amount)) for (arm, _, _), (_, m) in zip(arms, hypotheses)]
    count = sum(arm.count for arm, _, _ in arms)
    small = count / (count - 1)
    ratio = above / below if scale == "lift" else 1
    gap = variance = third = 0
    for (arm, weight, _), (share, mean), own in zip(arms, hypotheses, shapes):
        factor = weight * (1 if weight > 0 else ratio)
        w = arm.count / (arm.count + OWN)
        k, g = (small * ((1 - w) * sum(s[i] for s in shapes) / count + w * own[i] / arm.count) for i in (0, 1))
        raw2, raw3 = k + 1, g + 3 * k + 1
        gap += factor * (arm.mean - share * mean)
        variance += factor**2 * mean**2 * (share * raw2 - share**2) / arm.n
        third += factor**3 * mean**3 * (share * raw3 - 3 * share**2 * raw2 + 2 * share**3) / arm.n**2
    z, s = gap / math.sqrt(variance), third / variance**1.5 / 6
    root = 1 + 4 * s * (z + s)
    return 2 * (z + s) / (1 + math.sqrt(max(0, root))), above, below


def bisect(f, low, high):
    for _ in range(200):
        middle = (low + high) / 2
        if f(middle) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def answer(parts, scale, level):
    arms = weighted(parts)
    far = min(arm.count / abs(pull) for arm, _, pull in arms) * (1 - 1e-12)

    def gap(place):
        _, above, below = sums(arms, (place, place))
        return below - above

    null = bisect(gap, -far, far)
    statistic = deviate(arms, null, "contrast")[0]
    c = NormalDist().inv_cdf((1 + level) / 2)
    ends = []
    for target in (c, -c):
        place = bisect(lambda x: deviate(arms, x, scale)[0] - target, -far, far)
        _, above, below = deviate(arms, place, scale)
        ends.append(above / below - 1 if scale == "lift" else above - below)
    return {"statistic": statistic, "interval": ends}


def case(key, parts, level, scales, ratio=False):
    def raw(arm):
        return {"n": arm.units, ("pairs" if ratio else "values"): arm.raw}

    return {
        "id": key,
        "family": "amounts",
        "fn": "amountsScore",
        "input": {
            "parts": [[{"control": raw(c), "treatment": raw(t)} for c, t in strata] for strata in parts],
            "level": level,
        },
        "expected": {scale: answer(parts, scale, level) for scale in scales},
        "rtol": 1e-8,
    }


def main():
    random.seed(2026)

    def draw(size, factor, buy, sigma, ratio=False):
        pairs = []
        for _ in range(size):
            if random.random() < buy:
                u = 1 + int(random.expovariate(0.9)) if ratio else 1
                pairs.append((round(sum(factor * random.lognormvariate(3, sigma) for _ in range(u)), 2), u))
        arm = Arm(size, pairs, ratio)
        arm.raw = pairs if ratio else [x for x, _ in pairs]
        return arm

    cases = []
    both = ("difference", "lift")
    for i, (n, m, buy, lift, level, sigma) in enumerate(
        [(300, 60, 0.2, 1.3, 0.95, 1.2), (60, 500, 0.3, 0.8, 0.95, 1.0), (400, 400, 0.1, 1, 0.9, 1.4), (40, 300, 1, 1.5, 0.95, 0.9)]
    ):
        cases.append(case(f"amounts-{i + 1}", [[(draw(n, 1, buy, sigma), draw(m, lift, buy, sigma))]], level, both))
    strata = [(draw(300, 1, 0.2, 1.2), draw(60, 1.3, 0.2, 1.2)), (draw(200, 4, 0.1, 1.2), draw(150, 5, 0.1, 1.2))]
    cases.append(case("amounts-two-strata", [strata], 0.95, both))
    cases.append(case("amounts-cell-against-rest", [strata[:1], [strata[1], (draw(900, 1, 0.2, 1), draw(100, 1, 0.2, 1))]], 0.95, ("contrast",)))
    ratios = [(draw(400, 1, 0.2, 1.2, True), draw(90, 0.7, 0.3, 1.2, True)), (draw(200, 2, 0.2, 1, True), draw(300, 2, 0.2, 1, True))]
    cases.append(case("amounts-ratio", [ratios[:1]], 0.95, both, True))
    cases.append(case("amounts-ratio-two-strata", [ratios], 0.9, both, True))
    meta = {"generated": "test/reference/amounts.py, Python's standard library, seed 2026"}
    print(json.dumps({"meta": meta, "cases": cases}))


main()
