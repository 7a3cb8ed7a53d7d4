import type { Decided } from "../../core/assignment.js";
import type { Json } from "../../core/json.js";
import { refuseType, requireArray } from "../../errors/index.js";
import type { BypassedDecision, Gates } from "../../gates/gates.js";
import type { Decision } from "../../rounds/decision.js";
import { requireKeys } from "../../shapes/index.js";

/** The occasion for which an action is wanted. */
export interface DecisionRequest {
  readonly unitId: string;
  /** What tells this occasion from the unit's others: a visit, a send, a day. */
  readonly occasion: string;
  /** A `Date`, or milliseconds since 1970; only recorded. */
  readonly now: Date | number;
  /** What the reward model's beliefs depend on; default null. */
  readonly context?: Json;
  /** Keys of the actions that may be chosen now; default: every live one. */
  readonly eligible?: readonly string[];
  /** Whether the decision carries every action's probability; default: where there are at most 100 actions. */
  readonly vector?: boolean;
}

/** An occasion of an experiment that has gates. `P`: the payloads of its variants. */
export interface GatedRequest<V extends string = string, P = unknown> extends DecisionRequest {
  /** Who may enter: `gatesOf(definition, catalogue)` of `essai`. */
  readonly gates: Gates<V, P>;
  /** What the gates read of the unit. The policy reads `context`, and nothing of these. */
  readonly attributes?: object;
  /** Variant by experiment, for trying things: played with reason `override`, and never learned from. */
  readonly overrides?: { readonly [experiment: string]: string };
  /** Decisions of other experiments whose policies learn, where this one depends on them. */
  readonly decisions?: readonly Decided[];
}

/** The gates of a request, if it has any. */
export type MaybeGates = Gates<string, unknown> | undefined;

/** What `decide` is asked: an occasion; with gates also what they read of the unit. */
export type RequestOf<G extends MaybeGates> = DecisionRequest & { readonly gates?: G } & ([G] extends [
    undefined,
  ]
    ? unknown
    : Omit<GatedRequest, "gates" | keyof DecisionRequest>);

/** Whatever is asked. */
export type AnyRequest = DecisionRequest &
  Partial<Omit<GatedRequest, "gates" | keyof DecisionRequest>> & { readonly gates?: MaybeGates };

/** What comes of it: of a bandit without gates a decision, past gates also what they give. */
export type DecidedBy<G extends MaybeGates, V extends string, P> =
  G extends Gates<infer W, infer Q> ? Decision<W, Q> | BypassedDecision<W, Q> : Decision<V, P>;

/** The keys of a request; the values are checked where they are used. */
const requestKeys: Readonly<Record<keyof DecisionRequest, 1>> = {
  unitId: 1,
  occasion: 1,
  now: 1,
  context: 1,
  eligible: 1,
  vector: 1,
};

/** Refuses keys that a request does not have, but with gates, which refuse them themselves. Comparing texts is ten times as fast as looking a key up. */
export function requireKnown(request: Pick<DecisionRequest, "context" | "eligible">, gates?: object): void {
  if (!request) requireKeys(request, requestKeys);
  for (const key in request)
    if (
      key !== "unitId" &&
      key !== "occasion" &&
      key !== "now" &&
      key !== "context" &&
      key !== "eligible" &&
      key !== "vector" &&
      !gates
    )
      requireKeys(request, requestKeys);
  if (request.eligible !== undefined) requireArray(request.eligible, ["eligible"]);
}

/** Refuses a request without unit or occasion, or with anything that is not read; its time is for `isoTime`. */
export function checkRequest(request: AnyRequest): void {
  requireKnown(request, request?.gates);
  const { unitId, occasion, vector } = request;
  if (!unitId || typeof unitId !== "string") refuseType(unitId, ["unitId"], "text");
  if (typeof occasion !== "string") refuseType(occasion, ["occasion"], "text");
  if (vector !== undefined && typeof vector !== "boolean") refuseType(vector, ["vector"], "flag");
}
