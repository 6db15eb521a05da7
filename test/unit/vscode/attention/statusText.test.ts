import { describe, expect, it } from 'vitest';
import { escapeMarkdown, type StatusFacts, statusText } from '../../../../src/vscode/attention/statusText.ts';

const quiet: StatusFacts = { running: 0, queued: 0, needsYou: 0, rehearsal: false, health: [], todayUsd: 0 };

describe('statusText', () => {
  it.each([
    [quiet, '$(pulse) Claude', false],
    [{ ...quiet, running: 3, queued: 2, needsYou: 1 }, '$(pulse) 3 running · 1 needs you', true],
    [{ ...quiet, running: 1, needsYou: 2 }, '$(pulse) 1 running · 2 need you', true],
    [{ ...quiet, queued: 2 }, '$(pulse) 2 queued', false],
    [{ ...quiet, rehearsal: true }, '$(pulse) rehearsal', false],
  ])('says what goes on', (facts, text, isWarning) => {
    expect(statusText(facts)).toMatchObject({ text, isWarning });
  });

  it('stands out for a question only, not for a fault', () => {
    const facts: StatusFacts = {
      ...quiet,
      health: [{ id: 'claude', level: 'error', text: 'Claude Code was not found.' }],
    };
    expect(statusText(facts)).toMatchObject({ text: '$(pulse) Claude $(error)', isWarning: false });
  });

  it('lists what is wrong first, with the reason and the command that mends it', () => {
    const { tooltip } = statusText({
      ...quiet,
      health: [
        { id: 'store', level: 'ok', text: 'Workspace file sound' },
        {
          id: 'claude',
          level: 'error',
          text: 'Not found.',
          remedy: 'Install it.',
          command: { id: 'claudePanel.selectExecutable', title: 'Select' },
        },
      ],
    });
    expect(tooltip.indexOf('Not found')).toBeLessThan(tooltip.indexOf('sound'));
    expect(tooltip).toContain('(command:claudePanel.selectExecutable)');
    expect(tooltip).toContain('Install it');
  });

  it('gives text of others no effect', () => {
    const text = '[x](command:evil) $(bell) <b> *y* `z` ![i](http://e)';
    const escaped = escapeMarkdown(text);
    expect(escaped).not.toMatch(/(?<!\\)[[\]()*`<>$!]/);
  });
});
