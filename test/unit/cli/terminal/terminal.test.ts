import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { wantsColour } from '../../../../src/cli/terminal/palette.ts';
import { Terminal } from '../../../../src/cli/terminal/terminal.ts';
import { testTerminal } from '../testTerminal.ts';

describe('Terminal', () => {
  it('keeps results and words for the person apart', () => {
    const test = testTerminal();
    test.terminal.line('result');
    test.terminal.say('word');
    expect([test.out(), test.err()]).toEqual(['result\n', 'word\n']);
  });

  it('falls silent when nobody reads any more, and tells', async () => {
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('EPIPE'), { code: 'EPIPE' })),
    });
    const terminal = new Terminal({ stdin: new PassThrough(), stdout, stderr: new PassThrough() }, {});
    terminal.line('lost');
    await new Promise(resolve => terminal.outputClosed.addEventListener('abort', resolve, { once: true }));
    terminal.line('lost, too');
    await terminal.flush();
    expect(terminal.outputClosed.aborted).toBe(true);
    expect(terminal.outputFailure).toBeUndefined();
  });

  it('keeps why results could not be written', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done(full) });
    const terminal = new Terminal({ stdin: new PassThrough(), stdout, stderr: new PassThrough() }, {});
    terminal.line('lost');
    await terminal.flush();
    expect(terminal.outputFailure).toBe(full);
  });

  it('moves a line that is being typed out of the way of output', () => {
    const test = testTerminal();
    const calls: string[] = [];
    test.terminal.setOverlay({ hide: () => calls.push(`hide before "${test.out()}"`), show: () => calls.push('show') });
    test.terminal.line('x');
    expect(calls).toEqual(['hide before ""', 'show']);
  });

  it('has a width only where there is a screen', () => {
    expect(testTerminal().terminal.width).toBeUndefined();
    expect(testTerminal({ isTerminal: true, columns: 60 }).terminal.width).toBe(60);
  });
});

describe('wantsColour', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
  ])('on a terminal %s with %j: %s', (isTerminal, environment, expected) => {
    expect(wantsColour(isTerminal, environment)).toBe(expected);
  });
});
