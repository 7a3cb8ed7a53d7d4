import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { ContextOf, Definition } from "../core/definition.js";
import type { CallOptions } from "./call-options.js";
import type { Snapshot } from "./snapshot.js";

type Defined<C extends Catalogue> = C["experiments"][number];

/** Keys of a catalogue's experiments; any text where only running code knows them. */
export type ExperimentKey<C extends Catalogue> = Defined<C>["key"];

/** An experiment of a catalogue, by its key; or a definition. */
export type ExperimentOf<C extends Catalogue> = ExperimentKey<C> | Definition<string, unknown>;

/** The definition that a key names in a catalogue; any where only running code knows them. */
export type DefinitionOf<C extends Catalogue, E> =
  string extends ExperimentKey<C> ? Definition<string, unknown> : Extract<Defined<C>, { readonly key: E }>;

/** The assignment in an experiment of a catalogue: variants and payloads are those of its definition. */
export type AssignmentOf<C extends Catalogue, E> =
  (E extends Definition<string, unknown> ? E : DefinitionOf<C, E>) extends Definition<infer V, infer P>
    ? Assignment<V, P>
    : never;

/** What a call about an experiment has to bring. */
export type ContextIn<C extends Catalogue, E> = ContextOf<
  (E extends Definition<string, unknown> ? E : DefinitionOf<C, E>)["unit"]
>;

/** A variant for some experiments of a catalogue. */
export type OverridesOf<C extends Catalogue> = {
  readonly [K in ExperimentKey<C>]?: DefinitionOf<C, K>["variants"][number]["key"];
};

/** `CallOptions` whose overrides are variants of a catalogue's experiments; those of an address may be any. */
export interface CallOptionsOf<C extends Catalogue> extends Omit<CallOptions, "overrides"> {
  /** As in {@link CallOptions}. */
  readonly overrides?: OverridesOf<C>;
}

/** An assigner that knows the keys, variants and payloads of its catalogue; wherever an `Assigner` is taken, it is one. */
export interface AssignerOf<C extends Catalogue> {
  /** As `Assigner.assign`. */
  assign<const E extends ExperimentOf<C>, const X extends ContextIn<C, E>>(
    experiment: E,
    context: X,
    options?: CallOptionsOf<C>,
  ): AssignmentOf<C, E>;
  /** As `Assigner.enter`. */
  enter<const E extends ExperimentOf<C>, const X extends ContextIn<C, E>>(
    experiment: E,
    context: X,
    options?: CallOptionsOf<C>,
  ): AssignmentOf<C, E>;
  /** As `Assigner.assignAll`. */
  assignAll(context: object, options?: CallOptionsOf<C>): Assignment<string, unknown>[];
  /** As `Assigner.batch`. */
  batch<const E extends ExperimentOf<C>, const X extends ContextIn<C, E>>(
    experiment: E,
    contexts: readonly X[],
    options?: CallOptionsOf<C>,
  ): AssignmentOf<C, E>[];
  /** As `Assigner.snapshot`. */
  snapshot(context: object, options?: CallOptionsOf<C>): Snapshot;
  readonly catalogue: C;
}
