import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bundle } from "./bundle.js";
import { browserEntries } from "./public-entries.js";
import { top } from "./source-files.js";

/** Real uses and the gzip bytes they may cost. */
const uses: readonly { use: string; ceiling: number; code: string }[] = [
  {
    use: "assign",
    ceiling: 1_300,
    code: `import { assign } from "essai"; console.log(assign);`,
  },
  {
    use: "createAssigner, with audiences, layers and holdouts",
    // Leaving code out saves: 1.0 kB all checks of the catalogue, options and calls; 0.4 kB versions, dates, sets and tests of
    // text in conditions. 0.1 kB say where ranges have a gap and what an audience needs.
    ceiling: 4_802,
    code: `import { createAssigner } from "essai"; console.log(createAssigner);`,
  },
  {
    // 0.8 kB of it are ids and checks, 0.6 kB the error class; 1.4 kB are what keeps a sender from losing anything: sizes of
    // batches, limits of time, pauses, what is refused for good, closing, and callers' functions that fail.
    use: "an exposure log and a sender",
    ceiling: 3_502,
    code: `import { createExposureLog, createSender, postTo } from "essai/exposures"; export { createExposureLog, createSender, postTo };`,
  },
  {
    // 0.6 kB for leaving a page, 0.55 kB for the storage and its locks.
    use: "an exposure log and a page's sender, with storage",
    ceiling: 4_680,
    code: `import { createExposureLog, createPageSender, storedQueue } from "essai/exposures"; export { createExposureLog, createPageSender, storedQueue };`,
  },
  {
    // 0.01 kB of it refuse the numbers that no Date holds, as every other reader of a time does.
    use: "an exposure log",
    ceiling: 1_686,
    code: `import { createExposureLog } from "essai/exposures"; export { createExposureLog };`,
  },
  // A bandit's floor: 0.6 kB are the error class and its sentences, 1.1 kB the exact vector of Beta arms, of which 0.1 kB make it
  // exact to 1e-8 in half the time, 0.4 kB hashing.
  {
    use: "restore a Beta-Thompson bandit and decide",
    ceiling: 7_235,
    code: `import { bernoulli, decide, restoreBandit, thompson } from "essai/bandits"; export { bernoulli, decide, restoreBandit, thompson };`,
  },
  {
    // 0.06 kB of it are the model's own likelihood, which the evidence rule reads; 0.13 kB name the outcomes that break the
    // sums, and their decisions.
    use: "create a Beta-Thompson bandit, decide and learn",
    // Leaving files out saves: 1.7 kB all checks and errors with their sentences, 1.1 kB the exact vector, 0.6 kB hashes.
    ceiling: 6_771,
    code: `import { createBandit, decide, thompson, update } from "essai/bandits"; export { createBandit, decide, thompson, update };`,
  },
  {
    // What leaving files out saves: 3.6 kB the gates and the reading of raw definitions and conditions that they come with,
    // 2.2 kB errors and their sentences, 1.1 kB the exact vector, 0.7 kB the joint projection, 0.3 kB the nearest name.
    use: "the same with gates and constraints",
    // Leaving files out saves: 4.3 kB the gates and the reading of raw definitions and conditions that they come with, 3.0 kB
    // all checks and errors with their sentences, 1.7 kB the constraints, 1.1 kB the exact vector, 0.3 kB the nearest name.
    ceiling: 12_914,
    code: `import { gatesOf } from "essai"; import { caps, controlShare, createBandit, decide, floor, thompson, update } from "essai/bandits"; export { caps, controlShare, createBandit, decide, floor, gatesOf, thompson, update };`,
  },
  {
    // 0.2 kB of it are the correction, the rest the error that says what is wrong with a p-value.
    use: "one correction",
    ceiling: 1_498,
    code: `import { holm } from "essai/stats"; export { holm };`,
  },
];

const built = /^dist\/.*\.js$/;
const generator = "dist/random/source.js";
const absentText =
  /\b(setTimeout|setInterval|fetch|XMLHttpRequest|sendBeacon|localStorage|document\.cookie)\b|Math\.random|Date\.now|new Date\(\)/;

const { browserslist } = JSON.parse(readFileSync(join(top, "package.json"), "utf8")) as {
  browserslist: readonly string[];
};
const browsers = browserslist.map((each) => each.replace(" >= ", ""));

describe("gzip ceilings of real uses", () => {
  it.each(uses)("$use ≤ $ceiling B", async ({ code, ceiling }) => {
    const { gzipBytes } = await bundle(code);
    expect(gzipBytes).toBeLessThanOrEqual(ceiling);
  });

  it.each(uses)("$use ≤ $ceiling B when built for the oldest browsers served", async ({ code, ceiling }) => {
    const { gzipBytes } = await bundle(code, browsers);
    expect(gzipBytes).toBeLessThanOrEqual(ceiling);
  });
});

describe("what must not appear", () => {
  it.each(browserEntries)("$name carries no package and no node module", async ({ name }) => {
    const { inputs, externals } = await bundle(`export * from ${JSON.stringify(name)};`);
    expect(inputs).not.toEqual([]);
    expect(inputs.filter((input) => !built.test(input))).toEqual([]);
    expect(externals).toEqual([]);
  });

  it("essai itself carries no generator, no timer, no network, no global state", async () => {
    const { inputs, text } = await bundle(`export * from "essai";`);
    expect(inputs).not.toContain(generator);
    expect(text.match(absentText)?.[0]).toBeUndefined();
  });

  it.each(["zod", "jstat", "seedrandom"])("the check would notice %s in a page", async (name) => {
    const { inputs } = await bundle(`import * as all from "${name}"; console.log(all);`);
    expect(inputs.some((input) => !built.test(input))).toBe(true);
  });

  it("the check would notice the generator", async () => {
    const { inputs } = await bundle(`export * from "essai/random";`);
    expect(inputs).toContain(generator);
  });
});
