import { chmod, mkdir, mkdtemp, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { arch, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClaudeProgram, ClaudeVersionReader, findClaude } from '../../../../src/core/claude/claudeCli.ts';
import { ClaudeError } from '../../../../src/core/claude/claudeErrors.ts';
import { targetOfShim } from '../../../../src/core/claude/discovery/commandShim.ts';
import { knownPlaces } from '../../../../src/core/claude/discovery/knownPlaces.ts';
import { isStub, nativePackages } from '../../../../src/core/claude/discovery/nativePackage.ts';
import { foldersOnPath, programNames } from '../../../../src/core/process/programsOnPath.ts';

let root: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'cli-')));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path: string, text: string, mode = 0o755): Promise<string> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}

const answers = (version: string): string => `#!/bin/sh\necho "${version} (Claude Code)"\n`;

async function reasonOf(promise: Promise<unknown>): Promise<string | undefined> {
  const error = await promise.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ClaudeError);
  expect((error as ClaudeError).remedy).toBeTruthy();
  return (error as ClaudeError).reason;
}

describe.skipIf(process.platform === 'win32')('findClaude', () => {
  const search = (chosen?: string, path = join(root, 'bin')) =>
    findClaude({
      environment: { PATH: path },
      home: join(root, 'home'),
      cwd: join(root, 'work'),
      ...(chosen === undefined ? {} : { chosen }),
    });

  it('takes the path that the user has set before all others', async () => {
    await put('bin/claude', answers('2.0.0'));
    const own = await put('own/my-claude', answers('2.1.0'));
    expect(await search(own)).toMatchObject({ file: own, args: [], foundBy: 'setting', path: own });
  });

  it('takes a path from the home folder, a relative one and a bare name', async () => {
    const inHome = await put('home/tools/claude', answers('2.1.0'));
    expect((await search('~/tools/claude')).file).toBe(inHome);
    const relative = await put('work/tools/claude', answers('2.1.0'));
    expect((await search('./tools/claude')).file).toBe(relative);
    const named = await put('bin/claude-next', answers('2.1.0'));
    expect((await search('claude-next')).file).toBe(named);
  });

  it('does not look elsewhere when the path that was set leads nowhere', async () => {
    await put('bin/claude', answers('2.1.0'));
    expect(await reasonOf(search(join(root, 'nowhere')))).toBe('notFound');
    await mkdir(join(root, 'folder'));
    expect(await reasonOf(search(join(root, 'folder')))).toBe('notFound');
  });

  it('takes the first one on PATH, and never one from a relative folder', async () => {
    const first = await put('bin/claude', answers('2.1.0'));
    await put('later/claude', answers('2.1.0'));
    expect(await search(undefined, `.:relative::${root}/bin:${root}/later`)).toMatchObject({
      file: first,
      foundBy: 'path',
    });
  });

  it('looks where installers put it when PATH is short, the newest Node first', async () => {
    const older = await put('home/.nvm/versions/node/v9.0.0/bin/claude', answers('2.1.0'));
    const newer = await put('home/.nvm/versions/node/v22.1.0/bin/claude', answers('2.1.0'));
    expect(await search(undefined, '')).toMatchObject({ file: newer, foundBy: 'knownPlace' });
    const local = await put('home/.local/bin/claude', answers('2.1.0'));
    expect((await search(undefined, '')).file).toBe(local);
    expect(older).not.toBe(newer);
  });

  it('says where it has looked when there is none', async () => {
    // A machine may have one in a place that does not depend on the home folder.
    const error = await search(undefined, '').catch((reason: unknown) => reason);
    if (error instanceof ClaudeError) {
      expect(error.reason).toBe('notFound');
      expect(error.detail).toContain(join(root, 'home', '.local', 'bin'));
    }
  });

  it('says that a file cannot be run', async () => {
    const file = await put('own/claude', 'text', 0o644);
    expect(await reasonOf(search(file))).toBe('notExecutable');
  });

  it('starts a script that cannot be run by itself with the Node beside it', async () => {
    const script = await put('own/cli.js', '', 0o644);
    const node = await put('own/node', '');
    expect(await search(script)).toMatchObject({ file: node, args: [script] });
  });

  it('gives the program the folders in which its Node may lie', async () => {
    const real = await put('lib/node/bin/claude', answers('2.1.0'));
    await mkdir(join(root, 'bin'));
    await symlink(real, join(root, 'bin', 'claude'));
    expect((await search()).folders).toEqual([join(root, 'bin'), join(root, 'lib', 'node', 'bin')]);
  });

  it('takes the program itself when npm has left only a stub in its place', async () => {
    const stub = await put('lib/node_modules/@anthropic-ai/claude-code/bin/claude.exe', 'echo "Error" >&2');
    await mkdir(join(root, 'bin'));
    await symlink(stub, join(root, 'bin', 'claude'));
    expect(await reasonOf(search())).toBe('incompleteInstall');
    const native = await put(
      `lib/node_modules/@anthropic-ai/claude-code-${process.platform}-${arch()}/claude`,
      answers('2.1.0'),
    );
    expect(await search()).toMatchObject({ file: native, path: join(root, 'bin', 'claude') });
  });
});

