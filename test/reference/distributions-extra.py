"""Writes distributions-extra.json: tails of distributions at random points over wide ranges, extremes included.

usage: python3 distributions-extra.py [points per function, default 60] [seed, default 5] > distributions-extra.json
Tails by series of positive terms (incomplete beta, incomplete gamma) at 50
digits, noncentral t by quadrature at 30. A point is [[arguments], lower tail, upper tail]; a tail may be below 1e-308.
"""
import json
import random
import sys

import mpmath
from mpmath import mp, mpf

mp.dps = 50
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 60
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 5
chance = random.Random(SEED)
MOST_TERMS = 60000


class TooLong(Exception):
    pass


def positive_series(ratio):
    total = term = mpf(1)
    for n in range(MOST_TERMS):
        term *= ratio(n)
        total += term
        if term < total * mpf(10) ** -45:
            return total
    raise TooLong


def lower_beta(x, y, a, b):
    """I_x(a, b) by DLMF 8.17.8 after Pfaff's transformation: every term is positive."""
    scale = mpmath.exp(
        a * mpmath.log(x) + b * mpmath.log(y) + mpmath.loggamma(a + b) - mpmath.loggamma(a + 1) - mpmath.loggamma(b)
    )
    return scale * positive_series(lambda n: (a + b + n) / (a + 1 + n) * x)


def beta_tails(x, y, a, b):
    """Both tails from whichever series is shorter; 50 digits leave enough after a complement."""
    swapped = x * (a + b) > a
    order = [(y, x, b, a), (x, y, a, b)] if swapped else [(x, y, a, b), (y, x, b, a)]
    tails = None
    for i, arguments in enumerate(order):
        try:
            tail = lower_beta(*arguments)
        except TooLong:
            continue
        is_upper = swapped != (i == 1)
        if i == 1 and 1 - tail < mpf(10) ** -25:
            raise TooLong
        tails = (1 - tail, tail) if is_upper else (tail, 1 - tail)
        break
    if tails is None:
        raise TooLong
    return tails


def gamma_tails(x, a):
    scale = mpmath.exp(a * mpmath.log(x) - x - mpmath.loggamma(a + 1))
    if x <= a + 200:
        lower = scale * positive_series(lambda n: x / (a + 1 + n))
        if 1 - lower > mpf(10) ** -25:
            return lower, 1 - lower
    # Legendre's continued fraction, backwards from far out
    fraction = mpf(0)
    for n in range(20000, 0, -1):
        fraction = -n * (n - a) / (x - a + 2 * n + 1 + fraction)
    upper = scale * a / (x - a + 1 + fraction)
    return 1 - upper, upper


def log_uniform(low, high):
    return 10 ** chance.uniform(mpmath.log10(low), mpmath.log10(high))


def near(mean, spread, low, high):
    """A point some standard deviations off, or anywhere in range on a log scale."""
    if chance.random() < 0.7:
        return min(max(mean + chance.choice([-1, 1]) * chance.choice([0.01, 1, 3, 8, 20, 36]) * chance.random() * spread, low), high)
    return log_uniform(low, high)


def student(x, df):
    x, df = mpf(x), mpf(df)
    q = df + x * x
    _, upper = beta_tails(x * x / q, df / q, mpf(1) / 2, df / 2)
    return (1 - upper / 2, upper / 2) if x > 0 else (upper / 2, 1 - upper / 2)


def f_tails(x, d1, d2):
    x, d1, d2 = mpf(x), mpf(d1), mpf(d2)
    q = d1 * x + d2
    return beta_tails(d1 * x / q, d2 / q, d1 / 2, d2 / 2)


def binomial(k, n, p):
    lower, upper = beta_tails(mpf(p), 1 - mpf(p), mpf(k + 1), mpf(n - k))
    return upper, lower


def normal_upper(x):
    return mpmath.erfc(x / mpmath.sqrt(2)) / 2


def scale_average(f, df):
    df = mpf(df)
    log_constant = mpmath.log(2) + df / 2 * mpmath.log(df / 2) - mpmath.loggamma(df / 2)
    width = 2 / mpmath.sqrt(2 * df)
    cuts = [mpf(0)] + [mpmath.exp(width * j) for j in range(-18, 7)]
    # quad's tolerance is absolute: the integrand is taken relative to f(1) where that is small
    unit = f(mpf(1))
    return unit * mpmath.quad(
        lambda s: f(s) / unit * mpmath.exp(log_constant + (df - 1) * mpmath.log(s) - df * s * s / 2) if s else mpf(0), cuts
    )


