import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { leftOut, reasons } from "../../../src/report/words/fr/reasons.js";
import { sourceFiles, top } from "../../boundaries/source-files.js";

/** Folders whose estimates and checks reach a report. */
const rooms =
  /^src\/(analysis|metrics|ope\/(adaptive|learning|log)\/|stats\/(reasons|heterogeneity|lift|means|ratios|inference|proportions\/scas|stratified\/post))/;
const parsed = sourceFiles().map((file) =>
  ts.createSourceFile(file, readFileSync(join(top, file), "utf8"), ts.ScriptTarget.Latest, true),
);

function textsOf(node: ts.Expression): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  // A sentence that names a side: both are possible.
  if (ts.isTemplateExpression(node) && node.templateSpans.length === 1)
    return ["control", "treatment"].map(
      (side) => `${node.head.text}${side}${node.templateSpans[0]?.literal.text}`,
    );
  return [];
}

/** Sentences given as `reason`, directly or through a constant called so. */
function reasonsIn(file: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === "reason")
      found.push(...textsOf(node.initializer));
    if (
      ts.isVariableDeclaration(node) &&
      node.initializer &&
      /reason$|^noVectors$|^unsupported$/i.test(node.name.getText())
    )
      found.push(...textsOf(node.initializer));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const given = parsed.filter(({ fileName }) => rooms.test(fileName)).flatMap(reasonsIn);
/** Not part of a report: `analyze` asks for two units itself before it estimates. */
const elsewhere = /^fewer than 2 units in |^no stratum /;

describe("why a number does not exist", () => {
  it("is found in the source", () => {
    expect(given.length).toBeGreaterThan(20);
    expect(given).toContain("no variance in either group, so the difference has no standard error");
  });

  it("has a French sentence for each English one, and none too many", () => {
    const wanted = given.filter((text) => !elsewhere.test(text));
    expect(wanted.filter((text) => reasons[text] === undefined)).toEqual([]);
    expect(Object.keys(reasons).filter((text) => !given.includes(text))).toEqual([]);
  });

  it("and why something was left out has a French word, with a way out for names that data bring", () => {
    const codes = parsed.flatMap((file) =>
      [...file.text.matchAll(/excluded\.add\("([a-z_]+)"/g)].map(([, code]) => code as string),
    );
    expect(codes.length).toBeGreaterThan(10);
    for (const code of codes) expect(leftOut(code), code).not.toBe(code.replaceAll("_", " "));
    expect(leftOut("missing_spend")).toBe("sans valeur de spend");
    expect(leftOut("from_elsewhere")).toBe("from elsewhere");
  });
});
