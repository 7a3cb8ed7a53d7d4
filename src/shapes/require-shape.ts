import {
  type ErrorPath,
  ExperimentError,
  missing_value,
  refuseType,
  requireArray,
  requireNumber,
  unknown_name,
  unsupported_format,
} from "../errors/index.js";
import { requireKeys } from "./require-keys.js";
import type { Shape } from "./shape.js";

/**
 * Checks data where bytes count. {@link shapeProblems} accepts the same, and tells of every problem at once.
 * @param value  anything
 * @param shape  what it has to be, made of text, numbers, words, JSON, lists, maps and objects
 * @param path   where it stands
 * @throws ExperimentError with the first problem
 */
export function requireShape(value: unknown, shape: Shape, path: ErrorPath): void {
  if (value === undefined && shape.optional) return;
  const look = (key: string | number, each: Shape) => requireShape(Object(value)[key], each, [...path, key]);
  if (shape.kind === "number") {
    const { kind, optional, ...range } = shape;
    requireNumber(value, path, range);
  } else if (shape.kind === "word") {
    const { of: known, format } = shape;
    if (!known.some((word) => word === value)) {
      const entry = format ? { unsupported_format } : { unknown_name };
      throw new ExperimentError(value === undefined ? { missing_value } : entry, path, value, { known });
    }
  } else if (shape.kind === "list") {
    requireArray(value, path);
    for (let i = 0; i < Math.max(value.length, shape.atLeast ?? 0); i++) look(i, shape.of);
  } else if (shape.kind === "object") {
    requireKeys(value, shape.has, path);
    for (const [key, each] of Object.entries(shape.has)) look(key, each);
  } else if (shape.kind === "map")
    for (const key of Object.keys(requireKeys(value, Object(value), path))) look(key, shape.of);
  else if (shape.kind === "text") {
    if (typeof value !== "string" || !(value || shape.empty)) refuseType(value, path, "text");
  } else if (value === undefined) refuseType(value, path, "json");
}
