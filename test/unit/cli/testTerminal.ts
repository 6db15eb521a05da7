import { PassThrough } from 'node:stream';
import { Terminal } from '../../../src/cli/terminal/terminal.ts';

export interface TestTerminal {
  readonly terminal: Terminal;
  /** Everything written so far. */
  readonly out: () => string;
  readonly err: () => string;
  readonly type: (text: string) => void;
  readonly endInput: () => void;
  readonly stdout: PassThrough;
}

/** A terminal whose keyboard and screen are streams of the test. */
export function testTerminal(options: { readonly isTerminal?: boolean; readonly columns?: number } = {}): TestTerminal {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  if (options.isTerminal === true) {
    Object.assign(streams.stdin, { isTTY: true, setRawMode: () => undefined });
    Object.assign(streams.stdout, { isTTY: true, columns: options.columns ?? 80 });
    Object.assign(streams.stderr, { isTTY: true, columns: options.columns ?? 80 });
  }
  let out = '';
  let err = '';
  streams.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  streams.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  return {
    terminal: new Terminal(streams, { NO_COLOR: '1' }),
    out: () => out,
    err: () => err,
    type: text => void streams.stdin.write(text),
    endInput: () => void streams.stdin.end(),
    stdout: streams.stdout,
  };
}
