"""
Skewness-corrected score tests over strata (Laud 2017) and of a difference of differences, from their definitions.

usage: python scas-contrasts.py > scas-contrasts.json
Needs mpmath 1.3. Rates of largest likelihood come from bisection on the likelihood equations in 30 digits, without the
identity between multiplier and score that the library rests on. Hillstrom's counts are read from docs/examples/hillstrom/cells.json.
"""
import json
import os

import mpmath as mp

mp.mp.dps = 30
HERE = os.path.dirname(os.path.abspath(__file__))


def bisect(f, low, high, steps=90):
    """Zero of a falling function."""
    low, high = mp.mpf(low), mp.mpf(high)
    for _ in range(steps):
        middle = (low + high) / 2
        if f(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def slope(x, n, p):
    return (x / p if x > 0 else mp.mpf(0)) - ((n - x) / (1 - p) if x < n else mp.mpf(0))


def inner(f, low, high):
    """Zero of a falling slope within open ends, or the end it points to."""
    inset = (high - low) * mp.mpf(10) ** -25
    a, b = low + inset, high - inset
    if f(a) <= 0:
        return low
    if f(b) >= 0:
        return high
    return bisect(f, a, b)


def corrected(gap, variance, third):
    if variance <= 0:
        return mp.mpf(0) if gap == 0 else gap * mp.mpf(10) ** 12
    error = mp.sqrt(variance)
    sixth = third / variance / error / 6
    score = gap / error
    if sixth == 0:
        return score
    return (-1 + mp.sqrt(max(mp.mpf(0), 1 + 4 * sixth * (score + sixth)))) / (2 * sixth)


def moments(p, q, n0, n1, factor):
    n = mp.mpf(n0 + n1)
    variance = (q * (1 - q) / n1 + factor ** 2 * p * (1 - p) / n0) * n / (n - 1)
    third = q * (1 - q) * (1 - 2 * q) / mp.mpf(n1) ** 2 - factor ** 3 * p * (1 - p) * (1 - 2 * p) / mp.mpf(n0) ** 2
    return variance, third


def weights(strata):
    total = sum(n0 + n1 for _, n0, _, n1 in strata)
    return [mp.mpf(n0 + n1) / total for _, n0, _, n1 in strata]


def z_difference(strata, delta):
    gap, variance, third = -delta, mp.mpf(0), mp.mpf(0)
    for w, (x0, n0, x1, n1) in zip(weights(strata), strata):
        low, high = max(mp.mpf(0), -delta), min(mp.mpf(1), 1 - delta)
        p = inner(lambda p: slope(x0, n0, p) + slope(x1, n1, p + delta), low, high)
        v, t = moments(p, p + delta, n0, n1, mp.mpf(1))
        gap += w * (mp.mpf(x1) / n1 - mp.mpf(x0) / n0)
        variance += w ** 2 * v
        third += w ** 3 * t
    return corrected(gap, variance, third)


def z_ratio(strata, ratio):
    gap, variance, third = mp.mpf(0), mp.mpf(0), mp.mpf(0)
    for w, (x0, n0, x1, n1) in zip(weights(strata), strata):
        p = inner(lambda p: slope(x0, n0, p) + ratio * slope(x1, n1, p * ratio), mp.mpf(0), min(mp.mpf(1), 1 / ratio))
        v, t = moments(p, p * ratio, n0, n1, ratio)
        gap += w * (mp.mpf(x1) / n1 - mp.mpf(x0) / n0 * ratio)
        variance += w ** 2 * v
        third += w ** 3 * t
    return corrected(gap, variance, third)


def z_apart(cell, rest, delta):
    """Score of (the cell's difference − the rest's) = delta, every rate fitted under it."""
    terms = []
    for sign, tables in ((1, cell), (-1, rest)):
        for w, (x0, n0, x1, n1) in zip(weights(tables), tables):
            f = mp.mpf(n0 + n1) / (n0 + n1 - 1)
            terms += [(x1, n1, sign * w, f), (x0, n0, -sign * w, f)]

    def fitted(x, n, pull):
        # x − n·p = pull · p · (1 − p), the root that is a rate
        if pull == 0:
            return mp.mpf(x) / n
        root = mp.sqrt((n + pull) ** 2 - 4 * pull * x)
        return min((((n + pull) - root) / (2 * pull), ((n + pull) + root) / (2 * pull)), key=lambda p: abs(p - mp.mpf(1) / 2))

    def rates(multiplier):
        return [fitted(x, n, multiplier * w) for x, n, w, _ in terms]

    contrast = lambda ps: sum(w * p for (_, _, w, _), p in zip(terms, ps))
    reach = mp.mpf(10) ** 8
    multiplier = bisect(lambda m: contrast(rates(m)) - delta, -reach, reach, 110)
    ps = rates(multiplier)
    gap = sum(w * mp.mpf(x) / n for x, n, w, _ in terms) - delta
    variance = sum(w ** 2 * p * (1 - p) / n * f for (_, n, w, f), p in zip(terms, ps))
    third = sum(w ** 3 * p * (1 - p) * (1 - 2 * p) / mp.mpf(n) ** 2 for (_, n, w, _), p in zip(terms, ps))
    return corrected(gap, variance, third)


def quantile(level):
    return mp.sqrt(2) * mp.erfinv(mp.mpf(level))


def table(t):
    return {"control": {"x": t[0], "n": t[1]}, "treatment": {"x": t[2], "n": t[3]}}


def number(x):
    return float(mp.nstr(x, 17))


def stratified(name, strata, level):
    c = quantile(str(level))
    difference = [number(bisect(lambda d: z_difference(strata, d) - s * c, -1, 1, 60)) for s in (1, -1)]
    lift = [None if not ok else number(mp.exp(bisect(lambda g: z_ratio(strata, mp.exp(g)) - s * c, -12, 12, 60)) - 1)
            for s, ok in ((1, any(t[2] for t in strata)), (-1, any(t[0] for t in strata)))]
    return {"id": name, "family": "scas", "fn": "stratified",
            "input": {"strata": [table(t) for t in strata], "level": level},
            "expected": {"difference": difference, "lift": lift, "z": number(z_difference(strata, mp.mpf(0)))}, "rtol": 1e-9}


def apart(name, cell, rest, level, interval=True):
    c = quantile(str(level))
    ends = [number(bisect(lambda d: z_apart(cell, rest, d) - s * c, -1.9, 1.9, 45)) for s in (1, -1)] if interval else None
    return {"id": name, "family": "scas", "fn": "apart",
            "input": {"cell": [table(t) for t in cell], "rest": [table(t) for t in rest], "level": level},
            "expected": {"interval": ends, "z": number(z_apart(cell, rest, mp.mpf(0)))}, "rtol": 1e-8}


cells = json.load(open(os.path.join(HERE, "../../docs/examples/hillstrom/cells.json")))["cells"]


def counts(metric, keep):
    x = n = 0
    for each in cells:
        if keep(each):
            m = each["moments"][metric]
            n += m["n"]
            x += round(m["n"] * m["mean"][0])
    return x, n


def pair(metric, treatment, keep=lambda each: True):
    side = lambda v: counts(metric, lambda each: each["variant"] == v and keep(each))
    return (*side("none"), *side(treatment))


out = [
    stratified("two-versions", [(30, 1000, 45, 1000), (60, 900, 21, 300)], 0.95),
    stratified("thin", [(1, 40, 3, 20), (0, 15, 2, 30), (2, 200, 0, 10)], 0.95),
    stratified("unequal", [(9, 450, 3, 50), (90, 4500, 12, 500)], 0.99),
    stratified("nobody-in-control", [(0, 50, 6, 50), (0, 40, 1, 20)], 0.95),
    stratified("nobody-in-treatment", [(4, 50, 0, 50), (3, 90, 0, 20)], 0.9),
    stratified("opposite", [(5, 100, 25, 100), (40, 100, 22, 100)], 0.95),
    apart("thin-cell", [(9, 450, 5, 50)], [(207, 10350, 23, 1150)], 0.95),
    apart("nobody", [(0, 45, 0, 50)], [(7, 900, 12, 850)], 0.95),
    apart("everybody", [(20, 20, 12, 12)], [(300, 400, 310, 420)], 0.9),
    apart("two-versions", [(4, 90, 9, 80), (2, 30, 0, 25)], [(40, 800, 44, 790), (30, 600, 61, 1200)], 0.95),
]
for metric, name in ((0, "visit"), (1, "conversion")):
    for treatment in ("mens", "womens"):
        out.append(stratified(f"hillstrom/{name}/{treatment}", [pair(metric, treatment)], 0.95))
for channel in ("Multichannel", "Phone", "Web"):
    for newbie in ("0", "1"):
        own = lambda each: each["levels"][0] == channel and each["levels"][2] == newbie
        cell, rest = pair(0, "mens", own), pair(0, "mens", lambda each: not own(each))
        out.append(apart(f"hillstrom/{channel}/{newbie}", [cell], [rest], 0.95))
print(json.dumps({"meta": {"maker": "scas-contrasts.py", "versions": f"mpmath {mp.__version__}"}, "cases": out}, indent=1))
