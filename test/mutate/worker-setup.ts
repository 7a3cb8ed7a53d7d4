import { createHash } from "node:crypto";
import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunnerTask } from "vitest";
import { afterAll, afterEach, beforeEach, expect, inject } from "vitest";
import { getFn } from "vitest/suite";

/** A mutant that is active, and how often it may be met before its run counts as endless. */
interface ActiveMutant {
  readonly id: string;
  readonly hitLimit: number;
}

type Hits = Record<string, number>;

declare module "vitest" {
  interface ProvidedContext {
    /** Where each test file tells what its tests reached, and which mutants they killed at once. */
    readonly reached: string | undefined;
    /** The mutants to be tried at once. */
    readonly sample: readonly string[] | undefined;
    readonly mutant: ActiveMutant | undefined;
  }
}

/** What instrumented code reads and writes; its names are the instrumenter's. */
const shared: {
  activeMutant?: string | undefined;
  hitCount?: number;
  hitLimit?: number;
  currentTestId?: string | undefined;
  mutantCoverage: { static: Hits; perTest: Record<string, Hits> };
} = { mutantCoverage: { static: {}, perTest: {} } };
Object.assign(globalThis, { __stryker__: shared });

function activate(mutant?: ActiveMutant): void {
  Object.assign(shared, { activeMutant: mutant?.id, hitCount: 0, hitLimit: mutant?.hitLimit });
}

const testsOf = (task: RunnerTask): RunnerTask[] =>
  task.type === "suite" ? task.tasks.flatMap(testsOf) : [task];
const durationOf = (task: RunnerTask) => task.result?.duration ?? 0;

async function passes(task: RunnerTask, mutant?: ActiveMutant): Promise<boolean> {
  activate(mutant);
  try {
    await getFn(task as never)();
    return true;
  } catch {
    return false;
  } finally {
    activate();
  }
}

/** A mutant meets the quickest tests of a file at once, as many as take so many milliseconds; the others run by themselves. */
const LONGEST = 1000;

/**
 * Runs tests again in the same process with mutants active: a hundred times as fast as a process per mutant. What a
 * mutant leaves behind (a cache) could kill another, so a test that killed must pass again without it; what survives
 * here is tried in a process of its own.
 */
async function killAtOnce(
  sample: readonly string[],
  tests: readonly RunnerTask[],
  { static: always, perTest }: typeof shared.mutantCoverage,
  tell: (event: object) => void,
): Promise<void> {
  const repeatable = new Map<RunnerTask, boolean>();
  for (const id of sample) {
    if (always[id] !== undefined) continue;
    const reaching = tests
      .filter((test) => perTest[test.id]?.[id] !== undefined)
      .sort((a, b) => durationOf(a) - durationOf(b));
    let time = 0;
    for (const test of reaching.slice(0, 20)) {
      if ((time += durationOf(test)) > LONGEST) break;
      if (!repeatable.has(test)) repeatable.set(test, await passes(test));
      if (!repeatable.get(test)) continue;
      tell({ tried: id });
      if (await passes(test, { id, hitLimit: 1000 + 100 * (perTest[test.id]?.[id] ?? 0) })) continue;
      if (!(await passes(test))) return;
      tell({ killed: id, by: test.name });
      break;
    }
  }
}

const folder = inject("reached");
if (folder === undefined) activate(inject("mutant"));
else {
  let all: RunnerTask[] = [];
  beforeEach(({ task }) => {
    if (all.length === 0) all = testsOf(task.file);
    shared.currentTestId = task.id;
  });
  afterEach(() => {
    shared.currentTestId = undefined;
  });
  afterAll(async () => {
    const file = expect.getState().testPath;
    const name = `${createHash("sha256").update(`${file}`).digest("hex")}.jsonl`;
    const tell = (event: object) => appendFileSync(join(folder, name), `${JSON.stringify(event)}\n`);
    const tests = all.filter(({ result }) => result?.state === "pass");
    // What runs from here on is counted too, but not among this.
    const reached = structuredClone(shared.mutantCoverage);
    tell({
      file,
      failed: all.filter(({ result }) => result?.state === "fail").map((test) => test.name),
      always: reached.static,
      tests: tests.map((test) => ({
        ...{ id: test.id, duration: durationOf(test), reaches: reached.perTest[test.id] ?? {} },
      })),
    });
    const killed = new Set(
      readdirSync(folder).flatMap((other) =>
        [...readFileSync(join(folder, other), "utf8").matchAll(/^\{"killed":"(\d+)"/gm)].map(([, id]) => id),
      ),
    );
    const sample = inject("sample") ?? [];
    await killAtOnce(
      sample.filter((id) => !killed.has(id)),
      tests,
      reached,
      tell,
    );
    tell({ done: true });
  }, 3_600_000);
}
