// npm run mutate -- FOLDER … [--sample 300] [--seed 1] [--changed REF] [--tests PATH,…] [--without PATH,…] [--workers 2]: changes the code of
// src/FOLDER in a sample of places, one at a time, and runs the tests that reach the place until one fails. Names
// the changes that no test notices; a whole run writes the scores into docs/testing.md. --changed takes all mutants of the
// files that differ from a commit, --tests only the test files whose path begins so; both write nothing.
// --without leaves test files out that take long: they could only kill more.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeMutants, sampleMutants } from "./mutants.mjs";
import { keepScore } from "./scores.mjs";
import { openSession } from "./vitest-session.mjs";

const top = fileURLToPath(new URL("../..", import.meta.url));
process.env.ESSAI_BUILT = "1";

/**
 * Tests of another folder that try a room: an experiment's gates are met when it assigns; suites that every member of a
 * family runs through; sources that read a metric's data.
 */
const kin = {
  assignment: ["gates/"],
  gates: ["assignment/"],
  bandits: ["conformance/"],
  metrics: ["analysis/sources/"],
};

/** A mutant meets its quickest tests first, for at most so many seconds of what they take without it. */
const patience = 60;

const { values: given, positionals: folders } = parseArgs({
  options: Object.fromEntries(
    ["sample", "seed", "changed", "tests", "without", "workers", "verbose"].map((name) => [
      name,
      { type: "string" },
    ]),
  ),
  allowPositionals: true,
});
const size = Number(given.sample ?? 300);
const seed = given.seed ?? "1";
const workers = Number(given.workers ?? 2);
/** Mutants that do the same as the code, by hand judgement, with the reason. */
const equivalents = JSON.parse(readFileSync(join(top, "test/mutate/equivalents.json"), "utf8"));

const git = (...words) => execFileSync("git", words, { cwd: top, encoding: "utf8" }).trim();
const lines = (text) => text.split("\n").filter((line) => line !== "");

async function mutate(folder) {
  const source = folder ? folder.split(",").map((path) => `src/${path}`) : ["src"];
  const files = lines(
    given.changed === undefined
      ? git("ls-files", ...source)
      : git("diff", "--name-only", "--diff-filter=d", given.changed, "--", ...source),
  ).filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));
  const { code, mutants } = await makeMutants(top, files);
  const sample = sampleMutants(mutants, given.changed === undefined ? size : mutants.length, seed);

  const sessions = [await openSession(top, code)];
  const [room] = folder.split("/");
  const wanted = given.tests?.split(",") ?? [`${room}/`, ...(kin[room] ?? [])].map((each) => `test/${each}`);
  const paths = (await sessions[0].files())
    .map((file) => file.slice(top.length))
    .filter((path) => wanted.some((start) => path.startsWith(start)))
    .filter((path) => !given.without?.split(",").some((start) => path.startsWith(`test/${start}`)));
  const reached = await sessions[0].reach(
    paths.map((path) => join(top, path)),
    sample.map(({ id }) => id),
    workers,
  );
  for (const { file, failed } of reached)
    for (const test of failed)
      console.log(`left out, for it fails on instrumented code: ${file.slice(top.length)}: ${test}`);

  /** What reaches a mutant: the quickest first. */
  const reaching = ({ id }) => {
    const found = reached.flatMap(({ file, always, tests }) => {
      const some =
        always[id] === undefined ? tests.filter(({ reaches }) => reaches[id] !== undefined) : tests;
      if (some.length === 0) return [];
      const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);
      return [
        {
          ...{ file, ids: some.map((test) => test.id), duration: sum(some.map((test) => test.duration)) },
          hits: sum([always[id] ?? 0, ...some.map(({ reaches }) => reaches[id] ?? 0)]),
        },
      ];
    });
    found.sort((a, b) => a.duration - b.duration);
    let time = 0;
    return found.filter(({ duration }, i) => (time += duration) < 1000 * patience || i === 0);
  };

  const attack = async (session, mutant) => {
    const tests = reaching(mutant);
    if (tests.length === 0) return { status: "unreached" };
    const expected = tests.reduce((sum, { duration }) => sum + duration, 0);
    const hits = tests.reduce((sum, test) => sum + test.hits, 0);
    const active = { id: mutant.id, hitLimit: 1000 + 100 * hits };
    const by = await session.attack(active, tests, 30_000 + 5 * expected);
    if (by !== undefined) return { status: "killed", by };
    const known = equivalents.some(
      (each) => each.file === mutant.file && each.code === mutant.code && each.becomes === mutant.becomes,
    );
    return { status: known ? "equivalent" : "survived" };
  };

  const atOnce = new Set(reached.flatMap(({ killed }) => killed.map((each) => each.killed)));
  const queue = sample.filter(({ id }) => !atOnce.has(id));
  const results = [...atOnce].map(() => ({ status: "killed" }));
  const left = files.length > 0 && queue.length > 0 ? workers - 1 : 0;
  sessions.push(...(await Promise.all(Array.from({ length: left }, () => openSession(top, code)))));
  console.log(`${atOnce.size} killed at once, ${queue.length} to be tried one by one`);
  await Promise.all(
    sessions.map(async (session) => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const result = await attack(session, mutant);
        results.push(result);
        const short = (text, length) => text.replace(/\s+/g, " ").slice(0, length);
        const change = `${mutant.file}:${mutant.line}:${mutant.column} ${short(mutant.code, 110)} → ${short(mutant.becomes, 60)}`;
        if (result.status === "survived" || result.status === "unreached")
          console.log(`${result.status} ${change}`);
        else if (given.verbose) console.log(`${result.status} ${change} by ${result.by}`);
      }
    }),
  );
  await Promise.all(sessions.map((session) => session.close()));
  return { mutants: mutants.length, results };
}

for (const folder of folders.length > 0 ? folders : [""]) {
  const started = Date.now();
  const { mutants, results } = await mutate(folder);
  const score = {
    date: git("log", "-1", "--format=%cs"),
    commit: git("log", "-1", "--format=%h"),
    seed,
    mutants,
  };
  for (const status of ["killed", "equivalent", "survived", "unreached"])
    score[status] = results.filter((each) => each.status === status).length;
  console.log(`${folder} ${JSON.stringify(score)} ${Math.round((Date.now() - started) / 1000)} s`);
  if (given.changed === undefined && given.tests === undefined && !folder.includes("/"))
    keepScore(top, folder, score);
}
process.exit(0);
