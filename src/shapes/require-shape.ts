import {
  type ErrorEntry,
  type ErrorPath,
  ExperimentError,
  missing_value,
  nearName,
  requireNumber,
  unknown_name,
  unsupported_format,
  wrong_type,
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
  function refuse(entry: ErrorEntry, parameters: object): never {
    throw new ExperimentError(value === undefined ? { missing_value } : entry, path, value, parameters);
  }
  switch (shape.kind) {
    case "number": {
      const { kind, optional, ...range } = shape;
      requireNumber(value, path, range);
      return;
    }
    case "word":
      if (!shape.of.some((word) => word === value))
        refuse(shape.format ? { unsupported_format } : { unknown_name }, nearName(value, shape.of));
      return;
    case "list":
      if (!Array.isArray(value)) refuse({ wrong_type }, { expected: { type: "list" } });
      for (let i = 0; i < Math.max(value.length, shape.atLeast ?? 0); i++)
        requireShape(value[i], shape.of, [...path, i]);
      return;
    case "map":
      for (const [key, each] of Object.entries(requireKeys(value, Object(value), path)))
        requireShape(each, shape.of, [...path, key]);
      return;
    case "object": {
      const record = requireKeys(value, shape.has, path);
      for (const [key, each] of Object.entries(shape.has)) requireShape(record[key], each, [...path, key]);
      return;
    }
    case "text":
      if (typeof value !== "string") refuse({ wrong_type }, { expected: { type: "text" } });
      else if (!value && !shape.empty) refuse({ missing_value }, { expected: { type: "text" } });
      return;
    default:
      if (value === undefined) refuse({ missing_value }, { expected: { type: "json" } });
  }
}
