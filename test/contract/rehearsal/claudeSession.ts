import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Emitter, nextEvent } from '../../../src/base/event.ts';

/** One line of Claude Code's output, looked into by the tests. */
// biome-ignore lint/suspicious/noExplicitAny: the tests assert on the shape themselves.
export type Line = any;

export interface SessionOptions {
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly workspace: Workspace;
  readonly flags?: readonly string[];
  /** Answers a tool that asks; allowing is the default. */
  readonly answer?: (request: Line) => Line;
}

/** A folder to work in and a configuration of its own; several sessions can use it one after the other. */
export class Workspace {
  readonly cwd: string;
  readonly configuration: string;
  readonly home: string;
  readonly #root: string;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.#root = realpathSync(mkdtempSync(join(tmpdir(), 'rehearsal-')));
    this.cwd = join(this.#root, 'workspace');
    this.configuration = join(this.#root, 'configuration');
    this.home = join(this.#root, 'home');
    mkdirSync(this.cwd);
    mkdirSync(this.home);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.cwd, name)), { recursive: true });
      writeFileSync(join(this.cwd, name), text);
    }
  }

  read(name: string): string {
    return readFileSync(join(this.cwd, name), 'utf8');
  }

  has(name: string): boolean {
    return existsSync(join(this.cwd, name));
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The real Claude Code in its streaming mode. */
export class ClaudeSession {
  readonly lines: Line[] = [];
  stderr = '';
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #said = new Emitter<Line>();
  readonly #ended = new AbortController();
  readonly #exited: Promise<void>;
  readonly #answer: (request: Line) => Line;

  constructor(options: SessionOptions) {
    this.#answer = options.answer ?? (request => ({ behavior: 'allow', updatedInput: request.input }));
    const fixed = ['-p', '--input-format', 'stream-json', '--output-format', 'stream-json', '--verbose'];
    const streaming = ['--include-partial-messages', '--permission-prompt-tool', 'stdio', '--model', 'sonnet'];
    this.#child = spawn(options.program, [...fixed, ...streaming, ...(options.flags ?? [])], {
      cwd: options.workspace.cwd,
      env: {
        ...process.env,
        // Claude Code starts login shells: the profile of whoever runs the tests must not take part.
        HOME: options.workspace.home,
        CLAUDE_CONFIG_DIR: options.workspace.configuration,
        ...options.environment,
      },
    });
    this.#exited = new Promise(resolve => {
      const end = (why: string): void => {
        this.#ended.abort(new Error(`Claude Code ended (${why}). ${this.stderr}`));
        resolve();
      };
      this.#child.once('exit', code => end(`exit code ${code}`));
      this.#child.once('error', error => end(error.message));
    });
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr.on('data', (data: Buffer) => {
      this.stderr += data.toString();
    });
    createInterface({ input: this.#child.stdout }).on('line', text => this.#hear(JSON.parse(text)));
  }

  /** Sends a prompt; resolves with the result of the turn that it starts. */
  async ask(text: string): Promise<Line> {
    const result = this.next(line => line.type === 'result');
    this.say(text);
    return await result;
  }

  /** Sends a text without waiting for anything. */
  say(text: string): void {
    this.#send({
      type: 'user',
      message: { role: 'user', content: [{ type: 'text', text }] },
      parent_tool_use_id: null,
    });
  }

  /** Sends a control request; resolves with its response. */
  async control(request: Line): Promise<Line> {
    const id = `request-${Math.random()}`;
    const response = this.next(line => line.type === 'control_response' && line.response.request_id === id);
    this.#send({ type: 'control_request', request_id: id, request });
    return (await response).response;
  }

  /** Resolves with the next line that passes the test; rejects when the program ends first. */
  next(test: (line: Line) => boolean): Promise<Line> {
    const line = nextEvent(this.#said.event, test, this.#ended.signal);
    line.catch(() => undefined);
    return line;
  }

  /** The text of all deltas of one kind, joined. */
  deltas(kind: 'text' | 'thinking'): string {
    return this.lines
      .filter(line => line.type === 'stream_event' && line.event.delta?.type === `${kind}_delta`)
      .map(line => line.event.delta[kind])
      .join('');
  }

  /** The content blocks of one type in the finished messages of the model, sub-agents included. */
  blocks(type: string): Line[] {
    return this.lines
      .filter(line => line.type === 'assistant')
      .flatMap(line => line.message.content)
      .filter(block => block.type === type);
  }

  toolResults(): Line[] {
    return this.lines
      .filter(line => line.type === 'user' && Array.isArray(line.message.content))
      .flatMap(line => line.message.content)
      .filter(block => block.type === 'tool_result');
  }

  async close(): Promise<void> {
    this.#child.stdin.end();
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  #hear(line: Line): void {
    this.lines.push(line);
    if (line.type === 'control_request' && line.request.subtype === 'can_use_tool') {
      const response = { subtype: 'success', request_id: line.request_id, response: this.#answer(line.request) };
      this.#send({ type: 'control_response', response });
    }
    this.#said.fire(line);
  }

  #send(message: Line): void {
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }
}
