import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/base/json.ts';
import type { ClaudeEvent } from '../../../src/core/claude/claudeEvents.ts';
import { SessionReader } from '../../../src/core/claude/sessionReader.ts';
import { translateInitialized } from '../../../src/core/claude/wire/initializeTranslation.ts';

const folder = fileURLToPath(new URL('../recordings/', import.meta.url));
const names = readdirSync(folder).filter(name => name.endsWith('.ndjson'));

interface Recorded {
  readonly dir: 'in' | 'out';
  readonly m: JsonObject;
}

function read(name: string): Recorded[] {
  const lines = readFileSync(folder + name, 'utf8').split('\n');
  return lines.filter(line => line !== '').map(line => JSON.parse(line) as Recorded);
}

/** What a session would see and do, one line each. What goes to Claude Code is shown with an arrow. */
function replay(recorded: readonly Recorded[]): { text: string; events: ClaudeEvent[] } {
  const scrub = new Scrubber();
  const out: string[] = [];
  const events: ClaudeEvent[] = [];
  const show = (name: string, value: unknown): void => {
    out.push(`${name} ${scrub.json(value)}`);
  };
  let initializeId: unknown;
  const reader = new SessionReader({
    event: event => {
      events.push(event);
      const { type, ...rest } = event;
      show(type, brief(type, rest));
    },
    ask: ask => {
      const { kind, ...rest } = ask;
      show(`ASK ${kind}`, rest);
    },
    askWithdrawn: id => show('ASK WITHDRAWN', { id }),
    unknownRequest: id => show('REQUEST REFUSED', { id }),
    controlResponse: value => {
      const response = value as JsonObject;
      if (response['request_id'] === initializeId && response['subtype'] === 'success') {
        const { type, ...rest } = translateInitialized(response['response'] as JsonObject, 'unknown');
        show(type, brief(type, rest));
      } else {
        show('ANSWER', { id: response['request_id'], to: response['subtype'] });
      }
    },
  });
  for (const { dir, m } of recorded) {
    if (dir === 'out') {
      reader.output(Buffer.from(`${JSON.stringify(m)}\n`));
    } else {
      const request = m['request'] as JsonObject | undefined;
      initializeId = request?.['subtype'] === 'initialize' ? m['request_id'] : initializeId;
      out.push(`→ ${scrub.json(outgoing(m))}`);
    }
  }
  reader.end();
  return { text: `${out.join('\n')}\n`, events };
}

/** Long lists of names say nothing here. */
function brief(type: string, rest: object): object {
  const lists = type === 'ready' ? ['models', 'commands'] : type === 'turnStarted' ? ['tools'] : [];
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, lists.includes(key) ? `(${(value as unknown[]).length})` : value]),
  );
}

function outgoing(message: JsonObject): JsonValue {
  const request = message['request'] as JsonObject | undefined;
  const response = message['response'] as JsonObject | undefined;
  if (request !== undefined) {
    return { request: request['subtype'] ?? '', id: message['request_id'] ?? '' };
  }
  return response !== undefined ? { answer: response['response'] ?? response['error'] ?? '' } : message;
}

/** Makes a line readable: ids are numbered in the order in which they come, long texts are cut. */
class Scrubber {
  readonly #ids = new Map<string, string>();

  json(value: unknown): string {
    const text = JSON.stringify(value, (_, item: unknown) =>
      typeof item === 'string' && item.length > 160 ? `${item.slice(0, 160)}… (${item.length})` : item,
    );
    return text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, id => {
      const known = this.#ids.get(id) ?? `id${this.#ids.size + 1}`;
      this.#ids.set(id, known);
      return known;
    });
  }
}

describe('a recording of the real Claude Code', () => {
  it.each(names)('%s means what it meant before', async name => {
    // After a change that is meant: vitest run --project golden --update
    await expect(replay(read(name)).text).toMatchFileSnapshot(`./${name.replace('.ndjson', '.golden.txt')}`);
  });

  it.each(names)('%s holds nothing that is unknown or bad', name => {
    const { events } = replay(read(name));
    const strange = events.filter(({ type }) => type === 'unknownMessage' || type === 'badLine');
    const expected = name.startsWith('31') ? 4 : 0;
    expect(strange).toHaveLength(expected);
  });

  it.each(names)('%s ends every tool call at most once, and only those that it has started', name => {
    const { events } = replay(read(name));
    const started = events.flatMap(event => (event.type === 'toolStarted' ? [event.toolUseId] : []));
    const ended = events.flatMap(event => (event.type === 'toolEnded' ? [event.toolUseId] : []));
    expect(new Set(ended).size).toBe(ended.length);
    expect(started).toEqual(expect.arrayContaining(ended));
  });

  it('shows by its deltas what the whole message then says', () => {
    for (const name of names) {
      const { events } = replay(read(name));
      const shown = new Map<string, string>();
      for (const event of events) {
        if (event.type === 'textDelta') {
          shown.set(event.messageId, (shown.get(event.messageId) ?? '') + event.text);
        } else if (event.type === 'messageDiscarded') {
          shown.delete(event.messageId);
        }
      }
      const said = new Map<string, string>();
      for (const event of events) {
        if (event.type === 'text' && shown.has(event.messageId)) {
          said.set(event.messageId, (said.get(event.messageId) ?? '') + event.text);
        }
      }
      expect([...shown]).toEqual([...said]);
    }
  });

  it('is read without an exception when its messages are damaged in any place', () => {
    const messages = names.flatMap(name => read(name).flatMap(({ dir, m }) => (dir === 'out' ? [m] : [])));
    const damage = fc.oneof(
      fc.constant(null),
      fc.integer(),
      fc.string(),
      fc.constant([]),
      fc.constant({}),
      fc.array(fc.constant(null), { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(), damage), { minLength: 1, maxLength: 20 }), damages => {
        const problems: string[] = [];
        const reader = new SessionReader({
          event: event => {
            if (event.type === 'badLine') {
              problems.push(event.error);
            }
          },
          ask: () => {},
          askWithdrawn: () => {},
          unknownRequest: () => {},
          controlResponse: () => {},
        });
        for (const [which, where, instead] of damages) {
          const message = structuredClone(messages[which % messages.length] as JsonObject);
          replaceAt(message, where, instead as JsonValue);
          reader.output(Buffer.from(`${JSON.stringify(message)}\n`));
        }
        expect(problems).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

/** Puts a value in place of one of the fields or items, counted through the whole tree. */
function replaceAt(root: JsonObject, where: number, instead: JsonValue): void {
  const places: [JsonObject | JsonValue[], string | number][] = [];
  const walk = (node: JsonValue): void => {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    for (const [key, item] of Object.entries(node)) {
      places.push([node as JsonObject, key]);
      walk(item);
    }
  };
  walk(root);
  const [node, key] = places[where % places.length] ?? [root, 'type'];
  (node as Record<string | number, JsonValue>)[key] = instead;
}
