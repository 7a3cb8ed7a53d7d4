import { assign, type Definition, defineExperiment } from "essai";
import { type BenchRow, measure } from "./harness.js";

const ids = Array.from(
  { length: 4096 },
  (_, i) => `3f2504e0-4f89-41d3-9a0c-${(i * 2654435761).toString(16).padStart(12, "0")}`,
);

const test = defineExperiment({ key: "checkout", unit: "userId", variants: { control: 0, a: 1, b: 2 } });
const half = defineExperiment({ key: "half", unit: "userId", coverage: 0.5, variants: { control: 0, a: 1 } });

const many = defineExperiment({
  key: "many",
  unit: "userId",
  control: "v0",
  variants: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`v${i}`, i])),
});

const crowded = defineExperiment({
  key: "crowded",
  unit: "userId",
  control: "v0",
  variants: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`v${i}`, i])),
  allocation: Object.fromEntries(
    Array.from({ length: 1000 }, (_, i) => [`v${i}`, i === 0 ? 0.9 : 0.1 / 999]),
  ),
});

function run(times: number, definition: Definition<string, unknown>, users: readonly object[]): number {
  let enrolled = 0;
  for (let i = 0; i < times; i++) if (assign(definition, users[i & 4095]!).enrolled) enrolled++;
  return enrolled;
}

/** Plain `assign` on 36-character ids. */
export function bench(): BenchRow[] {
  const users = ids.map((userId) => ({ userId }));
  const accented = ids.map((id) => ({ userId: `é${id.slice(2)}` }));
  const row = (name: string, perSecond: number, atLeast?: number): BenchRow => ({
    group: "assignment",
    name,
    value: perSecond,
    unit: "calls / CPU-s",
    ...(atLeast === undefined ? {} : { atLeast }),
  });
  return [
    row("assign, 3 variants", measure((n) => run(n, test, users)).perSecond, 5e6),
    row("assign, 1,000 variants", measure((n) => run(n, many, users)).perSecond),
    row("assign, 1,000 variants with a 90 % control", measure((n) => run(n, crowded, users)).perSecond, 3e6),
    row("assign, 2 variants, coverage 0.5", measure((n) => run(n, half, users)).perSecond),
    row("assign, ids beginning with é", measure((n) => run(n, test, accented)).perSecond),
  ];
}
