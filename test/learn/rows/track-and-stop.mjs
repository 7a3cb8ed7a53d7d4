/** Kullback–Leibler divergence of two coins. */
const divergence = (p, q) => p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));

/** Where a growing function of x ≥ 0 reaches a height. */
function reached(of, height) {
  let [low, high] = [0, 1];
  while (of(high) < height && high < 1e12) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (of(middle) < height) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The shares of the arms with which the best one is told from the others soonest, were these its rates.
 * @source Garivier & Kaufmann (2016), COLT: Optimal Best Arm Identification with Fixed Confidence, theorem 5
 */
export function bestShares(rates) {
  const top = Math.max(...rates);
  const best = rates.indexOf(top);
  const others = [...rates.keys()].filter((i) => i !== best);
  if (others.some((i) => rates[i] > top - 1e-12)) return rates.map(() => 1 / rates.length);
  const middle = (x, i) => (top + x * rates[i]) / (1 + x);
  const cost = (x, i) => divergence(top, middle(x, i)) + x * divergence(rates[i], middle(x, i));
  const sharesAt = (height) => rates.map((_, i) => (i === best ? 1 : reached((x) => cost(x, i), height)));
  const most = Math.min(...others.map((i) => divergence(top, rates[i])));
  const balance = (part) => {
    const shares = sharesAt(part * most);
    return others.reduce(
      (sum, i) => sum + divergence(top, middle(shares[i], i)) / divergence(rates[i], middle(shares[i], i)),
      0,
    );
  };
  let [low, high] = [0, 1 - 1e-9];
  for (let step = 0; step < 50; step++) {
    const part = (low + high) / 2;
    if (balance(part) < 1) low = part;
    else high = part;
  }
  const shares = sharesAt(low * most);
  const sum = shares.reduce((total, each) => total + each, 0);
  return shares.map((each) => each / sum);
}

/** How often Track-and-Stop (direct tracking) plays each arm in the next batch, from [wins, losses] of each. */
export function trackedCounts(sums, batch) {
  const played = sums.map(([wins, losses]) => wins + losses);
  const total = played.reduce((sum, each) => sum + each, 0);
  const shares = bestShares(sums.map(([wins, losses]) => (wins + 0.5) / (wins + losses + 1)));
  const counts = sums.map(() => 0);
  for (let at = total; at < total + batch; at++) {
    const now = played.map((each, i) => each + counts[i]);
    const least = now.indexOf(Math.min(...now));
    const behind = now.map((each, i) => (at + 1) * shares[i] - each);
    const forced = now[least] < Math.sqrt(at) - sums.length / 2;
    counts[forced ? least : behind.indexOf(Math.max(...behind))] += 1;
  }
  return counts;
}
