"""Contextual reference values: python3 contextual.py > contextual.json (NumPy 2.4.6, seed 6).

Dense joint solutions over all coefficients, [own of arm 0, own of arm 1, ..., shared], with none of the block
elimination that is to be checked. linear: ridge regression with known noise. logistic: Newton's method on the
penalised log-likelihood to a gradient of 1e-12, and Laplace's covariance at the mode.
"""
import json
import numpy as np

rng = np.random.default_rng(6)
K, N, RIDGE, NOISE = 3, 90, 0.7, 1.5
price = [1.0, 2.0, 4.0]
rows = []
for i in range(N):
    x = np.round(rng.normal(size=2) * 16) / 16  # multiples of the grid that logistic cells round to
    rows.append({"arm": int(rng.integers(K)), "x": x.tolist()})

def design(x, arm):
    own, shared = [1.0, x[1]], [x[0], price[arm] * x[0]]
    u = np.zeros(2 * K + 2)
    u[2 * arm : 2 * arm + 2] = own
    u[2 * K :] = shared
    return u

U = np.array([design(r["x"], r["arm"]) for r in rows])
truth = rng.normal(size=U.shape[1]) * 0.6
amount = np.round(U @ truth + NOISE * rng.normal(size=N), 3)
success = (rng.uniform(size=N) < 1 / (1 + np.exp(-U @ truth))).astype(int)
for r, a, s in zip(rows, amount, success):
    r["amount"], r["success"] = float(a), int(s)

def scores(mean, cov):
    out = []
    for x in ([0.5, -1.0], [0.0, 0.0], [-2.0, 1.5]):
        V = np.array([design(x, a) for a in range(K)])
        out.append({"x": x, "mean": (V @ mean).tolist(), "covariance": (V @ cov @ V.T).tolist()})
    return out

A = U.T @ U + RIDGE * np.eye(U.shape[1])
linear = scores(np.linalg.solve(A, U.T @ amount), NOISE**2 * np.linalg.inv(A))

def laplace(U, y, ridge):
    theta = np.zeros(U.shape[1])
    for _ in range(200):
        p = 1 / (1 + np.exp(-U @ theta))
        gradient = U.T @ (y - p) - ridge * theta
        hessian = (U * (p * (1 - p))[:, None]).T @ U + ridge * np.eye(U.shape[1])
        theta = theta + np.linalg.solve(hessian, gradient)
        if np.abs(gradient).max() < 1e-12:
            break
    return theta, np.linalg.inv(hessian)

# One arm's rewards are all 1: separable, held by the prior alone.
separable = np.array([1 if r["arm"] == 0 else s for r, s in zip(rows, success)])
print(json.dumps({
    "maker": "test/reference/contextual.py, NumPy 2.4.6",
    "ridge": RIDGE, "noise": NOISE, "price": price, "rows": rows,
    "linear": linear,
    "logistic": scores(*laplace(U, success, RIDGE)),
    "separable": scores(*laplace(U, separable, RIDGE)),
}))
