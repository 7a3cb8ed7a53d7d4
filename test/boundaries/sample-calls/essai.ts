import {
  claimLayer,
  createAssigner,
  createIdentity,
  createLiveAssigner,
  defineExperiment,
  hydrate,
  keepSticky,
  sealSnapshot,
  withFallbacks,
} from "../../../src/index.js";
import type { SampleCalls } from "./sample-call.js";

/** An experiment with everything that one can have. */
const input = () => ({
  key: "checkout",
  unit: "userId",
  variants: { control: { text: "Buy" }, b: { text: "Buy now" } },
  control: "control",
  allocation: { control: 0.5, b: 0.5 },
  coverage: 0.5,
  metrics: [{ key: "orders", type: "conversion", role: "goal" }],
  salt: "checkout-1",
  version: 2,
  policy: "fixed",
  plan: { level: 0.9, macro: "holm", micro: "benjamini-hochberg", strict: true },
  attributes: { country: "string", age: "number" },
  segments: { french: { attribute: "country", eq: "FR" } },
  audience: { all: [{ segment: "french" }, { attribute: "age", gte: 18 }] },
  rules: [{ key: "old", when: { attribute: "age", gte: 60 }, variant: "b", holdback: 0.2 }],
  ruleOrder: "first",
  layer: claimLayer("page", 0.5, []),
  prerequisites: [{ experiment: "first", variants: ["b"] }],
  schedule: { from: "2026-01-01", until: "2026-02-01" },
  status: "running",
  rollout: "b",
  overrides: [{ unitId: "qa", variant: "b" }],
});
const first = defineExperiment({ key: "first", unit: "userId", variants: { control: 0, b: 1 } });
const checkout = defineExperiment(input() as never);
const catalogue = () => ({
  format: "essai.catalogue/1",
  experiments: [first, checkout],
  segments: { young: { attribute: "age", lt: 30 } },
  holdouts: [{ key: "all", share: 0.1, unit: "userId", layer: "page" }],
});
const context = () => ({ userId: "user-1", country: "FR", age: 33 });
const call = () => ({ now: new Date("2026-01-15"), overrides: { first: "b" }, decisions: [] });
const assigner = () => createAssigner(catalogue() as never);
const snapshot = () => assigner().snapshot(context(), call());
const fallbacks = () => ({ first: { variants: ["control", "b"], payload: 0 } });
const store = () => ({ get: () => undefined, set: () => undefined });
const sealed = await sealSnapshot(snapshot(), "secret", { unitId: "user-1", until: 2e12 });

export const essai: SampleCalls = {
  defineExperiment: () => [input()],
  defineCatalogue: () => [catalogue()],
  assign: () => [{ ...first }, context()],
  createAssigner: () => [catalogue(), { sticky: keepSticky(store()), onIgnoredOverride: () => undefined }],
  createLiveAssigner: () => [
    catalogue(),
    { sticky: keepSticky(store()), onIgnoredOverride: () => undefined },
  ],
  compareCatalogues: () => [catalogue(), catalogue()],
  nextVersion: () => {
    const { key: _, unit: __, version: ___, ...changes } = input();
    return [{ ...first }, { ...changes, audience: null, rules: null, segments: null }];
  },
  gatesOf: () => [
    { ...checkout },
    catalogue(),
    { sticky: keepSticky(store()), onIgnoredOverride: () => undefined },
  ],
  explain: () => [assigner(), "checkout", context(), call()],
  hydrate: () => [snapshot()],
  withFallbacks: () => [assigner, fallbacks(), () => undefined],
  sealSnapshot: () => [snapshot(), "secret", { unitId: "user-1", until: 2e12 }],
  snapshotScript: () => [snapshot()],
  createHoldouts: () => [catalogue()],
  holdoutExperiment: () => [catalogue().holdouts[0], { metrics: input().metrics, plan: input().plan }],
  openSnapshot: () => [sealed, "secret", { unitId: "user-1", now: 1e12 }],
  createIdentity: () => [[["visitor", "user-1"]]],
  overridesFromUrl: () => ["https://shop.example/?qa=first:b", "qa"],
  keepSticky: () => [store(), { onError: () => undefined }],
  allocationOf: () => [{ ...first }],
  claimLayer: () => ["page", 0.5, [{ layer: claimLayer("page", 0.2, []), status: "running" }]],
  freeInLayer: () => ["page", [{ layer: claimLayer("page", 0.2, []), status: "running" }]],
  reallocate: () => [
    { ...first },
    { allocation: { control: 0.5, c: 0.5 }, add: { c: 2 }, remove: ["b"], coverage: 0.5 },
  ],
  "LiveAssigner.load": () => [catalogue()],
  "LiveAssigner.assign": () => ["checkout", context(), call()],
  "LiveAssigner.enter": () => ["checkout", context(), call()],
  "LiveAssigner.assignAll": () => [context(), call()],
  "LiveAssigner.batch": () => ["checkout", [context()], call()],
  "LiveAssigner.snapshot": () => [context(), call()],
  "Assigner.assign": () => ["checkout", context(), call()],
  "Assigner.enter": () => ["checkout", context(), call()],
  "Assigner.assignAll": () => [context(), call()],
  "Assigner.batch": () => ["checkout", [context()], call()],
  "Assigner.snapshot": () => [context(), call()],
  "AssignerOf.assign": () => ["checkout", context(), call()],
  "AssignerOf.enter": () => ["checkout", context(), call()],
  "AssignerOf.assignAll": () => [context(), call()],
  "AssignerOf.batch": () => ["checkout", [context()], call()],
  "AssignerOf.snapshot": () => [context(), call()],
  "Hydrated.assign": () => ["checkout"],
  "PageAssigner.assign": () => ["first", context(), call()],
  "Identity.unitOf": () => ["visitor"],
  "Identity.link": () => ["visitor", "user-1"],
};

export const essaiObjects = {
  Assigner: assigner,
  AssignerOf: assigner,
  LiveAssigner: () => createLiveAssigner(catalogue()),
  Hydrated: () => hydrate(snapshot()),
  PageAssigner: () => withFallbacks(assigner, fallbacks() as never),
  Identity: () => createIdentity(),
};
