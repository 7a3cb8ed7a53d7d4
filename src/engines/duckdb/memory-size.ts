const [kibi, mebi, gibi, tebi] = [1024, 1_048_576, 1_073_741_824, 1_099_511_627_776];
const units: Readonly<Record<string, number>> = {
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: kibi,
  MIB: mebi,
  GIB: gibi,
  TIB: tebi,
};

/** @returns the bytes of a size such as `2GB`, `512 MB` or `1.5GiB`; undefined for what is not a size */
export function memorySize(text: string): number | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?) ?([KMGT]i?B)$/i.exec(text.trim()) ?? [];
  return Number(digits) * (units[(unit ?? "").toUpperCase()] ?? 0) || undefined;
}
