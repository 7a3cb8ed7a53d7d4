/** @returns whether a value is an object of properties: no array, Date, Map or other instance */
export function isPlainObject(value: unknown): value is { readonly [key: string]: unknown } {
  return (
    typeof value === "object" &&
    value !== null &&
    !Object.getPrototypeOf(Object.getPrototypeOf(value) ?? value)
  );
}
