/** The models that GET /v1/models lists; any other name is accepted too, and echoed. */
const MODELS: readonly (readonly [id: string, name: string])[] = [
  ['claude-opus-5-5', 'Claude Opus 5.5'],
  ['claude-sonnet-5-5', 'Claude Sonnet 5.5'],
  ['claude-haiku-5-5', 'Claude Haiku 5.5'],
];

export function modelList(): Record<string, unknown> {
  const data = MODELS.map(([id, name]) => ({
    type: 'model',
    id,
    display_name: name,
    created_at: '2026-01-01T00:00:00Z',
  }));
  return { data, has_more: false, first_id: MODELS[0]?.[0], last_id: MODELS.at(-1)?.[0] };
}