describe.skipIf(process.platform === 'win32')('ClaudeVersionReader', () => {
  const program = (file: string): ClaudeProgram => ({ file, args: [], path: file, foundBy: 'setting', folders: [] });
  const environment = { PATH: process.env['PATH'] ?? '' };

  it('asks once, and again when the file has changed', async () => {
    const file = await put('claude', `#!/bin/sh\necho x >> ${root}/asked\necho 2.1.5\n`);
    const reader = new ClaudeVersionReader();
    await Promise.all([reader.read(program(file), environment), reader.read(program(file), environment)]);
    expect(await reader.read(program(file), environment)).toEqual({ major: 2, minor: 1, patch: 5 });
    await put('claude', answers('2.1.6'));
    await utimes(file, new Date(), new Date(Date.now() + 5000));
    expect(await reader.read(program(file), environment)).toEqual({ major: 2, minor: 1, patch: 6 });
  });

  it('refuses one that is too old', async () => {
    const file = await put('claude', answers('1.0.128'));
    expect(await reasonOf(new ClaudeVersionReader().read(program(file), environment))).toBe('tooOld');
  });

  it('says what a program answered that is not Claude Code, or fails', async () => {
    const talker = await put('talker', '#!/bin/sh\necho hello\n');
    const error = await new ClaudeVersionReader().read(program(talker), environment).catch((why: ClaudeError) => why);
    expect(error).toMatchObject({ reason: 'unknownVersion', detail: 'It answered: hello' });
    const failing = await put('failing', '#!/bin/sh\necho "env: node: No such file" >&2\nexit 127\n');
    const failure = await new ClaudeVersionReader()
      .read(program(failing), environment)
      .catch((why: ClaudeError) => why);
    expect(failure).toMatchObject({ reason: 'unknownVersion', detail: 'env: node: No such file' });
  });

  it('asks again after a failure', async () => {
    const file = await put('claude', `#!/bin/sh\nif [ -e ${root}/ok ]; then echo 2.1.5; else exit 1; fi\n`);
    const reader = new ClaudeVersionReader();
    expect(await reasonOf(reader.read(program(file), environment))).toBe('unknownVersion');
    await put('ok', '');
    expect(await reader.read(program(file), environment)).toMatchObject({ patch: 5 });
  });

  it('does not let the environment of the editor through', async () => {
    const file = await put('claude', '#!/bin/sh\nprintenv ELECTRON_RUN_AS_NODE || echo 2.1.7\n');
    const outer = { ...environment, ELECTRON_RUN_AS_NODE: '1' };
    expect(await new ClaudeVersionReader().read(program(file), outer)).toMatchObject({ patch: 7 });
  });
});

describe('targetOfShim', () => {
  it('finds the program in a shim of npm', () => {
    const shim =
      '@ECHO off\r\nGOTO start\r\n:find_dp0\r\nSET dp0=%~dp0\r\nEXIT /b\r\n:start\r\nSETLOCAL\r\nCALL :find_dp0\r\n' +
      '"%dp0%\\node_modules\\@anthropic-ai\\claude-code\\bin\\claude.exe"   %*\r\n';
    expect(targetOfShim(shim, 'C:\\npm')).toBe('C:\\npm\\node_modules\\@anthropic-ai\\claude-code\\bin\\claude.exe');
  });

  it('finds the script, not the Node that runs it', () => {
    const shim =
      'IF EXIST "%dp0%\\node.exe" (\r\n  SET "_prog=%dp0%\\node.exe"\r\n) ELSE (\r\n  SET "_prog=node"\r\n)\r\n' +
      'endLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & "%_prog%"  "%dp0%\\node_modules\\@anthropic-ai\\claude-code\\cli.js" %*\r\n';
    expect(targetOfShim(shim, 'C:\\npm')).toBe('C:\\npm\\node_modules\\@anthropic-ai\\claude-code\\cli.js');
  });

  it('is undefined for a file that does something else', () => {
    expect(targetOfShim('@echo off\r\nvolta run %~n0 %*\r\n', 'C:\\volta')).toBeUndefined();
  });
});

describe('the places where the program may be', () => {
  it('have the names of the system', () => {
    expect(programNames('win32')).toEqual(['claude.exe', 'claude.cmd', 'claude.bat']);
    expect(programNames('linux')).toEqual(['claude']);
  });

  it('are read from PATH whatever its case, quotes and gaps', () => {
    expect(foldersOnPath({ Path: 'C:\\a;"C:\\b c";;rel' }, 'win32')).toEqual(['C:\\a', 'C:\\b c']);
    expect(foldersOnPath({ PATH: '/a::b:/c' }, 'darwin')).toEqual(['/a', '/c']);
    expect(foldersOnPath({}, 'linux')).toEqual([]);
  });

  it('are those of the installers of each system', () => {
    const windows = knownPlaces('C:\\Users\\a', { APPDATA: 'C:\\Users\\a\\AppData\\Roaming' }, 'win32');
    expect(windows).toContainEqual({ folder: 'C:\\Users\\a\\AppData\\Roaming\\npm' });
    expect(windows).toContainEqual({ folder: 'C:\\Users\\a\\.local\\bin' });
    const mac = knownPlaces('/Users/a', {}, 'darwin');
    expect(mac).toContainEqual({ folder: '/opt/homebrew/bin' });
    expect(mac).toContainEqual({ folder: '/Users/a/.claude/local' });
  });
});

describe('the stub of npm', () => {
  it('is recognised by its place and its size', () => {
    expect(isStub('/x/@anthropic-ai/claude-code/bin/claude.exe', 500)).toBe(true);
    expect(isStub('/x/@anthropic-ai/claude-code/bin/claude.exe', 300_000_000)).toBe(false);
    expect(isStub('/usr/bin/claude', 500)).toBe(false);
  });

  it('has the program in a package beside or inside it', () => {
    const found = nativePackages('/x/@anthropic-ai/claude-code/bin/claude.exe', 'linux', 'x64');
    expect(found).toContain('/x/@anthropic-ai/claude-code-linux-x64/claude');
    expect(found).toContain(
      '/x/@anthropic-ai/claude-code/node_modules/@anthropic-ai/claude-code-linux-x64-musl/claude',
    );
  });
});
