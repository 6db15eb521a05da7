import { describe, expect, it } from 'vitest';
import { answerSeconds, settingsFromEnvironment } from '../../../src/cli/settingsFromEnvironment.ts';
import { UsageError } from '../../../src/cli/usageError.ts';
import { SETTINGS } from '../../../src/vscode/contributions/settings.ts';

describe('settingsFromEnvironment', () => {
  it('reveals nothing and names no program unless the environment says so', () => {
    const settings = settingsFromEnvironment({});
    expect(settings).toMatchObject({
      revealAcceptEdits: false,
      revealAuto: false,
      revealGodMode: false,
      approvalDeadlineMinutes: 0,
      rehearsal: false,
    });
    expect(settings).not.toHaveProperty('claudePath');
  });

  it('begins with what VS Code begins with, but for how many tasks it runs, how long, and what it does after them', () => {
    const own = ['maxParallelTasks', 'taskMinutes', 'afterReload', 'reportKeepDays'];
    const defaults = Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default] as const);
    const common = Object.entries(settingsFromEnvironment({})).filter(([name]) => !own.includes(name));
    expect(common.length).toBeGreaterThan(9);
    expect(defaults).toEqual(expect.arrayContaining(common));
  });

  it('reads what the environment says', () => {
    const settings = settingsFromEnvironment({
      CLAUDE_PANEL_CLAUDE: '/opt/claude',
      CLAUDE_PANEL_REVEAL: 'acceptEdits, auto, godMode',
      CLAUDE_PANEL_APPROVAL_MINUTES: '5',
      CLAUDE_PANEL_REHEARSAL: '1',
    });
    expect(settings).toMatchObject({
      claudePath: '/opt/claude',
      revealAcceptEdits: true,
      revealAuto: true,
      revealGodMode: true,
      approvalDeadlineMinutes: 5,
      rehearsal: true,
    });
    expect(answerSeconds({ CLAUDE_PANEL_ANSWER_SECONDS: '0' })).toBe(0);
  });

  it.each(['many', '-1', '1.5'])('refuses %s as a number of minutes', text => {
    expect(() => settingsFromEnvironment({ CLAUDE_PANEL_APPROVAL_MINUTES: text })).toThrow(UsageError);
  });

  it.each(['acceptedits', 'acceptEdits auto', 'bypassPermissions'])('refuses %s as a mode to reveal', text => {
    expect(() => settingsFromEnvironment({ CLAUDE_PANEL_REVEAL: text })).toThrow(UsageError);
  });
});
