/** Vectors made orthonormal one by one (Gram–Schmidt, twice), to tell what lies in their span. */
export class OrthonormalBasis {
  private readonly vectors: number[][] = [];

  constructor(private readonly size: number) {}

  /** Whether the span is the whole space. */
  get full(): boolean {
    return this.vectors.length >= this.size;
  }

  /** The part outside the span and its length relative to the vector's own. */
  private outside(vector: readonly number[]): { rest: number[]; share: number } {
    const rest = [...vector];
    const length = Math.hypot(...vector);
    if (this.full || length < 1e-12) return { rest, share: 0 };
    for (let pass = 0; pass < 2; pass++) {
      for (const unit of this.vectors) {
        let along = 0;
        for (let i = 0; i < rest.length; i++) along += (rest[i] as number) * (unit[i] as number);
        for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] as number) - along * (unit[i] as number);
      }
    }
    return { rest, share: Math.hypot(...rest) / length };
  }

  /** Takes a vector in. @returns whether it lay outside the span */
  add(vector: readonly number[]): boolean {
    const { rest, share } = this.outside(vector);
    if (share < 1e-7) return false;
    const length = Math.hypot(...rest);
    this.vectors.push(rest.map((value) => value / length));
    return true;
  }

  /** Whether every one of the vectors would grow the span; leaves it as it is. */
  wouldGrowBy(vectors: readonly (readonly number[])[]): boolean {
    const before = this.vectors.length;
    const grows = vectors.every((vector) => this.add(vector));
    this.vectors.length = before;
    return grows;
  }
}
