import { describe, expect, test } from "vitest";
import { project } from "../../src/bandits/constraints/project.js";
import { type Constraint, caps, constraint, controlShare, floor } from "../../src/bandits/index.js";
import { fc } from "../properties.js";

const sum = (vector: readonly number[]) => vector.reduce((total, p) => total + p, 0);

/** A vector and bounds that some vector keeps, with zeros, ties and bounds that meet. */
const problems = fc
  .array(
    fc.record({
      weight: fc.oneof(fc.constant(0), fc.double({ min: 1e-12, max: 1, noNaN: true })),
      inner: fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 1, noNaN: true })),
      down: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
      up: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows) => {
    const total = sum(rows.map(({ weight }) => weight));
    const p = rows.map(({ weight }) => (total > 0 ? weight / total : 1 / rows.length));
    // Somewhere within the bounds lies a vector: this one.
    const all = sum(rows.map(({ inner }) => inner));
    const inner = rows.map((row) => (all > 0 ? row.inner / all : 1 / rows.length));
    return {
      p,
      least: rows.map(({ down }, i) => inner[i]! * down),
      most: rows.map(({ up }, i) => inner[i]! + (1 - inner[i]!) * up),
    };
  });

describe("the projection onto bounds", () => {
  test("laws: a vector within the bounds, the ratios of what no bound holds as they were", () => {
    fc.assert(
      fc.property(problems, ({ p, least, most }) => {
        const made = project(p, least, most);
        expect(Math.abs(sum(made) - 1)).toBeLessThan(1e-9);
        made.forEach((share, i) => {
          expect(share).toBeGreaterThanOrEqual(least[i]!);
          expect(share).toBeLessThanOrEqual(most[i]!);
        });
        const scales = made.flatMap((share, i) =>
          p[i]! > 0 && share > least[i]! && share < most[i]! ? [share / p[i]!] : [],
        );
        const scale = Math.max(...scales);
        for (const each of scales) expect(each / scale).toBeCloseTo(1, 9);
        // What is at its upper bound would be above it, what is at its lower one below it: no nearer vector exists.
        if (scales.length > 0)
          made.forEach((share, i) => {
            if (share === most[i] && share > least[i]!)
              expect(p[i]! * scale).toBeGreaterThanOrEqual(share * (1 - 1e-9));
            if (share === least[i] && share < most[i]!)
              expect(p[i]! * scale).toBeLessThanOrEqual(share * (1 + 1e-9));
          });
        expect(project(made, least, most)).toEqual(made);
      }),
      { numRuns: 400 },
    );
  });

  test("laws: the order of actions does not matter, and a vector within stays as it is", () => {
    fc.assert(
      fc.property(problems, ({ p, least, most }) => {
        const back = <T>(list: readonly T[]) => list.toReversed();
        const made = project(p, least, most);
        back(project(back(p), back(least), back(most))).forEach((share, i) => {
          expect(Math.abs(share - made[i]!)).toBeLessThan(1e-9);
        });
        expect(
          project(
            p,
            p.map(() => 0),
            p.map(() => 1),
          ),
        ).toBe(p);
      }),
      { numRuns: 200 },
    );
  });

  test("no vector within the bounds is nearer by Kullback–Leibler divergence", () => {
    const divergence = (q: readonly number[], p: readonly number[]) =>
      sum(q.map((share, i) => (share > 0 ? share * Math.log(share / p[i]!) : 0)));
    fc.assert(
      fc.property(
        problems,
        fc.nat(),
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (at, x, y, part) => {
          const p = at.p.map((share) => 0.9 * share + 0.1 / at.p.length);
          const made = project(p, at.least, at.most);
          const [i, j] = [x % p.length, y % p.length];
          if (i === j) return;
          const room = Math.min(at.most[i]! - made[i]!, made[j]! - at.least[j]!);
          const moved = made.map((share, n) => share + (n === i ? room * part : n === j ? -room * part : 0));
          expect(divergence(moved, p)).toBeGreaterThanOrEqual(divergence(made, p) - 1e-12);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("where every positive probability is at its largest, the rest goes where there is room, in proportion to it", () => {
    const made = project([0.7, 0.3, 0, 0, 0], [0, 0, 0.1, 0, 0], [0.2, 0.1, 0.4, 0.6, 0]);
    expect(made.slice(0, 2)).toEqual([0.2, 0.1]);
    expect(made[2]).toBeCloseTo(0.1 + 0.3 * (0.6 / 0.9), 12);
    expect(made[3]).toBeCloseTo(0.6 * (0.6 / 0.9), 12);
    expect(made[4]).toBe(0);
  });
});

test("law: any constraints give one vector that keeps all of them in whatever order, or clash in every order", () => {
  const share = fc.oneof(fc.constantFrom(0, 0.1, 1), fc.double({ min: 0, max: 1, noNaN: true }));
  const some: fc.Arbitrary<Constraint> = fc.oneof(
    fc.double({ min: 0, max: 0.3, noNaN: true }).map((each) => floor({ share: each })),
    share.map((each) => controlShare({ share: each })),
    fc.dictionary(fc.constantFrom("v0", "v1", "v2", "v3"), share).map((shares) => caps({ shares })),
    share.map((each) =>
      constraint({
        name: "most",
        settings: each,
        bounds: ({ eligible }) => ({ most: eligible.map(() => each) }),
      }),
    ),
  );
  const actions = ["v0", "v1", "v2", "v3", "v4", "v5"];
  fc.assert(
    fc.property(
      fc.uniqueArray(some, { minLength: 1, maxLength: 4 }),
      fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 1 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
      (list, eligible, weights) => {
        const limits = { eligible, actions, control: 0, rewards: 0 };
        const chosen = eligible.map((i) => weights[i]!);
        const total = sum(chosen);
        const p = chosen.map((weight) => (total > 0 ? weight / total : 1 / chosen.length));
        const under = (order: readonly Constraint[]) => {
          try {
            return order[0]!.hold(p, order, limits);
          } catch (error) {
            expect(error).toMatchObject({ code: "constraints_clash" });
            return undefined;
          }
        };
        const made = under(list);
        expect(under(list.toReversed())).toEqual(made);
        if (!made) return;
        expect(Math.abs(sum(made) - 1)).toBeLessThan(1e-9);
        for (const each of list) {
          const { most } = each.bounds(limits);
          made.forEach((chance, i) => {
            expect(chance).toBeLessThanOrEqual(most?.[i] ?? 1);
          });
        }
      },
    ),
    { numRuns: 500 },
  );
});
