import { join } from "node:path";
import ts from "typescript";
import { publicEntries } from "./public-entries.js";
import { top } from "./source-files.js";

/** Source file of an entry, from the file that it ships. */
const sourceOf = (shipped: string) => join(top, shipped.replace("./dist/", "src/").replace(/\.js$/, ".ts"));

const { options: publicOptions } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(top, "tsconfig.json"), ts.sys.readFile).config,
  ts.sys,
  top,
);
export const program = ts.createProgram(
  publicEntries.map((entry) => sourceOf(entry.default)),
  publicOptions,
);
export { publicOptions };
export const checker = program.getTypeChecker();

/** What an exported name stands for, behind re-exports. */
export const resolved = (symbol: ts.Symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

export interface PublicName {
  readonly entry: string;
  readonly name: string;
  readonly symbol: ts.Symbol;
  /** Whether it exists at run time; else it is a type. */
  readonly value: boolean;
}

/** Every name of every public entry. */
export const publicNames: readonly PublicName[] = publicEntries.flatMap((entry) => {
  const file = program.getSourceFile(sourceOf(entry.default));
  const module = file && checker.getSymbolAtLocation(file);
  if (!module) throw new Error(`${entry.name} leads to no module`);
  return checker.getExportsOfModule(module).map((each) => {
    const symbol = resolved(each);
    return {
      entry: entry.name,
      name: each.name,
      symbol,
      value: (symbol.flags & ts.SymbolFlags.Value) !== 0,
    };
  });
});
