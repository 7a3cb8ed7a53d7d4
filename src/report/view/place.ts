import type { Definition } from "../../core/definition.js";

/** @returns 0 for the control, 1, 2 … for the treatments in the definition's order: their hue and shape in every picture */
export function placeOf({ variants, control }: Definition, variant: string): number {
  if (variant === control) return 0;
  const treatments = variants.filter(({ key }) => key !== control);
  return (
    Math.max(
      0,
      treatments.findIndex(({ key }) => key === variant),
    ) + 1
  );
}
