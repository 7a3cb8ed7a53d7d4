import { type ContextFeature, type Encoder, encoders } from "essai/bandits";
import { encoderSuite } from "essai/testing";
import { describe } from "vitest";
import { familySuite, rejects } from "./family.js";

const x = { kind: "numeric", field: "x", mean: 3, sd: 2 } as const;
const numbers = [
  { x: 1, other: "a" },
  { x: -2.5, other: "b" },
  { x: 0, other: "c" },
];
const texts = [{ x: "a" }, { x: "b" }, { x: "Zürich" }, { x: 7 }];

familySuite(encoders, {
  numeric: () =>
    encoderSuite("numeric", encoders.numeric, {
      features: [{ kind: "numeric", field: "x" }, x],
      contexts: numbers,
      refused: [{ x: "1" }, { x: null }],
      wrong: [
        [{ ...x, sd: 0 }, ["sd"]],
        [{ ...x, mean: 1 / 0 }, ["mean"]],
      ],
    }),
  categorical: () =>
    encoderSuite("categorical", encoders.categorical, {
      features: [{ kind: "categorical", field: "x", levels: ["a", "b"] }],
      contexts: texts,
      refused: [{ y: "a" }],
      wrong: [
        [{ kind: "categorical", field: "x", levels: [] }, ["levels", 0]],
        [{ kind: "categorical", field: "x", levels: [1] }, ["levels", 0]],
      ],
    }),
  cyclic: () =>
    encoderSuite("cyclic", encoders.cyclic, {
      features: [{ kind: "cyclic", field: "x", period: 24 }],
      contexts: numbers,
      refused: [{ x: "noon" }],
      wrong: [[{ kind: "cyclic", field: "x", period: -1 }, ["period"]]],
    }),
  hashed: () =>
    encoderSuite("hashed", encoders.hashed, {
      features: [{ kind: "hashed", field: "x", size: 8 }],
      contexts: texts,
      refused: [{ y: "a" }],
      wrong: [[{ kind: "hashed", field: "x", size: 0.5 }, ["size"]]],
    }),
  vector: () =>
    encoderSuite("vector", encoders.vector, {
      features: [{ kind: "vector", field: "x", size: 2 }],
      contexts: [{ x: [1, 2] }, { x: [0, -1] }],
      refused: [{ x: [1] }, { x: [1, Number.NaN] }, { x: 1 }],
      wrong: [[{ kind: "vector", field: "x", size: 0 }, ["size"]]],
    }),
  crossed: () =>
    encoderSuite("crossed", encoders.crossed, {
      features: [
        {
          kind: "crossed",
          a: x,
          b: { kind: "categorical", field: "y", levels: ["a", "b"] } as ContextFeature,
        },
        {
          kind: "crossed",
          a: { kind: "crossed", a: x, b: x } as ContextFeature,
          b: { kind: "hashed", field: "y", size: 3 } as ContextFeature,
        },
      ],
      contexts: [
        { x: 1, y: "a", z: 1 },
        { x: 2, y: "b", z: 2 },
      ],
      refused: [{ x: "1", y: "a" }],
      wrong: [
        [{ kind: "crossed", a: { ...x, sd: 0 }, b: x }, ["a", "sd"]],
        [{ kind: "crossed", a: x, b: { kind: "fourier" } }, ["b", "kind"]],
      ],
    }),
});

describe("wrong encoders", () => {
  interface Wrong {
    readonly kind: "wrong";
    readonly field: string;
  }
  const trial = {
    features: [{ kind: "wrong", field: "x" } as Wrong],
    contexts: numbers,
    refused: [],
    wrong: [],
  };
  const right = (field: string): Encoder => encoders.numeric({ kind: "numeric", field });
  const wrong = (change: (right: Encoder) => Partial<Encoder>) => () =>
    encoderSuite("wrong", ({ field }: Wrong) => ({ ...right(field), ...change(right(field)) }), trial);
  rejects(
    "an encoder that writes past its size",
    wrong(({ write }) => ({
      write(context, out, at) {
        write(context, out, at);
        write(context, out, at + 1);
        if (at + 1 < out.length) out[at + 1] = 99;
        if (at > 0) out[at - 1] = 99;
      },
    })),
    /after a constant and before itself/,
  );
  rejects(
    "an encoder that reads a field it does not name",
    wrong(() => ({
      write(context, out, at) {
        out[at] = String(context.other).length + Number(context.x);
      },
    })),
    /without other fields/,
  );
  rejects(
    "an encoder that takes a context without its field",
    wrong(() => ({ problems: () => [] })),
    /takes \{\}/,
  );
  rejects(
    "an encoder for which all contexts are one",
    wrong(() => ({ write: () => {} })),
    /are one/,
  );
  let calls = 0;
  rejects(
    "an encoder that counts its calls",
    wrong(() => ({
      write(_context, out, at) {
        out[at] = calls++;
      },
    })),
    /asked twice|before itself/,
  );
});
