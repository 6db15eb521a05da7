import * as z from 'zod';
import { findProgram } from '../../../core/process/programsOnPath.ts';
import { runTool } from '../../../core/process/toolRun.ts';
import type { ActionContext } from '../panelAction.ts';
import { oneLine } from './standupText.ts';

const TIMEOUT_MS = 20_000;
const FIELDS = 'number,title,isDraft,reviewDecision,headRefName,statusCheckRollup';

const requestsSchema = z.array(
  z.object({
    number: z.number().int(),
    title: z.string(),
    isDraft: z.boolean().optional(),
    reviewDecision: z.string().nullish(),
    headRefName: z.string().optional(),
    statusCheckRollup: z.array(z.object({ conclusion: z.string().nullish(), state: z.string().nullish() })).nullish(),
  }),
);
type PullRequest = z.infer<typeof requestsSchema>[number];

interface PullRequests {
  readonly own: readonly string[];
  /** Those of others that wait for this person. */
  readonly toReview: readonly string[];
  readonly notes: readonly string[];
}

/** Open pull requests as the GitHub command line tells them; that it cannot is a note, not a failure. */
export async function pullRequests(context: ActionContext): Promise<PullRequests> {
  const program = await findProgram('gh', context.environment);
  if (program === undefined) {
    return { own: [], toReview: [], notes: ['pull requests: gh, the GitHub command line, is not installed.'] };
  }
  const [own, toReview] = await Promise.all([
    list(program, ['--author', '@me'], context),
    list(program, ['--search', 'review-requested:@me'], context),
  ]);
  if (typeof own === 'string' || typeof toReview === 'string') {
    return {
      own: [],
      toReview: [],
      notes: [`pull requests: gh said: ${typeof own === 'string' ? own : String(toReview)}`],
    };
  }
  return { own: own.map(lineOf), toReview: toReview.map(lineOf), notes: [] };
}

/** The pull requests, or why there are none. */
async function list(
  program: string,
  filter: readonly string[],
  context: ActionContext,
): Promise<PullRequest[] | string> {
  const { folder, environment, signal } = context;
  const run = await runTool(program, ['pr', 'list', '--state', 'open', '--limit', '30', '--json', FIELDS, ...filter], {
    cwd: folder,
    environment: { ...environment, GH_PROMPT_DISABLED: '1', NO_COLOR: '1' },
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  if (run.state !== 'ended') {
    return run.state === 'timedOut' ? 'nothing within 20 seconds' : run.why;
  }
  if (run.code !== 0) {
    return oneLine(run.stderr) || `it ended with code ${run.code}`;
  }
  try {
    return requestsSchema.parse(JSON.parse(run.stdout));
  } catch {
    return 'something that is not a list of pull requests';
  }
}

function lineOf({ number, title, isDraft, reviewDecision, headRefName, statusCheckRollup }: PullRequest): string {
  const results = (statusCheckRollup ?? []).map(({ conclusion, state }) => (conclusion || state || '').toUpperCase());
  const failing = results.filter(result => /^(?:FAILURE|ERROR|TIMED_OUT|STARTUP_FAILURE)$/.test(result)).length;
  const facts = [
    ...(isDraft === true ? ['draft'] : []),
    ...(reviewDecision ? [reviewDecision.toLowerCase().replaceAll('_', ' ')] : []),
    ...(failing > 0 ? [`${failing} checks fail`] : results.length > 0 ? ['no check fails'] : []),
    ...(headRefName === undefined ? [] : [`branch ${headRefName}`]),
  ];
  return oneLine(`#${number} ${title}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`);
}
