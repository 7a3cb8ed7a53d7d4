import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The repository's top folder. */
export const top = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

export interface Import {
  /** The importing file, relative to the top. */
  readonly from: string;
  /** The imported file relative to the top, or the package's name. */
  readonly to: string;
  readonly external: boolean;
  readonly typeOnly: boolean;
}

/** Every TypeScript source file, relative to the top. */
export function sourceFiles(): string[] {
  return readdirSync(join(top, "src"), { recursive: true, encoding: "utf8" })
    .map((file) => `src/${file}`)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .sort();
}

/** The folder of `src` that a file belongs to; `"."` for the root entry. */
export function folderOf(file: string): string {
  const parts = relative("src", file).split("/");
  return parts.length > 1 ? parts[0]! : ".";
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) {
    const named = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : [];
    return node.isTypeOnly || (named.length > 0 && named.every((each) => each.isTypeOnly));
  }
  const clause = node.importClause;
  if (!clause) return false;
  const bindings = clause.namedBindings;
  return (
    clause.isTypeOnly ||
    (!clause.name &&
      bindings !== undefined &&
      ts.isNamedImports(bindings) &&
      bindings.elements.length > 0 &&
      bindings.elements.every((each) => each.isTypeOnly))
  );
}

/** A text's syntax tree; its `fileName` is relative to the top. */
export const parse = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);

let parsed: readonly ts.SourceFile[] | undefined;
/** Every source file's syntax tree, read once. */
export const parsedFiles = (): readonly ts.SourceFile[] =>
  (parsed ??= sourceFiles().map((file) => parse(file, readFileSync(join(top, file), "utf8"))));

/** All imports, re-exports and dynamic imports of one file. */
export function importsOf(source: ts.SourceFile): Import[] {
  const file = source.fileName;
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    const external = !specifier.startsWith(".");
    const name = specifier.startsWith("node:")
      ? specifier
      : specifier.split("/", specifier[0] === "@" ? 2 : 1).join("/");
    const to = external
      ? name
      : relative(top, resolve(top, dirname(file), specifier)).replace(/\.js$/, ".ts");
    found.push({ from: file, to, external, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
      add((node.moduleSpecifier as ts.StringLiteral).text, isTypeOnly(node));
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const argument = node.arguments[0];
      if (argument && ts.isStringLiteral(argument)) add(argument.text, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
