import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { ActionContext } from '../../../../src/app/actions/panelAction.ts';

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};

/** A scratch folder that an action works in; gone when the test ends. */
export class ActionStage {
  readonly root = realpathSync(mkdtempSync(path.join(tmpdir(), 'action-')));
  readonly folder = path.join(this.root, 'workspace');
  readonly reports: string[] = [];
  readonly #programs = path.join(this.root, 'programs');
  readonly abort = new AbortController();

  constructor() {
    mkdirSync(this.folder);
    mkdirSync(this.#programs);
    onTestFinished(() => rmSync(this.root, { recursive: true, force: true, maxRetries: 5 }));
  }

  context(environment: Readonly<Record<string, string>> = {}): ActionContext {
    return {
      folder: this.folder,
      environment: {
        ...process.env,
        PATH: `${this.#programs}${path.delimiter}${process.env['PATH']}`,
        ...IDENTITY,
        CLAUDE_PANEL_HOME: path.join(this.root, 'home'),
        ...environment,
      },
      by: { surface: 'commandLine', name: 'ada', hostId: 'h1' },
      signal: this.abort.signal,
      report: text => this.reports.push(text),
    };
  }

  write(file: string, text: string | Uint8Array): void {
    const place = path.join(this.folder, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  has(file: string): boolean {
    return existsSync(path.join(this.folder, file));
  }

  /** A small program that stands in for one that this machine may not have. */
  program(name: string, script: string): string {
    const file = path.join(this.#programs, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: this.folder, env: { ...process.env, ...IDENTITY }, encoding: 'utf8' });
  }

  commit(message: string, date?: string): void {
    this.git('add', '-A');
    const when = date === undefined ? {} : { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    execFileSync('git', ['commit', '--quiet', '-m', message], {
      cwd: this.folder,
      env: { ...process.env, ...IDENTITY, ...when },
    });
  }
}
