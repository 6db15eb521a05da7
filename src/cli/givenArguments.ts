/** What was typed behind the name of a command, checked against its table entry. */
export class GivenArguments {
  readonly operands: readonly string[];
  readonly #values: ReadonlyMap<string, readonly (string | true)[]>;

  constructor(operands: readonly string[], values: ReadonlyMap<string, readonly (string | true)[]>) {
    this.operands = operands;
    this.#values = values;
  }

  operand(index: number): string | undefined {
    return this.operands[index];
  }

  flag(name: string): boolean {
    return this.#values.has(name);
  }

  /** The last one given counts. */
  text(name: string): string | undefined {
    return this.texts(name).at(-1);
  }

  texts(name: string): readonly string[] {
    return (this.#values.get(name) ?? []).filter(value => value !== true);
  }
}
