import type { Decided } from "../core/assignment.js";
import { list, object, type Reader } from "../shapes/reader.js";
import type { Ask } from "./gate.js";
import type { ReadExperiment } from "./read-experiment.js";

/** A decision that the policy made for the unit stands, whatever the gates would say now. */
export const decision =
  ({ key, version }: ReadExperiment): Ask =>
  (unitId, _context, call) =>
    call?.decisions?.find(
      (each) => each.experiment === key && each.definitionVersion === version && each.unitId === unitId,
    ) ?? true;

/** Reads the decisions that a call brings. */
export const readDecisions: Reader<Decided[]> = list<Decided>(object);
