import type { Fields, FieldsType } from "../../../shapes/index.js";
import type { ContextFeature } from "../../encoders/context-feature.js";
import type { Feature } from "../../encoders/encoder.js";
import { orNull } from "../../setting-shapes.js";
import type { Arm } from "../../state/arm.js";
import type { ActionAttributes, TermFeatures } from "./term-encoder.js";

const features = { kind: "list", of: { kind: "named", name: "feature" }, optional: true } as const;

/** What regressions over arms read; features are checked by their encoders. */
export const termSettings = {
  features: orNull(features),
  shared: features,
  attributes: { kind: "map", of: { kind: "map", of: { kind: "json" } }, optional: true },
} as const satisfies Fields;

/** What regressions over arms read; `F`: features of encoders that are passed in. */
export type TermSettings<F extends Feature = never> = {
  readonly features?: readonly ContextFeature<F>[] | null;
  readonly shared?: readonly ContextFeature<F>[];
  readonly attributes?: ActionAttributes;
} & {
  readonly [K in Exclude<keyof FieldsType<typeof termSettings>, "features" | "shared" | "attributes">]: never;
};

/** What decides which numbers a regression sums for these arms: its features, and what they read of each action. */
export const termsGathered = ({ features, shared, attributes }: TermFeatures, arms: readonly Arm[]) => [
  features,
  shared,
  arms.map(({ key }) => attributes[key] ?? {}),
];
