import { analyzeProgramme } from "essai/programme";
import { randomSource, sampleNormal } from "essai/random";
import { discoverSegments } from "essai/segments";
import type { BenchRow } from "./harness.js";

const UNITS = 64_000;
const TESTS = 5000;

/** What a call takes, in CPU-seconds. */
function secondsOf(call: () => unknown): number {
  const start = process.cpuUsage();
  if (call() === undefined) throw new Error("nothing was measured");
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** Segments among ten attributes of 64,000 units, and a programme of 5,000 tests. */
export function bench(): BenchRow[] {
  const random = randomSource("bench");
  const list = <T>(draw: () => T) => Array.from({ length: UNITS }, draw);
  const numbers = Array.from({ length: 5 }, (_, j) => [`x${j}`, list(() => random.next())] as const);
  const levels = Array.from(
    { length: 5 },
    (_, j) => [`c${j}`, list(() => `level ${Math.floor((j + 2) * random.next())}`)] as const,
  );
  const treated = list(() => random.next() < 0.5);
  const outcome = treated.map((each, i) =>
    random.next() < (each && numbers[0]![1][i]! > 0.6 ? 0.2 : 0.12) ? 1 : 0,
  );
  const variant = treated.map((each) => (each ? "mail" : "none"));
  const attributes = Object.fromEntries([...numbers, ...levels]);
  const found = secondsOf(() => discoverSegments({ variant, outcome, attributes, control: "none", random }));
  const effects = Array.from({ length: TESTS }, (_, i) => {
    const standardError = 0.01 + 0.02 * random.next();
    const value = 0.01 * sampleNormal(random) + standardError * sampleNormal(random);
    return {
      experiment: `t${i}`,
      value,
      standardError,
      theme: `theme ${i % 7}`,
      channel: `channel ${i % 3}`,
    };
  });
  const read = secondsOf(() => analyzeProgramme(effects));
  return [
    {
      ...{ group: "segments", name: "discoverSegments, 64,000 units × 10 attributes" },
      ...{
        value: found,
        unit: "CPU-s",
        atMost: 5,
        note: "one treatment, a segment to find and a second to look for",
      },
    },
    { group: "segments", name: "analyzeProgramme, 5,000 tests", value: read, unit: "CPU-s", atMost: 10 },
  ];
}
