import { describe, expect, it } from "vitest";
import { bundle } from "./bundle.js";

/** Real uses and the gzip bytes they may cost; the ceilings are the design's. */
const uses: readonly { use: string; ceiling: number; code: string }[] = [
  {
    use: "assign",
    ceiling: 1_200,
    code: `import { assign } from "essai"; console.log(assign);`,
  },
  {
    use: "createAssigner, with audiences, layers and holdouts",
    ceiling: 3_000,
    code: `import { createAssigner } from "essai"; console.log(createAssigner);`,
  },
  {
    use: "an exposure log and a sender",
    ceiling: 2_000,
    code: `import { createExposureLog, createSender, postTo } from "essai/exposures"; export { createExposureLog, createSender, postTo };`,
  },
  {
    use: "an exposure log",
    ceiling: 2_000,
    code: `import { createExposureLog } from "essai/exposures"; export { createExposureLog };`,
  },
  // A bandit's floor: 0.6 kB are the error class and its sentences, 1.0 kB the exact vector of Beta arms, 0.4 kB hashing.
  {
    use: "restore a Beta-Thompson bandit and decide",
    ceiling: 3_950,
    code: `import { bernoulli, decide, restoreBandit, thompson } from "essai/bandits"; export { bernoulli, decide, restoreBandit, thompson };`,
  },
  {
    use: "create a Beta-Thompson bandit, decide and learn",
    ceiling: 4_100,
    code: `import { createBandit, decide, thompson, update } from "essai/bandits"; export { createBandit, decide, thompson, update };`,
  },
  {
    use: "one correction",
    ceiling: 217,
    code: `import { holm } from "essai/stats"; export { holm };`,
  },
];

/** What must not reach a page that imports the browser entries. */
const absentInputs = /node_modules\/(zod|jstat|seedrandom|csv-parse|@duckdb|@observablehq|linkedom)\//;
const absentText =
  /\b(setTimeout|setInterval|fetch|XMLHttpRequest|sendBeacon|localStorage|document\.cookie)\b|Math\.random|Date\.now|new Date\(\)/;

describe("gzip ceilings of real uses", () => {
  it.each(uses)("$use ≤ $ceiling B", async ({ code, ceiling }) => {
    const { gzipBytes } = await bundle(code);
    expect(gzipBytes).toBeLessThanOrEqual(ceiling);
  });
});

describe("what must not appear", () => {
  it("the browser entry carries no package, no node module, no timer, no network, no global state", async () => {
    const { inputs, externals, text } = await bundle(`export * from "essai";`);
    expect(inputs.filter((input) => absentInputs.test(input))).toEqual([]);
    expect(externals).toEqual([]);
    expect(text.match(absentText)?.[0]).toBeUndefined();
  });

  it("the check would notice: zod in a page is seen", async () => {
    const { inputs } = await bundle(`import * as z from "zod"; console.log(z.string());`);
    expect(inputs.some((input) => absentInputs.test(input))).toBe(true);
  });
});
