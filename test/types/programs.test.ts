import { describe, expect, it } from "vitest";
import { compile } from "./compile.js";
import { preamble, right, wrong } from "./programs.js";

/** Types that one program may instantiate; most need a tenth of it. An editor works them out at every key. */
const budget = 8_000;

const sound = Object.entries(right);
const faulty = Object.entries(wrong);
const [alone, ...compiled] = compile(
  ["", ...sound.map(([, code]) => code), ...faulty.map(([, [code]]) => code)].map((code) => preamble + code),
);

describe("what is right compiles", () => {
  it("the definitions alone", () => expect(alone!.problems).toEqual([]));

  it.each(sound.map(([what], i) => [what, compiled[i]!] as const))("%s", (_, { problems }) => {
    expect(problems).toEqual([]);
  });
});

describe("what is wrong does not, and the compiler names it", () => {
  it.each(faulty.map(([what, [, said]], i) => [what, said, compiled[sound.length + i]!] as const))(
    "%s",
    (_, said, { problems }) => {
      const text = problems.join("\n");
      expect(text).toContain(said);
      expect(text).not.toContain("overload");
    },
  );
});

it(`no program instantiates more than ${budget} types`, () => {
  const most = Math.max(...[alone!, ...compiled].map(({ instantiations }) => instantiations));
  expect(most).toBeLessThanOrEqual(budget);
  expect(most).toBeGreaterThan(budget / 10);
});
