import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../../../src/vscode/contributions/settings.ts';
import {
  type InspectSetting,
  readDefaultProfile,
  readNotifications,
  readPanelSettings,
} from '../../../../src/vscode/workspace/readSettings.ts';

const user =
  (values: Record<string, unknown>): InspectSetting =>
  name => ({ globalValue: values[name] });
const workspace =
  (values: Record<string, unknown>): InspectSetting =>
  name => ({ workspaceValue: values[name], workspaceFolderValue: values[name] });

describe('readPanelSettings', () => {
  it('gives the defaults of the manifest when nothing is set', () => {
    const settings = readPanelSettings(user({}), {});
    expect(settings).toEqual({
      maxParallelTasks: SETTINGS.maxParallelTasks.default,
      approvalDeadlineMinutes: 0,
      afterReload: 'continue',
      revealAcceptEdits: false,
      revealAuto: false,
      revealGodMode: false,
      taskMinutes: SETTINGS.taskMinutes.default,
      silenceSeconds: SETTINGS.silenceSeconds.default,
      idleMinutes: SETTINGS.idleMinutes.default,
      undoIgnoredMegabytes: SETTINGS.undoIgnoredMegabytes.default,
      undoKeepDays: SETTINGS.undoKeepDays.default,
      undoDiskMegabytes: SETTINGS.undoDiskMegabytes.default,
      reportKeepDays: SETTINGS.reportKeepDays.default,
      rehearsal: false,
    });
  });

  it('does not look at what a workspace file says', () => {
    const hostile = workspace({
      claudePath: '/tmp/evil',
      revealAcceptEdits: true,
      revealAuto: true,
      maxParallelTasks: 100,
      rehearsal: true,
      taskMinutes: 0,
    });
    expect(readPanelSettings(hostile, {})).toEqual(readPanelSettings(user({}), {}));
  });

  it('takes the values of the user', () => {
    const settings = readPanelSettings(
      user({ claudePath: ' /opt/claude ', revealAuto: true, maxParallelTasks: 8 }),
      {},
    );
    expect(settings).toMatchObject({ claudePath: '/opt/claude', revealAuto: true, maxParallelTasks: 8 });
  });

  it('keeps numbers within their limits and ignores values of a wrong kind', () => {
    const settings = readPanelSettings(
      user({
        maxParallelTasks: 5000,
        silenceSeconds: -1,
        taskMinutes: 'many',
        revealAuto: 'yes',
        afterReload: 'explode',
      }),
      {},
    );
    expect(settings).toMatchObject({
      maxParallelTasks: SETTINGS.maxParallelTasks.maximum,
      silenceSeconds: SETTINGS.silenceSeconds.minimum,
      taskMinutes: SETTINGS.taskMinutes.default,
      revealAuto: false,
      afterReload: 'continue',
    });
  });

  it('turns the rehearsal on by the environment, unless the user said otherwise', () => {
    const environment = { CLAUDE_PANEL_REHEARSAL: '1' };
    expect(readPanelSettings(user({}), environment).rehearsal).toBe(true);
    expect(readPanelSettings(user({ rehearsal: false }), environment).rehearsal).toBe(false);
    expect(readPanelSettings(user({ rehearsal: true }), {}).rehearsal).toBe(true);
  });
});

describe('readNotifications', () => {
  it('falls back on what needs the person for an unknown word', () => {
    expect(readNotifications(user({ notifications: 'loud' }))).toBe('needsYou');
    expect(readNotifications(user({ notifications: 'none' }))).toBe('none');
  });
});

describe('readDefaultProfile', () => {
  it('takes a suggestion of the workspace only when the workspace is trusted', () => {
    expect(readDefaultProfile(workspace({ defaultProfile: 'team' }), true)).toBe('team');
    expect(readDefaultProfile(workspace({ defaultProfile: 'team' }), false)).toBeUndefined();
  });
});
