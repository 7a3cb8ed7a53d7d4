/// <reference path="./jstat.d.ts" />
import jstat from "jstat";
import type { LawKind } from "./law-kind.js";

/** Waiting for something that is as likely in any hour, however long one has waited. */
export const exponential: LawKind<object> = {
  above: {},
  quantile: (p) => jstat.exponential.inv(p, 1),
  variance: () => 1,
};