def noncentral(x, df, ncp):
    x, ncp = mpf(x), mpf(ncp)
    return (
        scale_average(lambda s: normal_upper(ncp - x * s), df),
        scale_average(lambda s: normal_upper(x * s - ncp), df),
    )


def points(draw, tails):
    rows = []
    while len(rows) < COUNT:
        arguments = draw()
        try:
            values = tails(*arguments)
        except TooLong:
            continue
        if all(0 < value < 1 for value in values):
            rows.append([arguments] + [mpmath.nstr(value, 18) for value in values])
    return rows


def draw_t():
    df = float(log_uniform(1e-2, 1e10)) if chance.random() < 0.7 else chance.choice([1, 2, 3, 10, 1e3, 1e7, 0.5])
    x = float(log_uniform(1e-8, 60)) if chance.random() < 0.8 else float(log_uniform(1, 1e150))
    return [chance.choice([-1, 1]) * x, df]


def draw_beta():
    a, b = float(log_uniform(1e-3, 1e7)), float(log_uniform(1e-3, 1e7))
    mean = a / (a + b)
    x = float(near(mean, (mean * (1 - mean) / (a + b + 1)) ** 0.5, 1e-300, 1 - 1e-14))
    return [x, a, b]


def draw_gamma():
    a = float(log_uniform(1e-3, 1e8))
    return [float(near(a, a**0.5, 1e-290, 2 * a + 500)), a]


def draw_f():
    d1, d2 = float(log_uniform(1e-1, 1e7)), float(log_uniform(1e-1, 1e7))
    return [float(near(1, (2 / d1 + 2 / d2) ** 0.5, 1e-6, 1e6)), d1, d2]


def draw_binomial():
    n = int(log_uniform(1, 1e8))
    p = float(log_uniform(1e-8, 1))
    k = int(near(n * p, (n * p * (1 - p)) ** 0.5, 1e-3, n))
    return [min(max(k, 0), n - 1), n, p]


def draw_poisson():
    rate = float(log_uniform(1e-4, 1e8))
    return [int(near(rate, rate**0.5, 1e-3, 2 * rate + 200)), rate]


def draw_negative_binomial():
    size, p = float(log_uniform(1e-1, 1e5)), float(log_uniform(1e-4, 1))
    mean = size * (1 - p) / p
    return [int(near(mean, (mean / p) ** 0.5, 1e-3, 3 * mean + 100)), size, p]


def draw_noncentral():
    ncp = chance.uniform(-12, 12)
    return [ncp + chance.uniform(-12, 12), float(log_uniform(1, 1e4)), ncp]


tables = {
    "t.cdf": (draw_t, student),
    "beta.cdf": (draw_beta, lambda x, a, b: beta_tails(mpf(x), 1 - mpf(x), mpf(a), mpf(b))),
    "gamma.cdf": (draw_gamma, lambda x, a: gamma_tails(mpf(x), mpf(a))),
    "F.cdf": (draw_f, f_tails),
    "binom.cdf": (draw_binomial, binomial),
    "pois.cdf": (draw_poisson, lambda k, rate: gamma_tails(mpf(rate), mpf(k + 1))[::-1]),
    "nbinom.cdf": (draw_negative_binomial, lambda k, size, p: beta_tails(mpf(p), 1 - mpf(p), mpf(size), mpf(k + 1))),
}
slow = {"nct.cdf": (draw_noncentral, noncentral, 25)}

print("{")
print(f'"meta": {json.dumps({"maker": "distributions-extra.py", "mpmath": mpmath.__version__, "digits": 50, "seed": SEED})}', end="")
for name, (draw, tails) in tables.items():
    rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in points(draw, tails))
    print(f',\n"{name}": [\n{rows}\n]', end="", flush=True)
for name, (draw, tails, count) in slow.items():
    COUNT, mp.dps = min(COUNT, count), 30
    rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in points(draw, tails))
    print(f',\n"{name}": [\n{rows}\n]', end="", flush=True)
print("\n}")
