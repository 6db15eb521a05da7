import * as z from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { HealthCheck } from '../health.ts';
import { type PanelAction, panelAction } from './panelAction.ts';
import { saveDocument } from './panelDocument.ts';

interface Parts {
  readonly clock: Clock;
  readonly refresh: () => Promise<void>;
  readonly checks: () => readonly HealthCheck[];
}

const AREAS: Readonly<Record<HealthCheck['id'], string>> = {
  claude: 'Claude Code',
  account: 'Account',
  mcp: 'MCP servers',
  store: 'Workspace file',
  disk: 'Disk',
  hosts: 'Owners of tasks',
  queue: 'Queue',
  leftOver: 'Left-over processes',
  profiles: 'Profiles',
  git: 'Git',
  snapshots: 'Snapshots',
  archive: 'Backups',
};
const WORDS: Readonly<Record<HealthCheck['level'], string>> = { ok: 'good', warning: 'WARNING', error: 'WRONG' };

/** Checks everything anew and keeps it as a document: the same checks as in the tooltip of the status bar. */
export function healthStatusAction({ clock, refresh, checks }: Parts): PanelAction {
  return panelAction({
    name: 'health-status',
    summary: 'Checks everything that the panel needs, and writes what it found.',
    input: z.strictObject({}),
    run: async (_input, { folder, report }) => {
      report('Checking everything');
      await refresh();
      const found = checks();
      const now = clock.now();
      const text = healthText(found, new Date(now));
      const document = await saveDocument(folder, { name: 'health', title: 'Health', text, now });
      return {
        ...document,
        summary: summaryOf(found),
        checks: found.map(({ id, level, text: what, remedy }) => ({
          id,
          level,
          text: what,
          ...(remedy === undefined ? {} : { remedy }),
        })),
      };
    },
  });
}

/** Such as `1 wrong, 2 warnings, 8 good`. */
function summaryOf(checks: readonly HealthCheck[]): string {
  const count = (level: HealthCheck['level']): number => checks.filter(check => check.level === level).length;
  const [wrong, warnings, good] = [count('error'), count('warning'), count('ok')];
  return [
    ...(wrong === 0 ? [] : [`${wrong} wrong`]),
    ...(warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`]),
    `${good} good`,
  ].join(', ');
}

/** Markdown: what is wrong first. */
function healthText(checks: readonly HealthCheck[], at: Date): string {
  const rank = ({ level }: HealthCheck): number => ['error', 'warning', 'ok'].indexOf(level);
  const sorted = checks.toSorted((one, other) => rank(one) - rank(other));
  return [
    '# Health',
    '',
    `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC: ${summaryOf(checks)}`,
    '',
    ...sorted.flatMap(({ id, level, text, remedy }) => [
      `- **${AREAS[id]}** (${WORDS[level]}): ${asText(text)}`,
      ...(remedy === undefined ? [] : [`  - What to do: ${asText(remedy)}`]),
    ]),
    '',
  ].join('\n');
}

/** One line in which nothing is Markdown. */
function asText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~!&]/g, character => `\\${character}`);
}
