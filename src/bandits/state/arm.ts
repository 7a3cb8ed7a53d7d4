/** One arm: an action with the share that the definition planned for it. */
export interface Arm<V extends string = string, P = unknown> {
  readonly key: V;
  /** What the application shows. */
  readonly payload: P;
  /** Level of every factor; `{ variant }` for a plain experiment. */
  readonly action: Readonly<Record<string, string>>;
  /** Planned share, fraction; what policy `fixed` plays. */
  readonly share: number;
  /** `paused` and `removed` arms are never chosen; a removed one cannot come back. */
  readonly status: "live" | "paused" | "removed";
}
