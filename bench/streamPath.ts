import { systemClock } from '../src/base/clock.ts';
import { newUuid } from '../src/base/ids.ts';
import { SessionReader } from '../src/core/claude/sessionReader.ts';
import { userKeyFrom } from '../src/core/security/userKey.ts';
import { ClaudeFacts } from '../src/core/tasks/claudeFacts.ts';
import { FactBuffer } from '../src/core/tasks/factBuffer.ts';
import type { Task } from '../src/core/tasks/task.ts';
import { openPanelStore } from '../src/store/panelStore.ts';
import { Outbox } from '../src/vscode/panel/outbox.ts';
import { type Figure, median } from './report.ts';
import { scratchFolder } from './scratchFolder.ts';

const LINES = 300_000;
const CHUNK = 64 * 1024;
const ROUNDS = 5;
/** A frame at 60 a second, counted in chunks of this size, so that the figure does not hang on timers. */
const CHUNKS_A_FRAME = 8;

/** Output of a fast model: deltas of 20 characters, and a whole message after each thousand. */
function recordedStream(): Buffer {
  const lines: string[] = [];
  const session = newUuid();
  for (let message = 0; lines.length < LINES; message++) {
    const id = `msg_${message}`;
    lines.push(
      line(
        {
          type: 'message_start',
          message: {
            id,
            type: 'message',
            role: 'assistant',
            model: 'm',
            content: [],
            usage: { input_tokens: 3, output_tokens: 1 },
          },
        },
        session,
      ),
    );
    lines.push(line({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }, session));
    for (let delta = 0; delta < 1000; delta++) {
      lines.push(
        line(
          { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'twenty characters...' } },
          session,
        ),
      );
    }
    lines.push(line({ type: 'content_block_stop', index: 0 }, session));
    const content = [{ type: 'text', text: 'twenty characters...'.repeat(1000) }];
    lines.push(
      JSON.stringify({
        type: 'assistant',
        message: { id, model: 'm', role: 'assistant', content, usage: { input_tokens: 3, output_tokens: 1 } },
        parent_tool_use_id: null,
        session_id: session,
        uuid: newUuid(),
      }),
    );
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

function line(event: object, session: string): string {
  return JSON.stringify({
    type: 'stream_event',
    event,
    session_id: session,
    parent_tool_use_id: null,
    uuid: newUuid(),
    ttft_ms: null,
  });
}

/** Line → parse → reduce → store → message to the view, beside splitting and `JSON.parse` alone on the same bytes. */
export async function streamPath(): Promise<readonly Figure[]> {
  const stream = recordedStream();
  const lines = stream.toString().split('\n').length - 1;
  const ours: number[] = [];
  const parsing: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    parsing.push(lines / seconds(() => parseAlone(stream)));
    ours.push(lines / (await wholePath(stream)));
  }
  const rate = median(ours);
  const parse = median(parsing);
  const thousand = (value: number): string => `${Math.round(value / 1000)}k lines/s`;
  return [
    {
      name: `stream path, ${Math.round(stream.length / lines)} B a line`,
      measured: thousand(rate),
      reference: `JSON.parse alone ${thousand(parse)}`,
      ratio: `${(rate / parse).toFixed(2)}x`,
    },
    {
      name: 'stream path against its limit',
      measured: thousand(rate),
      reference: 'at least 150k lines/s',
      ratio: `${(rate / 150_000).toFixed(2)}x`,
    },
  ];
}

function parseAlone(stream: Buffer): void {
  let kept: unknown;
  for (const text of stream.toString().split('\n')) {
    if (text !== '') {
      kept = JSON.parse(text);
    }
  }
  if (kept === undefined) {
    throw new Error('nothing was parsed');
  }
}

async function wholePath(stream: Buffer): Promise<number> {
  const scratch = scratchFolder();
  const store = openPanelStore({
    folder: scratch.folder,
    source: '/bench',
    clock: systemClock,
    newId: newUuid,
    userKey: userKeyFrom(Buffer.alloc(32, 1)),
  });
  try {
    const task = newTask(store.log);
    const facts = new ClaudeFacts(task.id, task.cwd);
    const buffer = new FactBuffer(task.id, store.log, systemClock, error => {
      throw error;
    });
    const outbox = new Outbox();
    store.log.onDidCommit(commit => outbox.addCommit(commit, task.id));
    const reader = new SessionReader({
      event: event => {
        const translated = facts.take(event, Date.now());
        for (const update of translated.live) {
          outbox.addLive(update);
        }
        if (translated.facts.length > 0) {
          buffer.add(translated.facts);
        }
      },
      ask: () => undefined,
      askWithdrawn: () => undefined,
      unknownRequest: () => undefined,
      controlResponse: () => undefined,
    });
    let posted = 0;
    const started = performance.now();
    for (let at = 0, chunk = 1; at < stream.length; at += CHUNK, chunk++) {
      reader.output(stream.subarray(at, at + CHUNK));
      await Promise.resolve();
      if (chunk % CHUNKS_A_FRAME === 0) {
        // What VS Code does with a message on its way to the view.
        posted += JSON.stringify(outbox.take().live).length;
      }
    }
    buffer.flush();
    posted += JSON.stringify(outbox.take().live).length;
    if (posted < stream.length / 50) {
      throw new Error('the view was told too little');
    }
    return (performance.now() - started) / 1000;
  } finally {
    store.dispose();
    scratch.remove();
  }
}

function newTask(log: {
  append: ReturnType<typeof openPanelStore>['log']['append'];
  tasks: ReturnType<typeof openPanelStore>['log']['tasks'];
}): Task {
  const by = { surface: 'panel', name: 'bench', hostId: 'bench' } as const;
  const profile = {
    name: 'speed',
    source: 'built in',
    permissionMode: 'default',
    allowedTools: [],
    disallowedTools: [],
    mcpServers: {},
  } as const;
  log.append([
    {
      subject: 'bench',
      facts: [
        {
          type: 'claude-panel.task.created',
          data: {
            title: 'bench',
            titleIsGiven: true,
            prompt: 'bench',
            promptId: newUuid(),
            cwd: '/bench',
            profile,
            limits: {},
            by,
            rehearsal: true,
            unattended: 'ask',
          },
        },
      ],
    },
  ]);
  const task = log.tasks.get('bench');
  if (task === undefined) {
    throw new Error('no task');
  }
  return task;
}

function seconds(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}
