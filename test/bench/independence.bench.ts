import { assign, createAssigner, type Definition, defineExperiment } from "essai";
import type { BenchRow } from "./harness.js";

const UNITS = 200_000;
const KEYS = 100;
/** 5 standard errors of phi between independent splits: 5 / √200,000. */
const BOUND = 0.0112;

/** Largest |phi| over all pairs of yes/no splits of the same units. */
function largestPhi(splits: readonly Uint32Array[]): { phi: number; pairs: number } {
  const count = (bits: Uint32Array) => bits.reduce((sum, word) => sum + ones(word), 0) / UNITS;
  const shares = splits.map(count);
  let phi = 0;
  let pairs = 0;
  for (let i = 0; i < splits.length; i++)
    for (let j = 0; j < i; j++) {
      let both = 0;
      for (let w = 0; w < splits[i]!.length; w++) both += ones(splits[i]![w]! & splits[j]![w]!);
      const [p, q] = [shares[i]!, shares[j]!];
      phi = Math.max(phi, Math.abs(both / UNITS - p * q) / Math.sqrt(p * (1 - p) * q * (1 - q)));
      pairs++;
    }
  return { phi, pairs };
}

function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function split(says: (unitId: string) => boolean, idOf: (i: number) => string): Uint32Array {
  const bits = new Uint32Array(UNITS / 32);
  for (let i = 0; i < UNITS; i++) if (says(idOf(i))) bits[i >>> 5]! |= 1 << (i & 31);
  return bits;
}

const half = (key: string, more: object = {}) =>
  defineExperiment({ key, unit: "userId", variants: { control: 0, b: 1 }, ...more }) as Definition<
    string,
    unknown
  >;

/** Independence of similar keys over ids that count up, and uniformity; the whole of it, not a slice. */
export function bench(): BenchRow[] {
  const rows: BenchRow[] = [];
  const forms: [string, (i: number) => string, (i: number) => string][] = [
    ["experiment-7 over user-123", (i) => `experiment-${i}`, (i) => `user-${i}`],
    ["exp_7 over 123", (i) => `exp_${i}`, String],
    [
      "checkout-007 over uuids",
      (i) => `checkout-${String(i).padStart(3, "0")}`,
      (i) => `3f2504e0-4f89-41d3-9a0c-${i.toString(16).padStart(12, "0")}`,
    ],
  ];
  for (const [name, keyOf, idOf] of forms) {
    const variants = Array.from({ length: KEYS }, (_, i) => {
      const definition = half(keyOf(i));
      return split((userId) => assign(definition, { userId }).variant === "b", idOf);
    });
    const { phi, pairs } = largestPhi(variants);
    rows.push({
      group: "independence",
      name: `max |phi|, ${name}`,
      value: phi,
      unit: "",
      atMost: BOUND,
      note: `${pairs.toLocaleString("en-US")} pairs of variants, 200,000 units`,
    });
  }
  const keyOf = (i: number) => `experiment-${i}`;
  const idOf = (i: number) => `user-${i}`;
  const mixed = Array.from({ length: 33 }, (_, i) => {
    const coverage = half(keyOf(i), { coverage: 0.5 });
    const layered = createAssigner({
      experiments: [half("x", { layer: { key: keyOf(i), ranges: [[0, 2 ** 31]] } })],
    });
    const variant = half(keyOf(i));
    return [
      split((userId) => assign(coverage, { userId }).enrolled, idOf),
      split((userId) => layered.assign("x", { userId }).enrolled, idOf),
      split((userId) => assign(variant, { userId }).variant === "b", idOf),
    ];
  }).flat();
  const { phi, pairs } = largestPhi(mixed);
  rows.push({
    group: "independence",
    name: "max |phi|, coverage × layer × variant of one key and of others",
    value: phi,
    unit: "",
    atMost: BOUND,
    note: `${pairs.toLocaleString("en-US")} pairs`,
  });

  // Uniformity: χ² of ten equal variants over 20,000 units, for 1,000 keys; its mean is 9, its variance 18.
  let [sum, largest] = [0, 0];
  const ten = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`v${i}`, i]));
  for (let k = 0; k < 1_000; k++) {
    const definition = defineExperiment({ key: keyOf(k), unit: "userId", variants: ten, control: "v0" });
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 20_000; i++) counts[assign(definition, { userId: idOf(i) }).payload as number]!++;
    const chi = counts.reduce((total, each) => total + (each - 2_000) ** 2 / 2_000, 0);
    sum += chi;
    largest = Math.max(largest, chi);
  }
  const z = (sum / 1_000 - 9) / Math.sqrt(18 / 1_000);
  rows.push({
    group: "independence",
    name: "uniformity, |z| of the mean χ² of 1,000 keys",
    value: Math.abs(z),
    unit: "se",
    atMost: 4.5,
  });
  rows.push({
    group: "independence",
    name: "uniformity, largest χ²(9) of 1,000 keys",
    value: largest,
    unit: "",
    atMost: 44,
    note: "44 is p = 1.4e-6",
  });
  return rows;
}
