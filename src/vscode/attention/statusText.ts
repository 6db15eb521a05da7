import type { HealthItem } from '../../protocol/panelView.ts';
import { worstLevel } from '../presenters/healthItem.ts';

export interface StatusFacts {
  readonly running: number;
  readonly queued: number;
  readonly needsYou: number;
  readonly rehearsal: boolean;
  readonly health: readonly HealthItem[];
  readonly todayUsd: number;
}

interface StatusText {
  readonly text: string;
  /** Markdown; what comes from elsewhere is escaped. */
  readonly tooltip: string;
  readonly accessibleText: string;
  readonly isWarning: boolean;
}

/** The item in the status bar. Only a waiting question makes it stand out. */
export function statusText(facts: StatusFacts): StatusText {
  const { running, queued, needsYou, rehearsal, health } = facts;
  const words = [
    ...(running > 0 ? [`${running} running`] : []),
    ...(queued > 0 && running === 0 ? [`${queued} queued`] : []),
    ...(needsYou > 0 ? [`${needsYou} ${needsYou === 1 ? 'needs' : 'need'} you`] : []),
    ...(rehearsal ? ['rehearsal'] : []),
  ];
  const shown = words.length === 0 ? 'Claude' : words.join(' · ');
  const sick = worstLevel(health);
  return {
    text: `$(pulse) ${shown}${sick === 'error' ? ' $(error)' : ''}`,
    accessibleText: `Claude: ${words.length === 0 ? 'nothing runs' : words.join(', ')}${sick === 'error' ? ', something is wrong' : ''}`,
    tooltip: tooltip(facts),
    isWarning: needsYou > 0,
  };
}

const MARKS: Readonly<Record<HealthItem['level'], string>> = {
  ok: '$(check)',
  warning: '$(warning)',
  error: '$(error)',
};

function tooltip({ running, queued, needsYou, rehearsal, health, todayUsd }: StatusFacts): string {
  const lines = [
    '**Claude**',
    `${running} running, ${queued} queued, ${needsYou} waiting for you`,
    `$${todayUsd.toFixed(2)} today`,
    ...(rehearsal ? ['Rehearsal: new tasks run against prepared answers; nothing is charged.'] : []),
  ];
  const checks = [...health].sort((one, other) => RANK[one.level] - RANK[other.level]).map(healthLine);
  return [lines.join('\n\n'), ...(checks.length > 0 ? ['---', checks.join('\n\n')] : [])].join('\n\n');
}

const RANK: Readonly<Record<HealthItem['level'], number>> = { error: 0, warning: 1, ok: 2 };

function healthLine({ level, text, remedy, command }: HealthItem): string {
  const link = command === undefined ? '' : ` [${escapeMarkdown(command.title)}](command:${command.id})`;
  const advice = level === 'ok' || remedy === undefined ? '' : ` ${escapeMarkdown(remedy)}`;
  return `${MARKS[level]} ${escapeMarkdown(text)}${advice}${link}`;
}

/** Text of others may hold links, pictures and codicons; none of it is to take effect. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/\s+/g, ' ');
}
