import {
  type Assignment,
  createAssigner,
  type Definition,
  defineCatalogue,
  defineExperiment,
  ExperimentError,
  explain,
  gatesOf,
} from "essai";
import { createBandit, decide, policies, quickDecide } from "essai/bandits";
import { type RandomSource, randomSource } from "essai/random";
import { describe, expect, it } from "vitest";

const now = new Date("2026-03-15");
const countries = ["FR", "BE", "DE"];
const POINTS = 2 ** 32;

/** An experiment with whatever gates chance gives it; it may depend on those before it. */
function randomExperiment(random: RandomSource, i: number, before: readonly Definition[]) {
  const some = (share: number) => random.next() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)]!;
  const other = before.length > 0 ? pick(before).key : undefined;
  return defineExperiment({
    key: `x${i}`,
    unit: "userId",
    variants: { control: { n: i }, b: { n: -i } },
    policy: pick(["fixed", "thompson"]),
    coverage: some(0.3) ? 0.6 : 1,
    ...(some(0.4) && { status: pick(["draft", "running", "paused", "stopped"] as const) }),
    ...(some(0.2) && { rollout: "b" as const }),
    ...(some(0.3) && { schedule: pick([{ from: "2026-03-01" }, { until: "2026-03-01" }]) }),
    ...(some(0.3) && { audience: { attribute: "country", in: ["FR", "BE"] } }),
    ...(some(0.3) && {
      rules: [{ key: "r", when: { attribute: "country", eq: "BE" }, variant: "b" as const, holdback: 0.5 }],
    }),
    ...(some(0.3) && { layer: { key: `l${i}`, ranges: [[0, 0.75 * POINTS]] as [number, number][] } }),
    ...(some(0.2) && { overrides: [{ unitId: "u3", variant: "b" as const }] }),
    ...(other &&
      some(0.5) && { prerequisites: [{ experiment: other, ...(some(0.5) && { variants: ["b"] }) }] }),
  }) as Definition;
}

function randomCatalogue(random: RandomSource) {
  const experiments: Definition[] = [];
  for (let i = 0; i < 5; i++) experiments.push(randomExperiment(random, i, experiments));
  const holdouts = random.next() < 0.5 ? [{ key: "h", share: 0.2, unit: "userId" }] : [];
  return defineCatalogue({ experiments, holdouts });
}

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof ExperimentError) return error.code;
    throw error;
  }
};

/** Reason of the first step that decides, as the steps tell it. */
function toldReason({ steps }: ReturnType<typeof explain>, made: Assignment<string, unknown>): string {
  for (const { step, passed, ...facts } of steps) {
    if (step === "override" || step === "rollout") {
      if (passed) return step;
    } else if (step === "rule") {
      if (passed) return "rule";
    } else if (step === "policy") return "undecided";
    else if (step === "allocation") return "allocated";
    else if (!passed) {
      const assignment = (facts as { readonly assignment?: Assignment<string, unknown> }).assignment;
      return assignment?.reason === "undecided" && made.reason === "undecided" ? "undecided" : step;
    }
  }
  return "none";
}

const trials = Array.from({ length: 30 }, (_, i) => randomCatalogue(randomSource(`gates ${i}`)));
const users = Array.from({ length: 12 }, (_, i) => ({ userId: `u${i}`, country: countries[i % 3] }));

describe("assign, decide and explain ask the same gates", () => {
  it("for random definitions, catalogues and users: one reason, one payload, one point", () => {
    const seen = new Set<string>();
    for (const catalogue of trials) {
      const assigner = createAssigner(catalogue);
      for (const definition of catalogue.experiments as readonly Definition[]) {
        const { key, policy } = definition;
        const gates = gatesOf(definition, assigner);
        const bandit = createBandit(definition, policies);
        for (const user of users) {
          const made = assigner.enter(key, user, { now });
          seen.add(made.reason);
          const told = explain(assigner, key, user, { now });
          expect(told.assignment).toEqual(made);
          expect(toldReason(told, made)).toBe(made.reason);
          for (const { step, ...facts } of told.steps)
            if (step === "allocation" && made.enrolled)
              expect((facts as { readonly point: number }).point).toBe(made.point);

          const assigned = () => assigner.assign(key, user, { now });
          if (policy !== "fixed" || made.reason === "undecided")
            expect(codeOf(assigned)).toBe("needs_decision");
          else expect(assigned()).toEqual(made);

          const { userId, ...attributes } = user;
          const request = { unitId: userId, occasion: "1", now, attributes, gates };
          if (made.awaits !== undefined && made.awaits !== key) {
            expect(codeOf(() => decide(bandit, request))).toBe("needs_decision");
            continue;
          }
          const decision = decide(bandit, request);
          const drawn = made.reason === "undecided" || made.reason === "allocated";
          expect(decision.reason).toBe(drawn ? "decided" : made.reason);
          if (!drawn) {
            expect([decision.variant, decision.payload]).toEqual([made.variant, made.payload]);
            expect(codeOf(() => decide(bandit, { unitId: userId, occasion: "1", now }))).toBe(
              bandit.setup.gates || !catalogue.holdouts?.length
                ? bandit.setup.gates && "needs_gates"
                : undefined,
            );
          }
          if (policy === "thompson") expect(quickDecide(bandit, request).reason).toBe(decision.reason);
        }
      }
    }
    expect([...seen].sort()).toEqual([
      ...["allocated", "audience", "coverage", "holdout", "layer", "override", "prerequisite"],
      ...["rollout", "rule", "schedule", "status", "undecided"],
    ]);
  });

  it("the policy's word changes who decides, and nothing about who enters", () => {
    for (const catalogue of trials) {
      const assigner = createAssigner(catalogue);
      for (const definition of catalogue.experiments.filter(({ prerequisites }) => !prerequisites)) {
        const twin = { ...definition, policy: definition.policy === "fixed" ? "thompson" : "fixed" };
        const others = createAssigner({ ...catalogue, experiments: [twin] });
        for (const user of users) {
          const [one, other] = [assigner, others].map(
            (each) => each.enter(definition.key, user, { now }).reason,
          );
          expect(other === "undecided" ? "allocated" : other).toBe(one === "undecided" ? "allocated" : one);
        }
      }
    }
  });
});
