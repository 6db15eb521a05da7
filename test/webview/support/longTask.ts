import type { Page } from 'playwright-core';
import type { TranscriptItem } from '../../../src/protocol/transcriptView.ts';
import { FakeExtension } from './fakeExtension.ts';
import { approval, detail, NOW, task, textItem, toolItem } from './samples.ts';

const TODOS = [
  { content: 'Read the server and its tests', status: 'completed' },
  { content: 'Find how routes are registered', status: 'completed' },
  { content: 'Add GET /health', status: 'inProgress' },
  { content: 'Test it', status: 'pending' },
  { content: 'Run the suite', status: 'pending' },
] as const;

const ITEMS: readonly TranscriptItem[] = [
  { kind: 'prompt', id: 'p', at: NOW - 102_000, text: 'Add a health endpoint and test it', by: 'you' },
  { kind: 'thinking', id: 't', at: NOW - 98_000, text: 'Look at the server first.', messageId: 'm1', durationMs: 4000 },
  textItem('s', 'I will look at the server first, then add the endpoint with a test.'),
  toolItem('todo', {
    name: 'TodoWrite',
    summary: 'Plan: steps',
    durationMs: 40,
    input: JSON.stringify({
      todos: TODOS.map(({ content, status }) => ({
        content,
        status: status === 'inProgress' ? 'in_progress' : status,
      })),
    }),
  }),
  toolItem('read', { name: 'Read', summary: 'Read src/server.ts', durationMs: 100, output: 'const app = express();' }),
  toolItem('test', {
    summary: 'npm test -- server',
    output: '✓ starts on the given port (41 ms)\n✓ answers unknown routes with 404 (9 ms)\n2 passed\nall in 5.1 s\n',
  }),
  toolItem('agent', {
    name: 'Agent',
    summary: 'Explore: how are routes tested here?',
    durationMs: 31_000,
    nested: 3,
    output: 'Routes are tested with supertest in test/routes; each has a file.',
  }),
  toolItem('broken', {
    summary: 'npm run lint',
    status: 'error',
    durationMs: 1900,
    output: 'src/server.ts:14:7 error  unexpected any\n1 problem',
  }),
  { kind: 'decision', id: 'd', at: NOW - 50_000, approvalId: 'x', text: 'Allowed by you: Run a command npm install' },
  toolItem('edit', {
    name: 'Edit',
    summary: 'Edit src/routes.ts',
    durationMs: 80,
    diff: {
      path: 'src/routes.ts',
      added: 4,
      removed: 1,
      hiddenLines: 0,
      lines: [
        { kind: 'kept', text: 'export const routes = [' },
        { kind: 'removed', text: "  ['/', home]," },
        { kind: 'added', text: "  ['/', home]," },
        { kind: 'added', text: "  ['/health', health]," },
      ],
    },
  }),
  {
    kind: 'notice',
    id: 'n',
    at: NOW - 48_000,
    level: 'warning',
    text: 'The MCP server postgres failed to start.',
    remedy: 'Its tools are missing in this task. See Tools for its message.',
  },
  textItem(
    's2',
    'The routes live in `src/routes.ts`. Next:\n\n- add the **route** to [the server](src/server.ts)\n- cover it with a test\n\n```ts\napp.get("/health", (_, reply) => reply.send({ ok: true }));\n```',
  ),
];

/** A task in the middle of its work, which waits for an answer. */
export function longTask(): FakeExtension {
  const extension = new FakeExtension();
  extension.now = NOW;
  extension.tasks = [
    task('health', {
      title: 'Add a health endpoint',
      state: 'waiting',
      activity: 'Waits for you',
      pendingApprovals: 1,
      costUsd: 0.12,
      runningSince: NOW - 102_000,
      filesChanged: 3,
      toolCalls: 9,
      todosDone: 2,
      todosTotal: 5,
    }),
  ];
  extension.approvals = [
    approval('edit', {
      kind: 'tool',
      toolName: 'Edit',
      headline: 'Edit',
      target: 'src/server.ts',
      input: '{}',
      editable: true,
      hasHiddenCharacters: false,
      diff: {
        path: 'src/server.ts',
        added: 18,
        removed: 2,
        hiddenLines: 16,
        lines: [
          { kind: 'removed', text: 'app.listen(3000);' },
          { kind: 'added', text: "app.get('/health', health);" },
          { kind: 'added', text: 'const server = app.listen(port);' },
        ],
      },
    }),
  ];
  extension.transcripts.set('health', [...ITEMS]);
  extension.transcripts.set('health/use-agent', [
    { ...toolItem('a1', { name: 'Grep', summary: 'Search supertest', durationMs: 60 }), parentToolUseId: 'use-agent' },
    {
      ...toolItem('a2', { name: 'Read', summary: 'Read test/routes/home.test.ts', durationMs: 40 }),
      parentToolUseId: 'use-agent',
    },
    { ...textItem('a3', 'Each route has a file of its own.'), parentToolUseId: 'use-agent' },
  ]);
  extension.details.set(
    'health',
    detail('health', {
      prompt: 'Add a health endpoint and test it',
      sessionId: '0b5c1c52-93f1-4d0e-8c59-6b6f4b1b2f10',
      permissionMode: 'default',
      authSource: 'API key (ANTHROPIC_API_KEY)',
      cliVersion: '2.1.329',
      todos: [...TODOS],
      context: { tokens: 12_400, window: 200_000 },
      limits: { minutes: 120, usd: 5 },
      files: [
        { path: 'src/server.ts', added: 18, removed: 2, kind: 'edited' },
        { path: 'src/routes.ts', added: 4, removed: 1, kind: 'edited' },
        { path: 'test/routes/health.test.ts', added: 32, removed: 0, kind: 'created' },
      ],
      models: [
        {
          model: 'claude-sonnet-4-5',
          inputTokens: 5210,
          outputTokens: 3120,
          cacheReadTokens: 84_000,
          cacheCreationTokens: 12_000,
          costUsd: 0.11,
        },
        {
          model: 'claude-haiku-4-5',
          inputTokens: 2210,
          outputTokens: 420,
          cacheReadTokens: 0,
          cacheCreationTokens: 0,
          costUsd: 0.01,
        },
      ],
      mcpServers: [
        { name: 'linear', status: 'connected', toolCount: 12 },
        {
          name: 'postgres',
          status: 'failed',
          error: 'Error: connect ECONNREFUSED 127.0.0.1:5432\n    at TCPConnectWrap.afterConnect',
        },
        { name: 'figma', status: 'needsAuth' },
      ],
      agents: [
        {
          id: 'ag1',
          kind: 'Explore',
          description: 'How are routes tested here?',
          status: 'completed',
          toolUses: 3,
          tokens: 8400,
          durationMs: 31_000,
        },
        {
          id: 'ag2',
          kind: 'general-purpose',
          description: 'Check the deployment files for the port',
          status: 'running',
          toolUses: 1,
        },
      ],
      tools: [
        { name: 'Read', calls: 4, failed: 0, denied: 0, totalMs: 320, waitedMs: 0 },
        { name: 'Bash', calls: 3, failed: 1, denied: 0, totalMs: 9400, waitedMs: 61_000 },
        { name: 'mcp__linear__list_issues', calls: 1, failed: 0, denied: 1, totalMs: 0, waitedMs: 0 },
      ],
    }),
  );
  return extension;
}

export async function openLongTask(page: Page): Promise<void> {
  await page.locator('[data-task="health"]').click();
  await page.locator('panel-task-view h1').waitFor();
}
