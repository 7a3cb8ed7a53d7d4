/** @returns the variant that everybody of the audience gets, once the experiment is stopped with one */
export const rolledOut = <V>({
  status,
  rollout,
}: {
  readonly status?: string;
  readonly rollout?: V;
}): V | undefined => (status === "stopped" ? rollout : undefined);
