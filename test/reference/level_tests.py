# Tests of one effect in all levels, nothing in closed form; used by levels.py and hillstrom.py.
import numpy
from scipy import optimize


def slope(x, n, p):
    return (x / p if x else 0.0) - ((n - x) / (1 - p) if n > x else 0.0)


def restricted(y, m, x, n, scale, effect):
    """Control rate of largest likelihood, treatment held to control + effect, or to control * effect."""
    if scale == "difference":
        low, high = max(0.0, -effect), min(1.0, 1 - effect)
        total = lambda p: slope(y, m, p) + slope(x, n, p + effect)
    else:
        low, high = 0.0, min(1.0, 1 / effect)
        total = lambda p: slope(y, m, p) + effect * slope(x, n, p * effect)
    inset = 1e-14 * (high - low)
    if total(low + inset) <= 0:
        return low
    if total(high - inset) >= 0:
        return high
    return optimize.brentq(total, low + inset, high - inset, xtol=1e-17, rtol=1e-14)


def part(level, scale, effect):
    y, m, x, n = level
    p = restricted(y, m, x, n, scale, effect)
    if scale == "difference":
        q, gap = p + effect, x / n - y / m - effect
        variance = q * (1 - q) / n + p * (1 - p) / m
        length = 1.0
    else:
        q, gap = p * effect, x / n - effect * y / m
        variance = q * (1 - q) / n + effect**2 * p * (1 - p) / m
        length = q
    variance *= (m + n) / (m + n - 1)
    return (gap * length / variance, gap**2 / variance) if variance > 0 else (0.0, 0.0)


def score_test(levels, scale):
    total = lambda effect: sum(part(level, scale, effect)[0] for level in levels)
    if scale == "difference":
        effect = optimize.brentq(total, -0.9, 0.9, xtol=1e-16, rtol=1e-14)
    else:
        effect = numpy.exp(optimize.brentq(lambda log: total(numpy.exp(log)), -8, 8, xtol=1e-15, rtol=1e-14))
    q = sum(part(level, scale, effect)[1] for level in levels)
    told = [level for level in levels if scale == "difference" or level[0] + level[2] > 0]
    return effect, q, len(told) - 1


def normal_deviate(t, df):
    a = df - 0.5
    b = 48 * a**2
    c = (a * numpy.log(1 + t**2 / df)) ** 0.5
    return c + (c**3 + 3 * c) / b - (4 * c**7 + 33 * c**5 + 240 * c**3 + 855 * c) / (b**2 * 10 + 8 * b * c**4 + 1000 * b)


def means_test(levels, scale):
    arms = [(numpy.mean(c), numpy.var(c, ddof=1) / len(c), len(c) - 1, numpy.mean(t), numpy.var(t, ddof=1) / len(t),
             len(t) - 1) for c, t in levels]

    def deviates(effect):
        cos, sin = (1.0, 1.0) if scale == "difference" else (numpy.cos(effect), numpy.sin(effect))
        shift = effect if scale == "difference" else 0.0
        out = []
        for c, vc, dc, t, vt, dt in arms:
            a, b = vc * sin**2, vt * cos**2
            out.append(((t * cos - c * sin - shift) / (a + b) ** 0.5, (a + b) ** 2 / (a**2 / dc + b**2 / dt)))
        return out

    squares = lambda effect: sum(t**2 for t, _ in deviates(effect))
    bounds = (-20, 20) if scale == "difference" else (0.05, numpy.pi / 2 - 0.05)
    effect = optimize.minimize_scalar(squares, bounds=bounds, method="bounded", options={"xatol": 1e-13}).x
    statistic = sum(normal_deviate(abs(t), df) ** 2 for t, df in deviates(effect))
    return effect if scale == "difference" else numpy.tan(effect) - 1, statistic
