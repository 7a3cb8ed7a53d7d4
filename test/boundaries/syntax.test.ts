import ts from "typescript";
import { describe, expect, it } from "vitest";
import { assertions, silentCatches } from "./ceilings.js";
import { folderOf, parse, parsedFiles } from "./source-files.js";

type Found = readonly [bangs: number, casts: number, doubleCasts: number];

function everyNode(source: ts.SourceFile, visit: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, walk);
  };
  walk(source);
}

/** How often a file says that it knows better than the compiler. */
function assertionsIn(source: ts.SourceFile): Found {
  let [bangs, casts, doubleCasts] = [0, 0, 0];
  everyNode(source, (node) => {
    if (ts.isNonNullExpression(node)) bangs++;
    if (!ts.isAsExpression(node) && !ts.isTypeAssertionExpression(node)) return;
    if (ts.isConstTypeReference(node.type)) return;
    let inner = node.expression;
    while (ts.isParenthesizedExpression(inner)) inner = inner.expression;
    // The outer cast of two; the inner one is counted with it.
    if (ts.isAsExpression(inner) && !ts.isConstTypeReference(inner.type)) {
      doubleCasts++;
      casts--;
    } else casts++;
  });
  return [bangs, casts, doubleCasts];
}

/** Whether a `catch` clause makes nothing of what it caught, or throws an error of ours that does not carry it as cause. */
function isSilent(clause: ts.CatchClause): boolean {
  const name = clause.variableDeclaration?.name;
  if (!name) return true;
  if (!ts.isIdentifier(name)) return false;
  let used = false;
  let lost = false;
  const walk = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name.text) used = true;
    const makes =
      (ts.isNewExpression(node) && node.expression.getText() === "ExperimentError") ||
      (ts.isCallExpression(node) && node.expression.getText() === "errorOf");
    if (makes && !node.arguments?.some((each) => /\bcause\b/.test(each.getText()))) lost = true;
    ts.forEachChild(node, walk);
  };
  walk(clause.block);
  return !used || lost;
}

const lineOf = (source: ts.SourceFile, node: ts.Node) =>
  `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;

function silentIn(source: ts.SourceFile): string[] {
  const found: string[] = [];
  everyNode(source, (node) => {
    if (ts.isCatchClause(node) && isSilent(node)) found.push(lineOf(source, node));
    // `.catch(() => …)` without a parameter, too.
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const handler = node.arguments[0];
      if (node.expression.name.text === "catch" && handler && ts.isArrowFunction(handler))
        if (handler.parameters.length === 0) found.push(lineOf(source, node));
    }
  });
  return found;
}

/** `**`, `**=` and `Math.pow`, whose last bit differs between versions of V8. */
function powersIn(source: ts.SourceFile): string[] {
  const found: string[] = [];
  everyNode(source, (node) => {
    const operator = ts.isBinaryExpression(node) ? node.operatorToken.kind : undefined;
    const isPower =
      operator === ts.SyntaxKind.AsteriskAsteriskToken ||
      operator === ts.SyntaxKind.AsteriskAsteriskEqualsToken ||
      (ts.isPropertyAccessExpression(node) && node.getText(source) === "Math.pow");
    if (isPower) found.push(lineOf(source, node));
  });
  return found;
}

describe("what a file may not say", () => {
  const rooms = new Map<string, [number, number, number]>();
  for (const source of parsedFiles()) {
    const room = rooms.get(folderOf(source.fileName)) ?? [0, 0, 0];
    assertionsIn(source).forEach((count, i) => {
      room[i]! += count;
    });
    rooms.set(folderOf(source.fileName), room);
  }

  it("postfix !, casts and double casts stand at their ceilings, which only go down", () => {
    const off = [...new Set([...rooms.keys(), ...Object.keys(assertions)])].flatMap((room) => {
      const found = rooms.get(room) ?? [0, 0, 0];
      const ceiling = assertions[room] ?? [0, 0, 0];
      if (found.join() === ceiling.join()) return [];
      const above = found.some((count, i) => count > ceiling[i]!);
      return [
        `${room}: [${found.join(", ")}], instead of [${ceiling.join(", ")}]: ${above ? "bring it down" : "lower the ceiling in ceilings.ts"}`,
      ];
    });
    expect(off).toEqual([]);
  });

  it("whoever catches an error makes something of it and passes it on as cause, or is listed with a reason", () => {
    const silent = parsedFiles().flatMap(silentIn);
    const clauses: Record<string, number> = {};
    for (const place of silent) {
      const file = place.replace(/:\d+$/, "");
      clauses[file] = (clauses[file] ?? 0) + 1;
    }
    const listed = Object.entries(silentCatches).map(([file, [count]]) => [file, count]);
    expect(clauses, silent.join("\n")).toEqual(Object.fromEntries(listed));
  });

  it("powers are products, exp and log, so that results are the same on every version of Node", () => {
    expect(parsedFiles().flatMap(powersIn)).toEqual([]);
  });

  it("the counting would notice", () => {
    const source = parse(
      "src/x.ts",
      `const a = b! + c![0]! + (d as number) + (e as unknown as string) + ["f"] as const;
       try { g(); } catch {} try { g(); } catch (h) { i(); } try { g(); } catch (h) { i(h); }
       try { g(); } catch (h) { throw new ExperimentError({ h }, [], h); }
       try { g(); } catch (h) { throw errorOf(of(h), { cause: h }); }
       j.catch(() => 0); k.catch((error) => l(error)); m ** 2; n **= 3; Math.pow(o, 2);`,
    );
    expect(assertionsIn(source)).toEqual([3, 1, 1]);
    expect(silentIn(source)).toHaveLength(4);
    expect(powersIn(source)).toHaveLength(3);
  });
});
