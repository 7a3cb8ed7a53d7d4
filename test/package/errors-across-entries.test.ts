import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { bundle } from "../boundaries/bundle.js";
import { publicEntries } from "../boundaries/public-entries.js";
import { top } from "../boundaries/source-files.js";

/** For every entry a caller's mistake that it refuses, as code over its module `m`; undefined where it throws nothing. */
const mistakes: Readonly<Record<string, string | undefined>> = {
  essai: "m.defineExperiment({})",
  "essai/designs": "m.fullFactorial({})",
  "essai/random": "m.randomSource()",
  "essai/exposures": "m.createSender({ transport() {}, retrys: 1 })",
  "essai/exposures/node": "m.spillQueue('')",
  "essai/errors/fr": undefined,
  "essai/distributions": "m.betaCdf(0.5, -1, 1)",
  "essai/stats": "m.welch({ n: 1, mean: 0, m2: 0 }, { n: 1, mean: 0, m2: 0 })",
  "essai/bandits": "m.restoreBandit('{', {})",
  "essai/bandits/node": "m.openLedger('', {})",
  "essai/ope": "m.policyValue({})",
  "essai/stores": "m.shareBandit({}, {})",
  "essai/stores/file": "m.fileStore('')",
  "essai/stores/postgres": "m.postgresStore({})",
  "essai/stores/redis": "m.redisStore({})",
  "essai/analysis": "m.fromCells({})",
  "essai/segments": "m.discoverSegments({})",
  "essai/segments/node": "await m.discoverInThreads({}, { threads: 0 })",
  "essai/programme": "m.analyzeProgramme([])",
  "essai/report": "m.toText({}, { lang: 'none' })",
  "essai/schema": "m.parseDefinition({})",
  "essai/testing":
    "m.policySuite(() => ({ name: '', settings: {} })).find(({ name }) => name.startsWith('gives a prob')).run()",
  "essai/simulation": "m.simulateCampaign({ seed: 1, users: -1 })",
  "essai/engines": "m.fromFile({ exposures: 'a', events: 'b' }, { variant: 'v' })",
  "essai/engines/duckdb": "await m.duckdb({ path: '/nowhere/at/all.duckdb' })",
  "essai/engines/csv": "m.fromCsv({})",
};

/** The class in one entry is the class in the other, in a Node process of its own, as users load them. */
function caught(of: (name: string) => string): Record<string, string> {
  const program = `
    const { ExperimentError } = await import(${JSON.stringify(of("essai"))});
    const results = {};
    ${Object.entries(mistakes)
      .filter(([, code]) => code)
      .map(
        ([name, code]) => `
    try {
      const m = await import(${JSON.stringify(of(name))});
      ${code};
      results["${name}"] = "nothing thrown";
    } catch (error) {
      results["${name}"] = error instanceof ExperimentError ? "ExperimentError" : String(error?.stack ?? error);
    }`,
      )
      .join("\n")}
    console.log(JSON.stringify(results));`;
  return JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", program], {
      encoding: "utf8",
      cwd: top,
    }),
  );
}

const fileOf = (condition: "node" | "default") => (name: string) => {
  const entry = publicEntries.find((each) => each.name === name);
  return pathToFileURL(join(top, entry?.[condition] ?? "missing")).href;
};
const all = Object.fromEntries(
  Object.entries(mistakes).flatMap(([name, code]) => (code ? [[name, "ExperimentError"]] : [])),
);

describe("an error of one entry is an ExperimentError of another", () => {
  it("every entry is tried", () => {
    expect(Object.keys(mistakes).sort()).toEqual(publicEntries.map(({ name }) => name).sort());
  });

  it("imported by name, in Node", () => {
    expect(caught((name) => name)).toEqual(all);
  });

  it("in the build for bundlers and pages", () => {
    expect(caught(fileOf("default"))).toEqual(all);
  });

  it("would notice two builds in one process", () => {
    const mixed = caught((name) => fileOf(name === "essai" ? "node" : "default")(name));
    expect(Object.values(mixed).filter((each) => each === "ExperimentError")).toEqual(["ExperimentError"]);
  });

  it.each(Object.entries(mistakes).flatMap(([name, code]) => (code ? [] : [name])))(
    "%s has none to throw",
    async (name) => {
      expect((await bundle(`export * from ${JSON.stringify(name)};`)).text).not.toContain("ExperimentError");
    },
  );
});
