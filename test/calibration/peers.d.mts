export function judgePeers(
  world: { readonly key: string },
  seed: string,
  most?: number,
): Promise<{
  readonly lines: readonly string[];
  readonly bars: readonly { readonly name: string; readonly held: boolean }[];
}>;
