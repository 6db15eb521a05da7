/** The part of JSON Schema that `schemas/command.schema.json` needs. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** The schemas that a value at this place may have; several when its form is not told yet. */
export function schemasAt(
  schema: JsonSchema,
  path: readonly string[],
  siblings: ReadonlyMap<string, string> = new Map(),
): readonly JsonSchema[] {
  let found = formsOf(schema);
  for (const step of path) {
    found = found.flatMap(one => {
      const next = step === '*' ? one.items : one.properties?.[step];
      return next === undefined ? [] : formsOf(next);
    });
  }
  const fitting = found.filter(one => fits(one, siblings));
  return fitting.length > 0 ? fitting : found;
}

/** The values that a schema names, as they are written. */
export function valuesOf(schema: JsonSchema): readonly string[] {
  const named = schema.const === undefined ? (schema.enum ?? []) : [schema.const];
  return schema.type === 'boolean' && named.length === 0 ? ['true', 'false'] : named.map(String);
}

function formsOf(schema: JsonSchema): readonly JsonSchema[] {
  const forms = schema.anyOf ?? schema.oneOf;
  return forms === undefined ? [schema] : forms.flatMap(formsOf);
}

/** All keys that are there are known, and none of them has a value that this form does not know. */
function fits({ properties }: JsonSchema, siblings: ReadonlyMap<string, string>): boolean {
  return [...siblings].every(([key, value]) => {
    const known = properties?.[key];
    return known !== undefined && (known.const === undefined || value === '' || String(known.const) === value);
  });
}
