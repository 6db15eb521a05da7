import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/base/ids.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import { isAlive } from '../../../src/core/process/processIdentity.ts';
import { systemProcesses } from '../../../src/core/process/processTree.ts';
import { scripted, useRealClaude } from './realSession.ts';

const real = useRealClaude();

const processes = systemProcesses();

/** Two processes in sessions of their own, which ignore every polite signal; one does not even carry the mark. */
const LEAVES_CHILDREN = `
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
process.on('SIGTERM', () => {});
const stubborn = "for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {}); setInterval(() => {}, 1000)";
const pids = [process.env, {}].map(env => {
  const child = spawn(process.execPath, ['-e', stubborn], { detached: true, stdio: 'ignore', env });
  child.unref();
  return child.pid;
});
writeFileSync('pids', [process.pid, ...pids].join(' '));
`;

/** A server with one tool, in a few lines of the protocol; `hangs` never answers. */
async function writeServer(hangs = false, also = ''): Promise<JsonObject> {
  const path = join(real.cwd, 'server.mjs');
  await writeFile(
    path,
    `import { createInterface } from 'node:readline';
${also}
createInterface({ input: process.stdin }).on('line', line => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined || ${hangs}) return;
  const results = {
    initialize: { protocolVersion: params?.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'lab', version: '1' } },
    'tools/list': { tools: [{ name: 'secret', description: 'Tells it', inputSchema: { type: 'object' } }] },
    'tools/call': { content: [{ type: 'text', text: 'secret is ' + process.env.LAB_SECRET }] },
  };
  console.log(JSON.stringify({ jsonrpc: '2.0', id, result: results[method] ?? {} }));
});
`,
  );
  return { type: 'stdio', command: process.execPath, args: [path], env: { LAB_SECRET: 'hush-hush' } };
}

describe('MCP servers of the real Claude Code', { timeout: 60_000 }, () => {
  it('runs a server, asks for its tool, and keeps its secrets off the command line', async () => {
    const observed = real.session({ launch: { mcpServers: { lab: await writeServer() } } });
    const { pid } = await observed.session.start();
    observed.session.send(
      scripted('- tool: { name: mcp__lab__secret, input: {} }\n- text: "{{lastResult}}"'),
      newUuid(),
    );
    const ask = await observed.untilAsked();
    expect(ask).toMatchObject({ kind: 'tool', toolName: 'mcp__lab__secret', mcpServer: 'lab' });
    expect(await observed.session.mcpServers()).toMatchObject([{ name: 'lab', status: 'connected', toolCount: 1 }]);
    observed.session.answerAsk(ask.requestId, { behavior: 'allow' });
    expect((await observed.until('turnEnded')).text).toContain('secret is hush-hush');
    if (process.platform === 'linux') {
      expect(await readFile(`/proc/${pid}/cmdline`, 'utf8')).not.toContain('hush-hush');
    }
  });

  it('gives the servers to an older version on its command line', async () => {
    const observed = real.session({
      launch: { mcpServers: { lab: await writeServer() }, version: { major: 2, minor: 1, patch: 200 } },
    });
    await observed.session.start();
    observed.session.send(scripted('- tool: { name: mcp__lab__secret, input: {} }\n- text: ok'), newUuid());
    expect(await observed.untilAsked()).toMatchObject({ toolName: 'mcp__lab__secret' });
  });

  it('starts no other server than the chosen ones', async () => {
    await writeFile(join(real.cwd, '.mcp.json'), JSON.stringify({ mcpServers: { other: await writeServer() } }));
    const observed = real.session();
    await observed.session.start();
    observed.session.send(scripted('- text: ok'), newUuid());
    await observed.until('turnEnded');
    expect(observed.all('turnStarted')[0]?.mcpServers).toEqual([]);
    expect(await observed.session.mcpServers()).toEqual([]);
  });

  it('is not held up by a server that hangs, and shows it as pending', async () => {
    const observed = real.session({ launch: { mcpServers: { lab: await writeServer(true) } } });
    await observed.session.start();
    observed.session.send(scripted('- text: Here.'), newUuid());
    await observed.until('turnEnded');
    expect(observed.all('turnStarted')[0]?.mcpServers).toMatchObject([{ name: 'lab', status: 'pending' }]);
    expect(await observed.session.stop()).toBe(0);
    const left = await systemProcesses().findByMarker({ name: 'CLAUDE_PANEL_TASK_ID', value: observed.taskId });
    expect(left).toEqual([]);
  });

  it.runIf(process.platform === 'linux')(
    'ends a server with its task, and what that started apart from itself',
    async () => {
      const observed = real.session({ launch: { mcpServers: { lab: await writeServer(false, LEAVES_CHILDREN) } } });
      await observed.session.start();
      observed.session.send(scripted('- tool: { name: mcp__lab__secret, input: {} }\n- text: not reached'), newUuid());
      await observed.untilAsked();
      const pids = (await readFile(join(real.cwd, 'pids'), 'utf8')).trim().split(' ').map(Number);
      const started = await Promise.all(pids.map(pid => processes.identify(pid)));
      expect(started).toEqual([expect.anything(), expect.anything(), expect.anything()]);
      expect(await observed.session.stop()).toBe(0);
      const alive = await Promise.all(started.map(one => one !== undefined && isAlive(processes, one)));
      expect(alive).toEqual([false, false, false]);
      expect(await observed.processesLeft()).toBe(0);
    },
  );

  it('tells what a server wrote before it died', async () => {
    const path = join(real.cwd, 'dies.mjs');
    await writeFile(path, 'console.error("port 80 is taken: " + process.env.LAB_SECRET);\nprocess.exit(3);\n');
    const dies = { type: 'stdio', command: process.execPath, args: [path], env: { LAB_SECRET: 'hush-hush' } };
    const observed = real.session({ launch: { mcpServers: { dies } } });
    await observed.session.start();
    observed.session.send(scripted('- text: Here.'), newUuid());
    await observed.until('turnEnded');
    await expect
      .poll(async () => (await observed.session.mcpServers())[0], { timeout: 20_000 })
      .toMatchObject({ name: 'dies', status: 'failed', lastWords: 'port 80 is taken: •••••' });
  });

  it('starts a server that failed again', async () => {
    const path = join(real.cwd, 'late.mjs');
    const late = { type: 'stdio', command: process.execPath, args: [path] };
    const observed = real.session({ launch: { mcpServers: { late } } });
    await observed.session.start();
    observed.session.send(scripted('- text: Here.'), newUuid());
    await observed.until('turnEnded');
    const status = async () => (await observed.session.mcpServers())[0]?.status;
    await expect.poll(status, { timeout: 20_000 }).toBe('failed');
    await writeServer();
    await copyFile(join(real.cwd, 'server.mjs'), path);
    await observed.session.reconnectMcpServer('late');
    await expect.poll(status, { timeout: 20_000 }).toBe('connected');
  });

  it('tells which server failed, and why', async () => {
    const observed = real.session({
      launch: { mcpServers: { gone: { type: 'stdio', command: '/nowhere/server', args: [] } } },
    });
    await observed.session.start();
    observed.session.send(scripted('- text: Here.'), newUuid());
    await observed.until('turnEnded');
    const [server] = await observed.session.mcpServers();
    expect(server).toMatchObject({ name: 'gone', status: 'failed' });
    expect(server?.error).toBeTruthy();
  });
});
