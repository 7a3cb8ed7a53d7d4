import ts from "typescript";

/** Significant digits that a number is written with. */
const digitsOf = (text: string) => text.replace(/e.*$/i, "").replace(/[_.]/g, "").replace(/^0+/, "").length;

function compare(shown: ts.Expression, value: unknown, place: string): string[] {
  const wrong = () => [`${place} shows ${shown.getText()}, and is ${JSON.stringify(value) ?? String(value)}`];
  if (ts.isParenthesizedExpression(shown)) return compare(shown.expression, value, place);
  if (ts.isPrefixUnaryExpression(shown) && shown.operator === ts.SyntaxKind.MinusToken)
    return typeof value === "number" && compare(shown.operand, -value, place).length === 0 ? [] : wrong();
  if (ts.isNumericLiteral(shown)) {
    // The compiler's own text of a literal is normalised: its digits are counted as they are written.
    const written = shown.getText().replaceAll("_", "");
    const digits = Math.max(1, digitsOf(written));
    return typeof value === "number" && Number(value.toPrecision(digits)) === Number(written) ? [] : wrong();
  }
  if (ts.isStringLiteral(shown)) return value === shown.text ? [] : wrong();
  if (ts.isIdentifier(shown) && shown.text === "undefined") return value === undefined ? [] : wrong();
  if (ts.isIdentifier(shown) && shown.text === "Infinity") return value === Infinity ? [] : wrong();
  if (shown.kind === ts.SyntaxKind.TrueKeyword) return value === true ? [] : wrong();
  if (shown.kind === ts.SyntaxKind.FalseKeyword) return value === false ? [] : wrong();
  if (shown.kind === ts.SyntaxKind.NullKeyword) return value === null ? [] : wrong();
  if (ts.isArrayLiteralExpression(shown)) {
    if (!Array.isArray(value) || value.length !== shown.elements.length) return wrong();
    return shown.elements.flatMap((each, i) => compare(each, value[i], `${place}[${i}]`));
  }
  if (ts.isObjectLiteralExpression(shown)) {
    if (typeof value !== "object" || value === null) return wrong();
    const own = new Map(Object.entries(value));
    const found = shown.properties.flatMap((property) => {
      if (!ts.isPropertyAssignment(property)) return wrong();
      const key = property.name.getText().replace(/^"|"$/g, "");
      const inner = own.get(key);
      if (!own.delete(key)) return [`${place}.${key} is not there`];
      return compare(property.initializer, inner, `${place}.${key}`);
    });
    return [...found, ...[...own.keys()].map((key) => `${place}.${key} is not shown`)];
  }
  return [`${place} shows ${shown.getText()}, which is not a value`];
}

/**
 * Whether a value is what a docstring shows of it: numbers agree to the digits that are written.
 * @param shown  a JavaScript literal, e.g. `[0.213, 2.787]`
 * @param value  what the example gave
 * @returns what differs, with its place; empty when it is the same
 */
export function differences(shown: string, value: unknown): string[] {
  const source = ts.createSourceFile("shown.ts", `(${shown})`, ts.ScriptTarget.ES2022, true);
  const [statement, ...more] = source.statements;
  if (!statement || !ts.isExpressionStatement(statement) || more.length > 0)
    return [`the example shows ${shown}, which is not a value`];
  return compare(statement.expression, value, "the example");
}
