import type { Definition } from "../../core/definition.js";
import { type ErrorPath, ExperimentError, missing_value, wrong_type } from "../../errors/index.js";
import { isPlainObject } from "../../shapes/index.js";

const texts = ["key", "salt", "control", "policy"] as const;
const lists = ["variants", "ranges"] as const;

function refuse(path: ErrorPath, value: unknown, type: "text" | "number" | "object" | "list"): never {
  throw new ExperimentError(value === undefined ? { missing_value } : { wrong_type }, path, value, {
    expected: { type },
  });
}

/**
 * Refuses what no `defineExperiment` made and no `parseDefinition` read. They check everything; this looks at what a
 * bandit is made of, so that it never stands on what is not there.
 * @throws ExperimentError `missing_value` or `wrong_type` at the place
 */
export function checkDefinition(definition: Definition): void {
  if (!isPlainObject(definition)) refuse(["definition"], definition, "object");
  for (const name of texts)
    if (typeof definition[name] !== "string") refuse([name], definition[name], "text");
  for (const name of lists) {
    const list: unknown = definition[name];
    if (!Array.isArray(list)) refuse([name], list, "list");
    for (const [i, each] of list.entries()) {
      if (!isPlainObject(each)) refuse([name, i], each, "object");
      const { key, payload, from, to } = each;
      if (name === "variants") {
        if (typeof key !== "string") refuse([name, i, "key"], key, "text");
        if (definition.factors && !isPlainObject(payload)) refuse([name, i, "payload"], payload, "object");
      } else if (!Number.isFinite(from)) refuse([name, i, "from"], from, "number");
      else if (!Number.isFinite(to)) refuse([name, i, "to"], to, "number");
    }
  }
}
