import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVitest } from "vitest/node";

/** Files in the order in which they were given: vitest's own begins with those that failed last. */
class AsGiven {
  async shard(files) {
    return files;
  }
  async sort(files) {
    return files;
  }
}

/** @returns what test files told of themselves so far: one entry per file, with the mutants that it killed at once */
function told(folder) {
  return readdirSync(folder).map((name) => {
    const [first, ...events] = readFileSync(join(folder, name), "utf8")
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    return {
      ...first,
      killed: events.filter(({ killed }) => killed !== undefined),
      done: events.at(-1)?.done === true,
      /** The mutant that is being tried, if one is. */
      trying: events.at(-1)?.tried && `${events.length} ${events.at(-1).tried}`,
    };
  });
}

/** A vitest that serves instrumented code instead of what lies in `src`. */
async function openVitest(top, code) {
  const options = {
    ...{ root: top, watch: false, reporters: [{}], isolate: true, pool: "threads", silent: true },
    ...{ testTimeout: 60_000, teardownTimeout: 500 },
    setupFiles: [join(top, "test/mutate/worker-setup.ts")],
    sequence: { sequencer: AsGiven },
  };
  const plugin = { name: "mutants", enforce: "pre", load: (id) => code.get(id.split("?")[0]) };
  return createVitest("test", options, { plugins: [plugin], clearScreen: false });
}

/** Runs tests on instrumented code; where a mutant never ends, its worker is ended and a new vitest opened. */
export async function openSession(top, code) {
  let vitest = await openVitest(top, code);

  const run = (files, { bail, workers }) => {
    const project = vitest.getRootProject();
    for (const config of [vitest.config, project.config])
      Object.assign(config, { bail, maxWorkers: workers });
    const specifications = files.map(({ file, ids }) =>
      project.createSpecification(file, ids ? { testIds: ids } : undefined),
    );
    return vitest.runTestSpecifications(specifications, false);
  };
  const close = async () => {
    // Twice: the second does not wait for tests that run.
    void vitest.cancelCurrentRun("keyboard-input");
    void vitest.cancelCurrentRun("keyboard-input");
    await Promise.race([vitest.close(), new Promise((resolve) => setTimeout(resolve, 5_000))]);
  };
  /** @returns undefined if `late` came first */
  const inTime = async (running, late) => {
    running.catch(() => undefined);
    const first = await Promise.race([running, late]);
    if (first !== undefined) return first;
    await close();
    vitest = await openVitest(top, code);
    return undefined;
  };

  return {
    close,
    files: async () => (await vitest.globTestSpecifications()).map(({ moduleId }) => moduleId),

    /**
     * Runs test files without any mutant, and then their quick tests with each that they reach.
     * @returns one entry per file: its tests, their times, what they reach, what they killed
     */
    async reach(files, sample, workers) {
      const folder = mkdtempSync(join(tmpdir(), "essai-mutate-"));
      vitest.provide("mutant", undefined);
      const done = new Map();
      for (let due = files; due.length > 0; due = due.filter((file) => !done.has(file))) {
        vitest.provide("reached", folder);
        vitest.provide("sample", sample);
        let timer;
        const stuck = new Promise((resolve) => {
          let before = [];
          timer = setInterval(() => {
            const now = told(folder).flatMap(({ trying }) => trying ?? []);
            if (now.some((each) => before.includes(each))) resolve(undefined);
            before = now;
          }, 60_000);
        });
        const result = await inTime(
          run(
            due.map((file) => ({ file })),
            { bail: 0, workers },
          ),
          stuck,
        );
        clearInterval(timer);
        for (const each of told(folder)) done.set(each.file, each);
        if (result) {
          for (const file of due)
            if (!done.has(file))
              done.set(file, { file, failed: ["all of it"], always: {}, tests: [], killed: [] });
          break;
        }
      }
      rmSync(folder, { recursive: true });
      return [...done.values()];
    },

    /** Runs what reaches a mutant, with it active. @returns what fails, or undefined */
    async attack(mutant, files, milliseconds) {
      vitest.provide("reached", undefined);
      vitest.provide("mutant", mutant);
      let timer;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, milliseconds);
      });
      const result = await inTime(run(files, { bail: 1, workers: 1 }), late);
      clearTimeout(timer);
      if (!result) return "it never ends";
      const failed = result.testModules.find((module) => module.state() === "failed");
      if (!failed) return result.unhandledErrors.length > 0 ? "an error that nothing caught" : undefined;
      const test = [...failed.children.allTests()].find((each) => each.result().state === "failed");
      return `${failed.relativeModuleId}${test ? `: ${test.fullName}` : ""}`;
    },
  };
}
