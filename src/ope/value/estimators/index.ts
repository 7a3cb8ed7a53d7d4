import type { FieldsType } from "../../../shapes/index.js";
import { dm } from "./dm.js";
import { dr } from "./dr.js";
import { dros } from "./dros.js";
import { ips } from "./ips.js";
import { mips } from "./mips.js";
import { mrdr } from "./mrdr.js";
import { sndr } from "./sndr.js";
import { snips } from "./snips.js";
import { subGaussianDr } from "./sub-gaussian-dr.js";
import { subGaussianIps } from "./sub-gaussian-ips.js";
import { switchDr } from "./switch-dr.js";
import type { ValueEstimator } from "./value-estimator.js";

/** The family of estimators of a policy's value. A new member is one new file and one line here. */
export const valueEstimators = {
  ips,
  snips,
  dm,
  dr,
  sndr,
  "switch-dr": switchDr,
  dros,
  "sub-gaussian-ips": subGaussianIps,
  "sub-gaussian-dr": subGaussianDr,
  mrdr,
  mips,
} as const satisfies Readonly<Record<string, ValueEstimator>>;

/** Name of an estimator of a policy's value. */
export type ValueEstimatorName = keyof typeof valueEstimators;

/** The number that an estimator may be told, under its name. */
type SettingOf<E> = E extends { readonly setting: { readonly name: infer Name extends string } }
  ? FieldsType<{ readonly [K in Name]: { readonly kind: "number"; readonly optional: true } }>
  : unknown;

/** An estimator by its name, or with its setting: `"dr"`, `{ name: "dr", clip: 10 }`. */
export type ValueEstimatorChoice =
  | ValueEstimatorName
  | {
      readonly [K in ValueEstimatorName]: { readonly name: K } & SettingOf<(typeof valueEstimators)[K]>;
    }[ValueEstimatorName];
