import { join } from "node:path";
import ts from "typescript";
import { top } from "../boundaries/source-files.js";

/** What the compiler says of one program. */
export interface Compiled {
  readonly problems: readonly string[];
  /** How many types were instantiated for it, beside those of the programs before. */
  readonly instantiations: number;
}

const { config } = ts.readConfigFile(join(top, "tsconfig.json"), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, top);

/**
 * Compiles programs as users write them, against the sources, in one go.
 * @param programs  each a module's text
 * @returns the problems of each, first line first
 */
export function compile(programs: readonly string[]): Compiled[] {
  const names = programs.map((_, i) => join(top, "test", "types", `program-${i}.ts`));
  const texts = new Map(names.map((name, i) => [name, `${programs[i]}\nexport {};\n`]));
  const own: ts.CompilerOptions = {
    ...options,
    types: [],
    incremental: false,
    noUnusedLocals: false,
    declaration: false,
  };
  delete own.tsBuildInfoFile;
  const host = ts.createCompilerHost(own);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  host.getSourceFile = (name, ...rest) =>
    texts.has(name)
      ? ts.createSourceFile(name, texts.get(name)!, ts.ScriptTarget.ES2022)
      : getSourceFile(name, ...rest);
  const program = ts.createProgram(names, own, host);
  return names.map((name) => {
    const before = program.getInstantiationCount();
    const file = program.getSourceFile(name)!;
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return {
      problems: found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
      instantiations: program.getInstantiationCount() - before,
    };
  });
}
