import { constraints_clash, ExperimentError } from "../../errors/index.js";
import type { Demand, Limits, ShareBounds } from "./constraint.js";

/** What rounding may keep a sum of bounds from being 1. */
const ROUNDING = 1e-9;

/** ShareBounds that hold for every eligible action, in their order. */
type Joint = Required<ShareBounds>;

/** Refuses demands that no vector meets, by name. */
function clash(
  involved: readonly { readonly name: string }[],
  demanded: number,
  allowed: number,
  action?: string,
): never {
  throw new ExperimentError({ constraints_clash }, ["constraints"], action, {
    expected: { atMost: allowed },
    other: demanded,
    known: [...new Set(involved.map(({ name }) => name))].sort(),
  });
}

/**
 * What all constraints together demand.
 * @returns for each eligible action the bounds that satisfy all of them
 * @throws ExperimentError `constraints_clash` at ["constraints"] where no vector lies within
 */
export function jointBounds(constraints: readonly Demand[], limits: Limits): Joint {
  const { eligible, actions } = limits;
  const least = eligible.map(() => 0);
  const most = eligible.map(() => 1);
  const stated = constraints.map((each) => ({ name: each.name, ...each.bounds(limits) }));
  for (const { least: low, most: high } of stated) {
    low?.forEach((share, i) => {
      if (share > least[i]!) least[i] = share;
    });
    high?.forEach((share, i) => {
      if (share < most[i]!) most[i] = share;
    });
  }
  if (most.includes(0) && most.some((share) => share > 0)) {
    // Of what is allowed nothing, nothing can be demanded: it is as if it were not eligible.
    const open = eligible.filter((_, i) => most[i]! > 0);
    const rest = jointBounds(constraints, { ...limits, eligible: open });
    const placed = (bounds: readonly number[]) => {
      let next = 0;
      return most.map((share) => (share > 0 ? bounds[next++]! : 0));
    };
    return { least: placed(rest.least), most: placed(rest.most) };
  }
  let [demanded, allowed] = [0, 0];
  for (let i = 0; i < eligible.length; i++) {
    if (least[i]! > most[i]!)
      clash(
        stated.filter((bounds) => bounds.least?.[i] === least[i] || bounds.most?.[i] === most[i]),
        least[i]!,
        most[i]!,
        actions[eligible[i]!],
      );
    demanded += least[i]!;
    allowed += most[i]!;
  }
  if (demanded > 1 + ROUNDING)
    clash(
      stated.filter((bounds) => bounds.least?.some((share) => share > 0)),
      demanded,
      1,
    );
  if (allowed < 1 - ROUNDING)
    clash(
      stated.filter((bounds) => bounds.most?.some((share) => share < 1)),
      1,
      allowed,
    );
  return { least, most };
}
