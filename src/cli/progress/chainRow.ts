import { type ChainRun, isChainOver } from '../../core/chains/chainRun.ts';

/** A chain as other programs read it, with the columns that tasks have, too; times in milliseconds since the epoch. */
export interface ChainRow {
  readonly kind: 'chain';
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly command: string;
  readonly cwd: string;
  readonly cost_usd: number;
  readonly created: number;
  readonly ended: number | null;
  readonly owner_host: string | null;
}

export function chainRow(run: ChainRun): ChainRow {
  const { id, command, status, cwd, costUsd, created } = run;
  return {
    kind: 'chain',
    id,
    title: command.title,
    state: status.state,
    command: command.fullName,
    cwd,
    cost_usd: costUsd,
    created,
    ended: isChainOver(status) ? status.endedAt : null,
    owner_host: status.state === 'running' ? status.owner.hostId : null,
  };
}
