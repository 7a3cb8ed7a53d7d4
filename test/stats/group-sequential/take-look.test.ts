import { describe, expect, it } from "vitest";
import { groupSequentialDesign, type Look, type LooksState, takeLook } from "../../../src/stats/index.js";
import { near } from "../reference.js";

const fractions = [0.2, 0.35, 0.7, 1];
const trial = { trial: "checkout / orders", plan: { looks: fractions }, information: 1000 };
const look = (information: number, z: number): Look => ({
  information,
  estimate: z / Math.sqrt(information),
  standardError: 1 / Math.sqrt(information),
});

/** All looks in turn, the state through JSON each time. */
function run(of: typeof trial, looks: readonly Look[]) {
  let state: LooksState | undefined;
  return looks.map((each) => {
    const taken = takeLook(of, state, each);
    state = JSON.parse(JSON.stringify(taken.state)) as LooksState;
    return taken;
  });
}
const code = (call: () => unknown): unknown => {
  try {
    call();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return null;
};

describe("reference", () => {
  it("looks where the plan has them meet the boundaries of the design, whatever the alternative", () => {
    for (const plan of [
      { looks: fractions },
      { looks: fractions, alternative: "greater" },
      { looks: fractions, alternative: "less", spending: { type: "pocock" }, power: 0.9, futility: {} },
      { looks: fractions, alternative: "greater", power: 0.9, futility: { binding: true } },
    ] as const) {
      const design = groupSequentialDesign(plan);
      const taken = run(
        { ...trial, plan } as unknown as typeof trial,
        fractions
          .map((t) =>
            look(
              1000 * t,
              plan.looks && "futility" in plan ? (plan.alternative === "less" ? -1.9 : 1.2) : 0.3,
            ),
          )
          .slice(0, 3),
      );
      taken.forEach(({ reading }, i) => {
        near(reading.upper, design.upper[i]!, 1e-8);
        near(reading.lower, design.lower[i]!, 1e-8);
        near(reading.spent, design.spent[i]!, 1e-8);
      });
    }
  });
});

describe("laws", () => {
  it("unplanned looks spend by their information, and the last one spends the rest", () => {
    const taken = run(
      trial,
      [0.11, 0.12, 0.5, 0.8, 1].map((t) => look(1000 * t, 0.5)),
    );
    const design = groupSequentialDesign({ looks: [0.11, 0.12, 0.5, 0.8, 1] });
    taken.forEach(({ reading }, i) => {
      near(reading.upper, design.upper[i]!, 1e-8);
    });
    expect(taken.at(-1)!.reading).toMatchObject({ look: 5, ended: true, crossed: null, left: 0 });
  });

  it("a repeated look costs nothing and says the same", () => {
    const [first] = run(trial, [look(500, 1)]);
    const again = takeLook(trial, first!.state, look(500, 1));
    expect(again.state).toEqual(first!.state);
    expect(again.reading).toEqual({ ...first!.reading, repeated: true });
  });

  it("running over uses the information at the error that is left; running under spends it when told", () => {
    const [, over] = run(trial, [look(500, 1), look(1300, 1)]);
    expect(over!.reading).toMatchObject({ fraction: 1.3, ended: true, left: 0 });
    const [, under] = run(trial, [look(500, 1), { ...look(800, 1), last: true }]);
    expect(under!.reading).toMatchObject({ fraction: 0.8, ended: true, left: 0 });
    expect(under!.reading.upper).toBeLessThan(groupSequentialDesign({ looks: [0.5, 0.8, 1] }).upper[1]!);
  });

  it("a look that turns out to be the last is tested once, at all that is left", () => {
    const [, second] = run(trial, [look(500, 1), look(800, 1)]);
    const last = takeLook(trial, second!.state, { ...look(800, 1), last: true });
    const [, direct] = run(trial, [look(500, 1), { ...look(800, 1), last: true }]);
    expect(last.state.looks).toHaveLength(2);
    near(last.reading.upper, direct!.reading.upper, 1e-12);
  });

  it("a crossed boundary ends the trial; futility only where it binds", () => {
    expect(run(trial, [look(500, 4)])[0]!.reading).toMatchObject({ crossed: "upper", ended: true });
    expect(run(trial, [look(500, -4)])[0]!.reading).toMatchObject({ crossed: "lower", ended: true });
    const one = { looks: fractions, alternative: "greater" } as const;
    const open = { ...trial, plan: { ...one, futility: {} } };
    const bound = { ...trial, plan: { ...one, futility: { binding: true } } };
    expect(takeLook(open, undefined, look(500, -2)).reading).toMatchObject({
      crossed: "futility",
      ended: false,
    });
    expect(takeLook(bound, undefined, look(500, -2)).reading).toMatchObject({
      crossed: "futility",
      ended: true,
    });
  });

  it("intervals only narrow as they meet, and what has no common point is told as null", () => {
    const taken = run(trial, [look(350, 1), look(700, 0.2), look(900, 0.4)]);
    const widths = taken.map(({ reading }) => reading.intersection![1] - reading.intersection![0]);
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    const torn = run(trial, [{ ...look(500, 2.5), standardError: 0.04 }, { ...look(900, -1.9) }]);
    expect(torn[1]!.reading.intersection === null).toBe(torn[1]!.state.lower! > torn[1]!.state.upper!);
  });

  it("the passed state is not changed, and its keys may come in any order", () => {
    const [first] = run(trial, [look(500, 1)]);
    const text = JSON.stringify(first!.state);
    const turned = Object.fromEntries(Object.entries(first!.state).reverse()) as unknown as LooksState;
    expect(takeLook(trial, turned, look(900, 1)).reading).toEqual(
      takeLook(trial, first!.state, look(900, 1)).reading,
    );
    expect(JSON.stringify(first!.state)).toBe(text);
  });
});

describe("edges", () => {
  const { state } = takeLook(trial, undefined, look(500, 1));

  it("refuses each look that cannot be one, by name", () => {
    expect(code(() => takeLook(trial, state, look(400, 1)))).toBe("shrunken_data");
    expect(code(() => takeLook(trial, state, look(500, 2)))).toBe("changed_look");
    expect(code(() => takeLook(trial, undefined, look(500, 1)))).toBe(null);
    expect(code(() => takeLook(trial, undefined, { ...look(500, 1), information: 0 }))).toBe("out_of_range");
    expect(code(() => takeLook(trial, undefined, { ...look(500, 1), standardError: 0 }))).toBe(
      "out_of_range",
    );
    const ended = takeLook(trial, state, look(1000, 1)).state;
    expect(code(() => takeLook(trial, ended, look(1100, 1)))).toBe("look_after_end");
    expect(takeLook(trial, ended, look(1000, 1)).reading.repeated).toBe(true);
  });

  it("refuses a state of another trial, plan, size or format, and one whose looks are out of order", () => {
    expect(code(() => takeLook({ ...trial, trial: "other" }, state, look(600, 1)))).toBe("mixed_trials");
    expect(code(() => takeLook({ ...trial, plan: { looks: [0.5, 1] } }, state, look(600, 1)))).toBe(
      "plan_changed",
    );
    expect(code(() => takeLook({ ...trial, information: 2000 }, state, look(600, 1)))).toBe("plan_changed");
    const newer = { ...state, format: "essai.looks/2" } as unknown as LooksState;
    expect(code(() => takeLook(trial, newer, look(600, 1)))).toBe("unsupported_format");
    const extra = { ...state, more: 1 } as unknown as LooksState;
    expect(code(() => takeLook(trial, extra, look(600, 1)))).toBe("unknown_key");
    const turned = { ...state, looks: [...takeLook(trial, state, look(700, 1)).state.looks].reverse() };
    expect(code(() => takeLook(trial, turned, look(900, 1)))).toBe("out_of_range");
  });

  it("the same plan with its defaults written out is the same plan", () => {
    const written = { ...trial, plan: { looks: fractions, level: 0.95, power: 0.8 } };
    expect(code(() => takeLook(written, state, look(600, 1)))).toBe(null);
  });
});
