"""Reference values of Bayesian comparisons: python3 test/reference/bayes.py > test/reference/bayes.json

By SciPy 1.17.1, in pieces between quantiles of every arm, each by 32 points of Gauss and Legendre. Two arms: distribution
functions of difference and lift as integrals over the control, intervals by brentq on them. Several arms: the probability of
being the best, and the expectation of the best minus the arm.
"""
import json
import numpy as np
from scipy import optimize, special, stats

class Quick:
    """A law in double precision, over arrays."""

    def __init__(self, model, p):
        if model == "bernoulli":
            a, b = p["a"], p["b"]
            self.law, self.ends = stats.beta(a, b), (0, 1)
            self.cdf = lambda x: special.betainc(a, b, np.clip(x, 0, 1))
            self.sf = lambda x: special.betaincc(a, b, np.clip(x, 0, 1))
            norm = special.betaln(a, b)
            self.log = lambda x: special.xlogy(a - 1, x) + special.xlog1py(b - 1, -x) - norm
        elif model == "poisson":
            k, r = p["shape"], p["rate"]
            self.law, self.ends = stats.gamma(k, scale=1 / r), (0, np.inf)
            self.cdf = lambda x: special.gammainc(k, r * np.maximum(x, 0))
            self.sf = lambda x: special.gammaincc(k, r * np.maximum(x, 0))
            self.log = lambda x: special.xlogy(k - 1, r * x) - r * x + np.log(r) - special.gammaln(k)
        else:
            df, m, sc = 2 * p["shape"], p["mean"], np.sqrt(p["scale"] / p["shape"] / p["n"])
            self.law, self.ends = stats.t(df, loc=m, scale=sc), (-np.inf, np.inf)
            self.cdf = lambda x: special.stdtr(df, (x - m) / sc)
            self.sf = lambda x: special.stdtr(df, -(x - m) / sc)
            norm = special.gammaln((df + 1) / 2) - special.gammaln(df / 2) - np.log(df * np.pi) / 2 - np.log(sc)
            self.log = lambda x: norm - (df + 1) / 2 * np.log1p(((x - m) / sc) ** 2 / df)
        tails = [1e-15, 1e-11, 1e-7, 1e-4, 0.01, 0.1]
        self.middle = self.law.ppf(0.5)
        self.cuts = [self.law.ppf(q) for q in tails] + [self.middle] + [self.law.isf(q) for q in tails]

    def pdf(self, x):
        inside = (x > self.ends[0]) & (x < self.ends[1])
        return np.where(inside, np.exp(self.log(np.where(inside, x, self.middle))), 0)


NODES, WEIGHTS = np.polynomial.legendre.leggauss(32)


def pieces(f, points):
    pts = np.array(sorted(set(points)))
    x = (pts[:-1, None] + pts[1:, None]) / 2 + (pts[1:, None] - pts[:-1, None]) / 2 * NODES
    return float(np.sum(f(x) * WEIGHTS * (pts[1:, None] - pts[:-1, None]) / 2))


def ranks(model, arms):
    laws = [Quick(model, arm) for arm in arms]
    points = [x for law in laws for x in law.cuts]
    if model == "normal":  # the loss falls off more slowly than the probability
        points += [m + s * k for law in laws for m, s in [(law.middle, law.law.std())] for k in
                   [30, 60, 120, 300, 1e3, 1e4, 1e5, 1e6, -30, -60, -120, -300, -1e3, -1e4, -1e5, -1e6]]

    def others(x, i):
        p = np.ones_like(x)
        for j, law in enumerate(laws):
            if j != i:
                p = p * law.cdf(x)
        return p

    def above(x, i):
        """1 - the product, without its cancellation."""
        more, all = np.zeros_like(x), np.ones_like(x)
        for j, law in enumerate(laws):
            if j != i:
                more, all = more + all * law.sf(x), all * law.cdf(x)
        return more

    best = [pieces(lambda x: laws[i].pdf(x) * others(x, i), points) for i in range(len(laws))]
    top = max(range(len(laws)), key=lambda i: laws[i].law.mean())
    least = pieces(lambda x: laws[top].cdf(x) * above(x, top), points)
    return {"best": best, "loss": [least + (laws[top].law.mean() - law.law.mean()) for law in laws]}


