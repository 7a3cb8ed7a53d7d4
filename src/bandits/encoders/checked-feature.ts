import type { Fields, FieldsType } from "../../shapes/index.js";
import { checkedSettings } from "../checked-settings.js";
import type { Feature } from "./encoder.js";

/**
 * A feature, so that nothing in it is ignored.
 * @param feature  as data; its `kind` has picked the encoder
 * @param fields   what such a feature says besides
 * @returns the same feature
 * @throws ExperimentError with every problem at once, paths within the feature
 */
export const checkedFeature = <F extends Fields>(feature: Feature & FieldsType<F>, fields: F) =>
  checkedSettings(feature, { ...fields, kind: { kind: "text" } } as const);
