import type { PanelSettings } from '../../app/panelServices.ts';
import { SETTINGS, type SettingContribution, type SettingName } from '../contributions/settings.ts';

/** Where the values of a setting come from, as VS Code tells it. */
interface SettingValues {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

export type InspectSetting = (name: SettingName) => SettingValues | undefined;
export type NotificationSetting = 'needsYou' | 'all' | 'none';

/** The extension host's environment turns the rehearsal on where no user is there to set it. */
export const REHEARSAL_VARIABLE = 'CLAUDE_PANEL_REHEARSAL';

/** Only the user's own values count: what a workspace file says is not looked at. Wrong values become the default. */
export function readPanelSettings(inspect: InspectSetting, environment: NodeJS.ProcessEnv): PanelSettings {
  const claudePath = userText(inspect, 'claudePath').trim();
  return {
    ...(claudePath === '' ? {} : { claudePath }),
    maxParallelTasks: userNumber(inspect, 'maxParallelTasks'),
    approvalDeadlineMinutes: userNumber(inspect, 'approvalDeadlineMinutes'),
    afterReload: userText(inspect, 'afterReload') === 'pause' ? 'pause' : 'continue',
    revealAcceptEdits: userFlag(inspect, 'revealAcceptEdits'),
    revealAuto: userFlag(inspect, 'revealAuto'),
    revealGodMode: userFlag(inspect, 'revealGodMode'),
    taskMinutes: userNumber(inspect, 'taskMinutes'),
    silenceSeconds: userNumber(inspect, 'silenceSeconds'),
    idleMinutes: userNumber(inspect, 'idleMinutes'),
    undoIgnoredMegabytes: userNumber(inspect, 'undoIgnoredMegabytes'),
    undoKeepDays: userNumber(inspect, 'undoKeepDays'),
    undoDiskMegabytes: userNumber(inspect, 'undoDiskMegabytes'),
    reportKeepDays: userNumber(inspect, 'reportKeepDays'),
    rehearsal: readRehearsal(inspect, environment),
  };
}

export function readNotifications(inspect: InspectSetting): NotificationSetting {
  const value = userText(inspect, 'notifications');
  return value === 'all' || value === 'none' ? value : 'needsYou';
}

/** A choice of convenience, not of rights: a trusted workspace may suggest one. */
export function readDefaultProfile(inspect: InspectSetting, isTrusted: boolean): string | undefined {
  const values = inspect('defaultProfile');
  const suggested = isTrusted ? (values?.workspaceFolderValue ?? values?.workspaceValue) : undefined;
  const value = suggested ?? values?.globalValue;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function readRehearsal(inspect: InspectSetting, environment: NodeJS.ProcessEnv): boolean {
  const value = inspect('rehearsal')?.globalValue;
  return typeof value === 'boolean' ? value : environment[REHEARSAL_VARIABLE] === '1';
}

function userText(inspect: InspectSetting, name: NamesOf<'string' | 'choice'>): string {
  const contribution: SettingContribution = SETTINGS[name];
  const value = inspect(name)?.globalValue;
  const isKnown = contribution.type !== 'choice' || (typeof value === 'string' && value in contribution.choices);
  return typeof value === 'string' && isKnown ? value : String(contribution.default);
}

function userFlag(inspect: InspectSetting, name: NamesOf<'boolean'>): boolean {
  const value = inspect(name)?.globalValue;
  return typeof value === 'boolean' ? value : SETTINGS[name].default;
}

function userNumber(inspect: InspectSetting, name: NamesOf<'integer'>): number {
  const { default: preset, minimum, maximum } = SETTINGS[name];
  const value = inspect(name)?.globalValue;
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.min(maximum, Math.max(minimum, Math.round(value)))
    : preset;
}

type NamesOf<Type> = {
  [Name in SettingName]: (typeof SETTINGS)[Name]['type'] extends Type ? Name : never;
}[SettingName];