def comparison(model, c, t, level, rope_d, rope_l):
    c, t = Quick(model, c), Quick(model, t)

    def over(f, back):
        """Integral over the control, in pieces between its quantiles and the places that the treatment's lead back to."""
        first, last = c.cuts[0], c.cuts[-1]
        points = [back(x) for x in list(t.cuts) + [e for e in t.ends if abs(e) < np.inf]]
        return pieces(f, c.cuts + [x for x in points if first < x < last])

    H = lambda d: over(lambda x: c.pdf(x) * t.cdf(x + d), lambda y: y - d)
    h = lambda d: over(lambda x: c.pdf(x) * t.pdf(x + d), lambda y: y - d)
    R = lambda r: over(lambda x: c.pdf(x) * t.cdf(x * (1 + r)), lambda y: y / (1 + r))
    r = lambda q: over(lambda x: c.pdf(x) * x * t.pdf(x * (1 + q)), lambda y: y / (1 + q))
    sd = np.hypot(c.law.std(), t.law.std())
    m = t.law.mean() - c.law.mean()

    def read(F, f, low, high, rope):
        q = lambda p: optimize.brentq(lambda d: F(d) - p, low, high, xtol=1e-15, rtol=1e-14)
        lower, median, upper = q((1 - level) / 2), q(0.5), q((1 + level) / 2)
        scale = upper - lower
        # the densest interval of its mass: the lower end at which both densities are one
        other = lambda l: optimize.brentq(lambda u: F(u) - F(l) - level, l, high, xtol=1e-15, rtol=1e-14)
        top = q((1 - level) * (1 - 1e-3))
        gap = lambda l: np.log(f(l)) - np.log(f(other(l)))
        start = lower - 0.5 * scale
        start = max(start, low + 1e-9 * scale)
        l = optimize.brentq(gap, start, top, xtol=1e-14)
        return {"median": median, "interval": [lower, upper], "densest": [l, other(l)], "rope": F(rope) - F(-rope)}

    return {
        "means": [c.law.mean(), t.law.mean()],
        "chance": 1 - H(0),
        "difference": read(H, h, m - 30 * sd, m + 30 * sd, rope_d),
        "lift": read(R, r, -0.999999 if model != "normal" else -3, 1e6, rope_l),
    }


def numbers(x):
    if isinstance(x, dict):
        return {k: numbers(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return [numbers(v) for v in x]
    return float(x)


cases = []


def add(fn, given, expected, rtol):
    cases.append({"id": f"{fn}-{len(cases) + 1:02d}", "family": "bayes", "fn": fn, "input": given,
                  "expected": numbers(expected), "rtol": rtol})


pairs = [
    ("bernoulli", {"a": 101, "b": 901}, {"a": 121, "b": 881}, 0.95, 0.01, 0.05),
    ("bernoulli", {"a": 5, "b": 60}, {"a": 9, "b": 58}, 0.9, 0.02, 0.1),
    ("bernoulli", {"a": 2, "b": 21}, {"a": 3, "b": 8}, 0.95, 0.02, 0.1),
    ("bernoulli", {"a": 40, "b": 3}, {"a": 30, "b": 5}, 0.95, 0.02, 0.1),
    ("bernoulli", {"a": 1500.5, "b": 30000.5}, {"a": 160.5, "b": 3000.5}, 0.99, 0.001, 0.02),
    ("poisson", {"shape": 16, "rate": 105}, {"shape": 29, "rate": 115}, 0.95, 0.05, 0.1),
    ("poisson", {"shape": 3, "rate": 10}, {"shape": 4, "rate": 9}, 0.8, 0.05, 0.1),
    ("normal", {"mean": 5, "n": 41, "shape": 21, "scale": 84}, {"mean": 5.6, "n": 31, "shape": 16, "scale": 90}, 0.95, 0.1, 0.05),
    ("normal", {"mean": 9, "n": 9, "shape": 5.5, "scale": 6}, {"mean": 9.4, "n": 80, "shape": 41, "scale": 90}, 0.9, 0.1, 0.05),
]
for model, c, t, level, rd, rl in pairs:
    expected = comparison(model, c, t, level, rd, rl)
    expected["loss"] = ranks(model, [c, t])["loss"]
    add("compareArms", {"control": {"model": model, **c}, "treatment": {"model": model, **t}, "level": level,
                        "rope": {"difference": rd, "lift": rl}}, expected, 1e-8)

groups = [
    ("bernoulli", [{"a": 2, "b": 1}, {"a": 1, "b": 2}]),
    ("bernoulli", [{"a": 1, "b": 101}, {"a": 1, "b": 51}]),
    ("bernoulli", [{"a": 50 + 3 * i, "b": 950 - 3 * i} for i in range(10)]),
    ("bernoulli", [{"a": 101, "b": 901}, {"a": 201, "b": 801}, {"a": 41, "b": 201}]),
    ("poisson", [{"shape": 16, "rate": 105}, {"shape": 29, "rate": 115}, {"shape": 5, "rate": 30}, {"shape": 60, "rate": 200}]),
    ("normal", [{"mean": 5 + 0.2 * i, "n": 20 + 9 * i, "shape": 11 + 4 * i, "scale": 40 + 20 * i} for i in range(5)]),
    ("normal", [{"mean": 0, "n": 4, "shape": 2.5, "scale": 3}, {"mean": 1, "n": 40, "shape": 21, "scale": 30}]),
]
for model, arms in groups:
    add("rankArms", {"arms": [{"model": model, **arm} for arm in arms]}, ranks(model, arms), 1e-8)

print(json.dumps({"meta": {"by": "test/reference/bayes.py", "with": "SciPy 1.17.1"}, "cases": cases}, indent=1))
