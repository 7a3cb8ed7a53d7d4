/// <reference path="./jstat.d.ts" />
import jstat from "jstat";
import type { LawKind } from "./law-kind.js";

const settings = {} as const;

/** Waiting for something that is as likely in any hour, however long one has waited. */
export const exponential: LawKind<typeof settings> = {
  settings,
  quantile: (p) => jstat.exponential.inv(p, 1),
  variance: () => 1,
};
