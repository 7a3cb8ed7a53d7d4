type Action = Readonly<Record<string, string>>;

/** Actions by a number each, whatever the order of their factors. */
export class ActionNumbers {
  readonly #actions: Action[] = [];
  readonly #texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(action: Action): number {
    const text = JSON.stringify(Object.entries(action).sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#texts.push(text);
    this.#numbers.set(text, this.#actions.length);
    return this.#actions.push(action) - 1;
  }

  action(number: number): Action {
    return this.#actions[number] ?? {};
  }

  text(number: number): string {
    return this.#texts[number] ?? "";
  }
}
