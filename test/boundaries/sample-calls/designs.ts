import { fullFactorial } from "../../../src/definition/designs/index.js";
import { defineExperiment } from "../../../src/index.js";
import { randomSource } from "../../../src/random/index.js";
import type { SampleCalls } from "./sample-call.js";

const factors = { hero: ["A", "B"], cta: ["Buy", "Try"], image: ["cat", "dog"], price: [9, 10] };
const definition = () =>
  defineExperiment({ key: "designs", unit: "userId", factors: { hero: ["A", "B"], cta: ["Buy", "Try"] } });

export const designs: SampleCalls = {
  designOf: () => [definition()],
  factorialColumns: () => [definition(), ["hero", "cta"], { negligible: 2 }],
  variantOf: () => [definition(), { hero: "A", cta: "Try" }],
  fractionalFactorial: () => [factors, { runs: 8 }],
  fullFactorial: () => [factors, { forbid: [{ hero: "A", cta: "Buy" }] }],
  optimalDesign: () => [
    factors,
    {
      runs: 8,
      random: randomSource("sample calls"),
      effects: ["hero", "cta"],
      forbid: [{ hero: "A", cta: "Buy" }],
      starts: 2,
    },
  ],
  orthogonalArray: () => [factors, { runs: 8 }],
  plackettBurman: () => [factors, { runs: 12 }],
  "Design.aliases": () => ["hero", { order: 2 }],
  "Design.estimable": () => [["hero", "cta"], { negligible: 2 }],
  "Design.estimableEffects": () => [2],
  "Design.columns": () => [["hero", "cta"], { negligible: 2 }],
  "Design.efficiency": () => [["hero", "cta"]],
};

export const designObjects = { Design: () => fullFactorial(factors) };
