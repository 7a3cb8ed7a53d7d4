import { gammaSurvival } from "../../distributions/index.js";

/** Resamples at most, and how many at least as extreme end the drawing before. */
const most = 999;
const enough = 20;

/**
 * Sequential Monte-Carlo p-value: resamples until twenty are at least as extreme, 999 at most, so that a statistic that
 * is nothing special costs few. Beyond what 999 can tell, the tail of a gamma distribution with the resamples' mean and
 * variance stands in.
 * @param draw  one resampled statistic
 * @source Besag & Clifford (1991), Biometrika 78
 */
export function resampledP(
  statistic: number,
  draw: () => number,
): { readonly pValue: number; readonly resamples: number } {
  const bar = statistic * (1 - 1e-9);
  let [extreme, drawn, mean, m2] = [0, 0, 0, 0];
  while (drawn < most && extreme < enough) {
    const value = draw();
    drawn++;
    if (value >= bar) extreme++;
    const delta = value - mean;
    mean += delta / drawn;
    m2 += delta * (value - mean);
  }
  if (extreme >= enough) return { pValue: extreme / drawn, resamples: drawn };
  const pValue = (extreme + 1) / (drawn + 1);
  if (extreme > 0 || !(m2 > 0)) return { pValue, resamples: drawn };
  const scale = m2 / (drawn - 1) / mean;
  return { pValue: Math.min(pValue, gammaSurvival(statistic / scale, mean / scale)), resamples: drawn };
}
