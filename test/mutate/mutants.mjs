import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Instrumenter } from "@stryker-mutator/instrumenter";

const silent = new Proxy({}, { get: () => () => false });

/**
 * Every mutant of some source files.
 * @param top   the package's folder
 * @param files paths within it
 * @returns `code`: instrumented text by absolute path, with all mutants in it, switched off; `mutants`: where each is,
 *          what stands there and what stands there instead
 */
export async function makeMutants(top, files) {
  const sources = files.map((file) => ({
    name: join(top, file),
    content: readFileSync(join(top, file), "utf8"),
    mutate: true,
  }));
  const options = { plugins: null, excludedMutations: [], ignorers: [] };
  const made = await new Instrumenter(silent).instrument(sources, options);
  const text = new Map(sources.map(({ name, content }) => [name, content.split("\n")]));
  const within = ({ start, end }, lines) => {
    const part = lines.slice(start.line, end.line + 1);
    part[part.length - 1] = part.at(-1).slice(0, end.column);
    return part.join("\n").slice(start.column);
  };
  return {
    code: new Map(made.files.map(({ name, content }) => [name, content])),
    mutants: made.mutants.map(({ id, fileName, location, mutatorName, replacement }) => ({
      id,
      file: fileName.slice(top.length),
      line: location.start.line + 1,
      column: location.start.column + 1,
      kind: mutatorName,
      code: within(location, text.get(fileName)),
      becomes: replacement,
    })),
  };
}

/**
 * A sample that stays the same as long as seed and code do: editing one file does not draw the others anew.
 * @returns at most `size` mutants, in an order of chance
 */
export function sampleMutants(mutants, size, seed) {
  const rank = ({ file, line, column, becomes }) =>
    createHash("sha256")
      .update(JSON.stringify([seed, file, line, column, becomes]))
      .digest("hex");
  return mutants
    .map((mutant) => ({ mutant, rank: rank(mutant) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ mutant }) => mutant);
}
