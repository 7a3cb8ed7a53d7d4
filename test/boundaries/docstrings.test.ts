import { join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import * as table from "../../src/errors/en/index.js";
import { checker, publicNames, resolved } from "./public-surface.js";
import { top } from "./source-files.js";

/** Public symbols of every entry, once each, with the file that declares them. */
const publicSymbols = new Map<ts.Symbol, string>();
for (const { symbol } of publicNames) {
  const file = symbol.declarations?.[0]?.getSourceFile().fileName;
  if (file?.startsWith(join(top, "src"))) publicSymbols.set(symbol, relative(top, file));
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

/** What the `@param` tags of a docstring say, by name. */
const describedBy = (declaration: ts.SignatureDeclaration) => {
  const documented = ts.isFunctionDeclaration(declaration) ? declaration : declaration.parent.parent.parent;
  return new Map(
    ts
      .getJSDocTags(documented)
      .filter(ts.isJSDocParameterTag)
      .map((tag) => [tag.name.getText(), ts.getTextOfJSDocComment(tag.comment) ?? ""]),
  );
};

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

  it("every parameter of a function is described, and nothing else is", () => {
    const wrong = all.flatMap(({ symbol, name }) => {
      const declaration = functionOf(symbol);
      if (!declaration) return [];
      const described = describedBy(declaration);
      const silent = [...described].filter(([, text]) => text === "").map(([each]) => each);
      const roots = new Set([...described.keys()].map((each) => each.split(".")[0]!));
      // A destructured parameter has no name of its own: its docstring gives it one.
      let nameless = 0;
      for (const { name: own } of declaration.parameters)
        if (!ts.isIdentifier(own)) nameless++;
        else if (!roots.delete(own.text)) silent.push(own.text);
      const surplus = roots.size === nameless ? [] : [`${[...roots]} for ${nameless} nameless parameters`];
      return [...silent, ...surplus].map((each) => `${name}: ${each}`);
    });
    expect(wrong).toEqual([]);
  });

  it("every error code that is named is one of the table", () => {
    const unknown = all.flatMap(({ symbol, name }) =>
      symbol
        .getJsDocTags(checker)
        .filter((tag) => tag.name === "throws")
        .flatMap((tag) => [...ts.displayPartsToString(tag.text).matchAll(/`([a-z]+(?:_[a-z0-9]+)+)`/g)])
        .filter(([, code]) => !(code! in table))
        .map(([, code]) => `${name}: ${code}`),
    );
    expect(unknown).toEqual([]);
  });
});
