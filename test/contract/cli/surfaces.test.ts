import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot, toolchain } from '../../harness/toolchain.ts';
import { waitFor } from '../../harness/waitFor.ts';
import { useCommandStage } from './commandStage.ts';

describe('claude-panel', { timeout: 60_000 }, () => {
  const stage = useCommandStage();

  it('says what it needs on an old Node, and loads nothing else', async () => {
    const old = stage().write(
      'oldNode.cjs',
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.5' } });
       const { Module } = require('node:module');
       const load = Module._load;
       Module._load = (name, ...rest) => {
         if (name !== 'node:url' && !name.endsWith('cli.js')) { console.error('LOADED ' + name); }
         return load(name, ...rest);
       };`,
    );
    const { code, stdout, stderr } = await stage().startPrepared(old, ['list']).result;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/needs Node 22\.12 or newer; this is Node 20\.19\.5/);
    expect(stderr).not.toContain('LOADED');
  });

  it('ends with 1 and says so when its results do not fit where they go', context => {
    const full = '/dev/full';
    if (!existsSync(full)) return context.skip(`There is no ${full} here.`);
    const line = `"$0" "$1" --help > ${full}`;
    const ended = spawnSync('sh', ['-c', line, toolchain().node, path.join(projectRoot, 'dist', 'cli.js')]);
    expect(ended.status).toBe(1);
    expect(ended.stderr.toString()).toMatch(/^Not all of the output could be written\.\nENOSPC: .*\nFree/);
  });

  it('stores nothing where it only looks', async () => {
    expect((await stage().run(['list'])).code).toBe(0);
    expect((await stage().run(['approvals', '--json'])).stdout).toBe('[]\n');
    expect(stage().has('.claude-panel')).toBe(false);
  });

  it('works on the workspace above the folder that it is told', async () => {
    await stage().run(['run', 'say hello']);
    stage().write('deep/down/file.txt', '');
    expect(await stage().json(['list', '--cwd', 'deep/down'])).toHaveLength(1);
    await stage().run(['run', 'say hello', '--cwd', 'deep/down']);
    const tasks = await stage().json(['list']);
    expect(tasks.map(task => String(task['cwd']).endsWith('down'))).toEqual([true, false]);
  });

  it('asks for content of the workspace once, and runs it after the approval', async () => {
    const server = { command: 'node', args: ['-e', 'process.exit(1)'] };
    stage().write('.mcp.json', JSON.stringify({ mcpServers: { tiny: server } }));
    const refused = await stage().run(['run', 'say hello', '--approve', 'allow']);
    expect(refused.code).toBe(3);
    const id = /claude-panel approve (\S+)/.exec(refused.stderr)?.[1] ?? '';
    expect((await stage().run(['approvals', id])).stdout).toContain('process.exit(1)');
    expect((await stage().run(['approve', id])).code).toBe(0);
    expect((await stage().run(['run', 'say hello', '--approve', 'allow'])).code).toBe(0);
    stage().write('.mcp.json', JSON.stringify({ mcpServers: { tiny: { ...server, args: ['-e', ''] } } }));
    expect((await stage().run(['run', 'say hello', '--approve', 'allow'])).code).toBe(3);
  });

  it('shows a task with its transcript', async () => {
    await stage().run(['run', 'write a file', '--approve', 'allow']);
    const [task] = await stage().json(['list']);
    const { code, stdout } = await stage().run(['show', String(task?.['id']).slice(0, 4), '--transcript']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/File +made\.txt {2}\+1 -0/);
    expect(stdout).toContain('> write a file');
  });

  it('lists the built-in profiles', async () => {
    const names = (await stage().json(['profiles'])).map(profile => profile['name']);
    expect(names).toEqual(expect.arrayContaining(['speed', 'comprehensive', 'safe']));
  });

  it('is healthy with a Claude Code, and says what is wrong without', async () => {
    const well = await stage().run(['health', '--json']);
    expect([well.code, JSON.parse(well.stdout)]).toEqual([0, expect.not.arrayContaining([{ level: 'error' }])]);
    const ill = await stage().run(['health'], { CLAUDE_PANEL_CLAUDE: '/nowhere/claude' });
    expect([ill.code, ill.stdout]).toEqual([1, expect.stringContaining('✗')]);
  });

  it('serves the rehearsal model until Ctrl+C', async () => {
    stage().write('scenario.yaml', 'rules:\n  - reply: [ Played. ]\n');
    const command = stage().start(['rehearse', '--scenario', 'scenario.yaml', '--port', '0']);
    await command.shows('ANTHROPIC_API_KEY');
    const address = command.stdout.split('\n')[0] ?? '';
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const played = await stage().run(['run', 'anything'], { ANTHROPIC_BASE_URL: address });
    expect(played.stdout).toContain('Played.');
    command.kill('SIGINT');
    expect((await command.result).code).toBe(0);
    const bad = await stage().run(['rehearse', '--scenario', 'sleeper.sh']);
    expect([bad.code, bad.stdout]).toEqual([2, '']);
  });

  it.runIf(process.platform === 'linux')('asks at a terminal, and shows what it asks about', async () => {
    const command = stage().startOnTerminal(['run', 'write a file']);
    await command.shows('Your answer [');
    expect(command.stdout).toContain('+ made');
    command.input.write('y\r');
    expect((await command.result).code).toBe(0);
    expect(stage().has('made.txt')).toBe(true);
  });

  it.runIf(process.platform === 'linux')('tells the terminal who answered elsewhere', async () => {
    const command = stage().startOnTerminal(['run', 'write a file']);
    await command.shows('Your answer [');
    await stage().run(['approve', await stage().question()]);
    await command.shows('Answered by ');
    expect((await command.result).code).toBe(0);
    await waitFor('the file', () => stage().has('made.txt'));
  });

  it.runIf(process.platform === 'linux')('stops on Ctrl+C while it asks at a terminal', async () => {
    const command = stage().startOnTerminal(['run', 'write a file']);
    await command.shows('Your answer [');
    command.input.write('\u0003');
    expect((await command.result).code).toBe(130);
    await stage().noneLeft();
  });
});
