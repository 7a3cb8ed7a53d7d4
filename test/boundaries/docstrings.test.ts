import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { top } from "./source-files.js";

const { exports } = JSON.parse(readFileSync(join(top, "package.json"), "utf8")) as {
  exports: Record<string, string | { default: string }>;
};
const entries = Object.values(exports).flatMap((target) =>
  typeof target === "string"
    ? []
    : [join(top, target.default.replace("./dist/", "src/").replace(/\.js$/, ".ts"))],
);

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(top, "tsconfig.json"), ts.sys.readFile).config,
  ts.sys,
  top,
);
const program = ts.createProgram(entries, options);
const checker = program.getTypeChecker();

const resolved = (symbol: ts.Symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/** Public symbols of every entry, once each, with the file that declares them. */
const publicSymbols = new Map<ts.Symbol, string>();
for (const entry of entries) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry)!);
  for (const each of module ? checker.getExportsOfModule(module) : []) {
    const symbol = resolved(each);
    const file = symbol.declarations?.[0]?.getSourceFile().fileName;
    if (file?.startsWith(join(top, "src"))) publicSymbols.set(symbol, relative(top, file));
  }
}

const tagsOf = (symbol: ts.Symbol) => new Set(symbol.getJsDocTags(checker).map((tag) => tag.name));

/** The function-like node that a public symbol declares, if it is a function. */
function functionOf(symbol: ts.Symbol): ts.SignatureDeclaration | undefined {
  for (const declaration of symbol.declarations ?? []) {
    if (ts.isFunctionDeclaration(declaration)) return declaration;
    const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    if (value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value))) return value;
  }
  return undefined;
}

const throwing = new Map<ts.Node, boolean>();
/** Whether a function, or one of essai's functions that it calls, contains a `throw`. */
function canThrow(node: ts.Node): boolean {
  const known = throwing.get(node);
  if (known !== undefined) return known;
  throwing.set(node, false);
  let found = false;
  const visit = (child: ts.Node): void => {
    if (found) return;
    if (ts.isThrowStatement(child)) found = true;
    else if (ts.isCallExpression(child)) {
      const called = checker.getSymbolAtLocation(child.expression);
      const callee = called && functionOf(resolved(called));
      if (callee?.getSourceFile().fileName.startsWith(join(top, "src"))) found = canThrow(callee);
    }
    ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  throwing.set(node, found);
  return found;
}

describe("docstrings of public exports", () => {
  const all = [...publicSymbols].map(([symbol, file]) => ({ symbol, name: `${file} ${symbol.name}` }));

  it("everything public says what it is", () => {
    const silent = all.filter(({ symbol }) => symbol.getDocumentationComment(checker).length === 0);
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it("every function says what it returns", () => {
    const silent = all.filter(({ symbol }) => {
      const declaration = functionOf(symbol);
      const signature = declaration && checker.getSignatureFromDeclaration(declaration);
      if (!signature) return false;
      const returned = checker.typeToString(checker.getReturnTypeOfSignature(signature));
      return !/^(void|never|Promise<void>)$/.test(returned) && !tagsOf(symbol).has("returns");
    });
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it("every function that can throw says so", () => {
    const silent = all.filter(({ symbol }) => {
      const declaration = functionOf(symbol);
      return declaration !== undefined && canThrow(declaration) && !tagsOf(symbol).has("throws");
    });
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
