import { access } from "node:fs/promises";
import { basename, extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Catalogue } from "../core/catalogue.js";
import { canonicalEntries } from "../core/code-point-order.js";
import type { Definition } from "../core/definition.js";
import { isRecord } from "../definition/index.js";
import {
  detailedProblem,
  ExperimentError,
  errorOf,
  missing_file,
  nothing_to_compile,
  unloadable_module,
  within,
} from "../errors/index.js";
import { parseCatalogue, parseDefinition, parseExperiment } from "../schema/index.js";
import { type Compilable, nameOf } from "./compiled-module.js";
import { readJson } from "./read-json.js";

const isCatalogue = (value: unknown) => isRecord(value) && Array.isArray(value.experiments);

async function exportsOf(file: string, option: string): Promise<Record<string, unknown>> {
  await access(file).catch((cause) => {
    throw new ExperimentError({ missing_file }, [option], file, { cause });
  });
  try {
    return await import(pathToFileURL(resolve(file)).href);
  } catch (cause) {
    const [detail] = String((cause as Error)?.message ?? cause).split("\n");
    throw errorOf([detailedProblem({ unloadable_module }, [option], file, { detail })], { cause });
  }
}

/**
 * Reads the experiments of a JSON file, or those that a module exports, which is run for it.
 * @param file    a `.json` file as people write it, or a module of JavaScript, or of TypeScript where Node runs it
 * @param option  the argument that named it
 * @returns definitions and catalogues by the name to export; of JSON by the experiment's key, or `catalogue`
 * @throws ExperimentError `missing_file`, `unloadable_module`, `nothing_to_compile` at [option]; as `readJson`; every problem
 *   of what is there, at paths within it
 */
export async function compilableIn(file: string, option: string): Promise<Compilable> {
  if (extname(file) === ".json") {
    const json = await readJson(file, option);
    return within([option], () => {
      if (isCatalogue(json)) return new Map([["catalogue", parseCatalogue(json)]]);
      const { definition } = parseExperiment(json);
      return new Map([[nameOf(definition.key, new Set()), definition]]);
    });
  }
  const exported = canonicalEntries(await exportsOf(file, option));
  const found: [string, Definition<string, unknown> | Catalogue][] = [];
  for (const [name, value] of exported) {
    const own = name === "default" ? nameOf(basename(file, extname(file)), new Map(exported)) : name;
    if (isCatalogue(value)) found.push([own, within([option, name], () => parseCatalogue(value))]);
    else if (isRecord(value) && value.format === "essai.experiment/1")
      found.push([own, within([option, name], () => parseDefinition(value))]);
  }
  if (found.length === 0)
    throw new ExperimentError({ nothing_to_compile }, [option], file, {
      known: exported.map(([name]) => name),
    });
  return new Map(found);
}
