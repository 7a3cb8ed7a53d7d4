import type { Catalogue } from "../core/catalogue.js";
import type { Definition } from "../core/definition.js";

/** What a module exports that a page can use, by name. */
export type Compilable = ReadonlyMap<string, Definition<string, unknown> | Catalogue>;

const reserved =
  /^(arguments|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|with|yield)$/;

/**
 * A name that a module can export, made of an experiment's key: `"sign-up page"` becomes `signUpPage`.
 * @param key    the key
 * @param taken  names that are given already
 */
export function nameOf(key: string, taken: { has(name: string): boolean }): string {
  const camel = key
    .replace(/[^\p{ID_Continue}$]+(.)?/gu, (_, next: string | undefined) => next?.toUpperCase() ?? "")
    .replace(/^(?!\p{ID_Start})/u, "_");
  const name = reserved.test(camel) ? `${camel}_` : camel;
  for (let i = 1; ; i++) {
    const free = i === 1 ? name : `${name}${i}`;
    if (!taken.has(free)) return free;
  }
}

// A key "__proto__" in a literal would set the prototype.
const literal = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(/(?<!\\)"__proto__":/g, '["__proto__"]:');

/** A catalogue's text, with the names of experiments that the module has already. */
function catalogueText(catalogue: Catalogue, names: ReadonlyMap<string, string>): string {
  const { experiments, ...rest } = catalogue;
  const listed = experiments.map((each) => names.get(each.key) ?? literal(each));
  const others = Object.entries(rest).map(([part, value]) => `  ${part}: ${literal(value)},`);
  return ["{", ...others, `  experiments: [${listed.join(", ")}],`, "}"].join("\n");
}

/**
 * A TypeScript module of plain JSON: definitions as they were compiled, typed by their literals. Nothing is run by who imports
 * it, and what is not used is left out by a bundler.
 * @param found   definitions and catalogues, by the name that is exported
 * @param source  the file they are of, which the first line names
 */
export function compiledModule(found: Compilable, source: string): string {
  const constants: string[] = [];
  const names = new Map<string, string>();
  const taken = new Map<string, unknown>(found);
  const define = (name: string, definition: Definition<string, unknown>) => {
    names.set(definition.key, name);
    constants.push(`export const ${name} = ${literal(definition)} as const;`);
  };
  for (const [name, value] of found) if (!("experiments" in value)) define(name, value);
  for (const value of found.values())
    if ("experiments" in value)
      for (const each of value.experiments)
        if (!names.has(each.key)) {
          const name = nameOf(each.key, taken);
          taken.set(name, each);
          define(name, each);
        }
  for (const [name, value] of found)
    if ("experiments" in value)
      constants.push(`export const ${name} = ${catalogueText(value, names)} as const;`);
  return `// Made by \`essai compile\` of ${source}: change that, and not this.\n\n${constants.join("\n\n")}\n`;
}
