/** An arrow between two files. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

function nextOf(edges: readonly Edge[]): (node: string) => readonly string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  return (node) => next.get(node) ?? [];
}

/** Everything that can be reached from some nodes, those included. */
export function reachableFrom(starts: readonly string[], edges: readonly Edge[]): Set<string> {
  const next = nextOf(edges);
  const seen = new Set(starts);
  const open = [...starts];
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const target of next(node))
      if (!seen.has(target)) {
        seen.add(target);
        open.push(target);
      }
  return seen;
}

/**
 * The groups of nodes that reach one another (a node that points at itself is one), each sorted, in order.
 * @source Tarjan (1972), strongly connected components
 */
export function circlesOf(edges: readonly Edge[]): string[][] {
  const next = nextOf(edges);
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    const own = index.size;
    index.set(node, own);
    stack.push(node);
    let low = own;
    for (const target of next(node)) {
      const known = index.get(target);
      if (known === undefined) low = Math.min(low, visit(target));
      else if (stack.includes(target)) low = Math.min(low, lowest.get(target) ?? known);
    }
    lowest.set(node, low);
    if (low === own) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1 || next(node).includes(node)) circles.push(group.sort());
    }
    return low;
  };
  for (const { from } of edges) if (!index.has(from)) visit(from);
  return circles.sort((a, b) => (a.join() < b.join() ? -1 : 1));
}
