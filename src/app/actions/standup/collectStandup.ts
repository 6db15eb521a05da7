import type { Clock } from '../../../base/clock.ts';
import type { JsonValue } from '../../../base/json.ts';
import type { PanelLog } from '../../../core/tasks/panelLog.ts';
import type { ActionContext } from '../panelAction.ts';
import { lastWorkingDay } from './lastWorkingDay.ts';
import { pullRequests } from './pullRequests.ts';
import { repositoryNews } from './repositoryNews.ts';
import { localDay, panelHistory, standupText } from './standupText.ts';

const MOST_TASKS = 500;

/**
 * The text is data as others wrote it: whoever shows it makes hidden characters visible, whoever asks a model fences it.
 * @param asked.since a day such as `2026-03-01`; empty is the last working day
 */
export async function collectStandup(
  { since: day, author }: { readonly since: string; readonly author: 'mine' | 'everyone' },
  context: ActionContext,
  { clock, log }: { readonly clock: Clock; readonly log: Pick<PanelLog, 'tasks' | 'approvals'> },
): Promise<JsonValue> {
  const since = day === '' ? lastWorkingDay(new Date(clock.now())) : new Date(`${day}T00:00:00`);
  const [news, requests] = await Promise.all([repositoryNews(context, { since, author }), pullRequests(context)]);
  const history = panelHistory(log.tasks.list({ limit: MOST_TASKS }), log.approvals.pending(), since.getTime());
  const text = standupText({
    since,
    parts: [
      { title: 'Commits', lines: news.commits },
      { title: 'Tasks of the panel that succeeded', lines: history.done },
      { title: 'Tasks of the panel in flight', lines: history.inFlight },
      { title: 'Work that is not committed or not pushed', lines: news.unfinished },
      { title: 'Own open pull requests', lines: requests.own },
      { title: 'Waiting or failed in the panel', lines: history.blocked },
      { title: 'Pull requests of others that wait for my review', lines: requests.toReview },
    ],
    notes: [...news.notes, ...requests.notes],
  });
  return { since: localDay(since), text, commits: news.commits.length };
}
