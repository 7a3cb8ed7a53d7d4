/** @returns an arm's name: of a combination its levels, `story · push · evening` */
export function armName({
  arm,
  action,
}: {
  readonly arm: string;
  readonly action: Readonly<Record<string, string>>;
}): string {
  const levels = Object.values(action);
  return levels.length > 1 ? levels.join(" · ") : arm;
}
