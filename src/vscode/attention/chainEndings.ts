import * as z from 'zod';
import { documentIn, type PanelDocument } from '../../app/actions/panelDocument.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';
import { stepsOf } from '../../core/chains/graph.ts';
import type { Commit } from '../../core/tasks/panelLog.ts';

const ENDINGS: ReadonlySet<string> = new Set(['claude-panel.chain.succeeded', 'claude-panel.chain.failed']);

/** The document that a chain made; the newest one when there are several. */
export function documentOf(run: ChainRun): PanelDocument | undefined {
  const made = Object.values(run.steps).flatMap(status => {
    const document = status.state === 'succeeded' ? documentIn(status.output) : undefined;
    return document !== undefined && status.state === 'succeeded' ? [{ at: status.endedAt, document }] : [];
  });
  return made.toSorted((one, other) => one.at - other.at).at(-1)?.document;
}

const resultSchema = z.object({ summary: z.string().min(1) });

/** What came of a command that is one action, in its own words, such as where a backup is. */
export function resultOf({ command, steps }: ChainRun): string | undefined {
  const [only, ...others] = stepsOf(command);
  const status = only !== undefined && 'action' in only && others.length === 0 ? steps[only.id] : undefined;
  return status?.state === 'succeeded' ? resultSchema.safeParse(status.output).data?.summary : undefined;
}

/** A chain that a step of another one started is that one's affair. */
export function endedChains(
  { events, chains }: Pick<Commit, 'events' | 'chains'>,
  ownSource: string,
): readonly ChainRun[] {
  const ended = new Set(
    events.filter(({ type, source }) => ENDINGS.has(type) && source === ownSource).map(({ subject }) => subject),
  );
  return chains.filter(({ id, parent }) => ended.has(id) && parent === undefined);
}
