import { claimLayer, createAssigner, type Definition, defineExperiment } from "essai";
import { type BenchRow, measure } from "./harness.js";

interface User {
  readonly userId: string;
  readonly country: string;
  readonly age: number;
}

interface Peer {
  readonly name: string;
  readonly version: string;
  readonly assign: (user: User) => string | undefined;
}

const users: User[] = Array.from({ length: 4096 }, (_, i) => ({
  userId: Buffer.from(
    `3f2504e0-4f89-41d3-9a0c-${(i * 2654435761).toString(16).padStart(12, "0")}`,
  ).toString(),
  country: ["FR", "BE", "DE"][i % 3]!,
  age: i % 60,
}));

const checkout = defineExperiment({
  key: "checkout",
  unit: "userId",
  variants: { control: 0, b: 1 },
  attributes: { country: "string", age: "number" },
  audience: {
    all: [
      { attribute: "country", in: ["FR", "BE"] },
      { attribute: "age", gte: 18 },
    ],
  },
});

/** 500 experiments: plain, with audiences, in layers, with coverage. */
function manyExperiments(): Definition<string, unknown>[] {
  const experiments: Definition<string, unknown>[] = [];
  for (let i = 0; i < 500; i++)
    experiments.push(
      defineExperiment({
        key: `experiment-${i}`,
        unit: "userId",
        variants: { control: 0, b: 1, c: 2 },
        coverage: i % 5 === 0 ? 0.5 : 1,
        ...(i % 2 === 0 ? { audience: { attribute: "age", gte: i % 50 } } : {}),
        ...(i % 10 === 1 ? { layer: claimLayer(`layer-${i % 100}`, 0.2, experiments) } : {}),
      }),
    );
  return experiments;
}

function callsPerSecond(assignOne: (user: User) => unknown): number {
  return measure(
    (times) => {
      let enrolled = 0;
      for (let i = 0; i < times; i++) if (assignOne(users[i & 4095]!)) enrolled++;
      return enrolled;
    },
    { milliseconds: 60, samples: 7 },
  ).perSecond;
}

/** The catalogue's assigner, and the peers with the same experiment, in one run. */
export async function bench(): Promise<BenchRow[]> {
  const assigner = createAssigner({ experiments: [checkout], holdouts: [] });
  const own = callsPerSecond((user) => assigner.assign(checkout, user).enrolled);
  const batch = measure((times) => {
    let enrolled = 0;
    for (let done = 0; done < times; done += users.length)
      for (const each of assigner.batch(checkout, users)) if (each.enrolled) enrolled++;
    return enrolled;
  });
  const many = createAssigner({ experiments: manyExperiments() });
  const all = measure((times) => {
    let enrolled = 0;
    for (let i = 0; i < times; i++) enrolled += many.assignAll(users[i & 4095]!).length;
    return enrolled;
  });
  const unit = "calls / CPU-s";
  const rows: BenchRow[] = [
    { group: "assigner", name: "createAssigner, two-attribute audience", value: own, unit, atLeast: 3e6 },
    {
      group: "assigner",
      name: "batch, the same",
      value: batch.perSecond,
      unit: "units / CPU-s",
      atLeast: 5e6,
    },
    {
      group: "assigner",
      name: "500 experiments for one user",
      value: all.microseconds,
      unit: "µs",
      atMost: 200,
    },
  ];
  // @ts-expect-error — plain JavaScript: the peers' own types are not installed with the repository
  const { peers } = (await import("./peers.mjs")) as { peers: () => Peer[] };
  let best = 0;
  for (const peer of peers()) {
    const speed = callsPerSecond(peer.assign);
    best = Math.max(best, speed);
    rows.push({
      group: "assigner",
      name: `${peer.name} ${peer.version}`,
      value: speed,
      unit,
      note: `essai is ${(own / speed).toFixed(1)}× as fast`,
    });
  }
  if (best > 0)
    rows.push({
      group: "assigner",
      name: "essai over the best peer",
      value: own / best,
      unit: "×",
      atLeast: 3,
    });
  return rows;
}
