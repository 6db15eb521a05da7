import { describe, expect, it } from 'vitest';
import { LiveText } from '../../../../src/cli/progress/liveText.ts';
import type { LiveUpdate } from '../../../../src/core/tasks/liveUpdate.ts';

function setup() {
  let screen = '';
  let work: (() => void) | undefined;
  const live = new LiveText(
    text => {
      screen += text;
    },
    later => {
      work = later;
    },
  );
  const part = (text: string, messageId = 'm1', blockIndex = 0): LiveUpdate => ({
    kind: 'part',
    taskId: 't',
    messageId,
    blockIndex,
    part: 'text',
    text,
  });
  return { live, part, screen: () => screen, turn: () => work?.() };
}

describe('LiveText', () => {
  it('shows text while it is written, and only the rest when it is stored', () => {
    const { live, part, screen, turn } = setup();
    live.update(part('Hello'));
    turn();
    expect(screen()).toBe('Hello');
    live.update(part(' wor'));
    expect(live.finish('m1', 'Hello world')).toBe(false);
    expect(screen()).toBe('Hello world\n');
  });

  it('leaves a message that was never shown to be shown whole', () => {
    const { live, screen } = setup();
    expect(live.finish('m1', 'Hello')).toBe(true);
    expect(screen()).toBe('');
  });

  it('shows a message whole when what was shown is not how it begins', () => {
    const { live, part, screen } = setup();
    live.update(part('Hallo'));
    expect(live.finish('m1', 'Hello')).toBe(true);
    expect(screen()).toBe('Hallo\n');
  });

  it('ends the line before other lines', () => {
    const { live, part, screen, turn } = setup();
    live.update(part('Half'));
    turn();
    live.endLine();
    expect(screen()).toBe('Half\n');
  });

  it('lets stored lines come before text that was told after them', () => {
    const { live, part, screen, turn } = setup();
    live.update(part('Answer'));
    live.endLine();
    expect(screen()).toBe('');
    turn();
    expect(screen()).toBe('Answer');
  });

  it('says that a message was cut off', () => {
    const { live, part, screen, turn } = setup();
    live.update(part('Half'));
    live.update({ kind: 'discarded', taskId: 't', messageId: 'm1' });
    turn();
    expect(screen()).toMatch(/^Half\n\(.*cut/);
  });

  it('makes hidden characters visible', () => {
    const { live, part, screen, turn } = setup();
    live.update(part('\u001b[31mred'));
    turn();
    expect(screen()).toBe('⟨U+001B⟩[31mred');
  });
});
