import * as z from 'zod';
import type { Clock } from '../../../base/clock.ts';
import { visibleText } from '../../../base/visibleText.ts';
import type { PanelLog } from '../../../core/tasks/panelLog.ts';
import { type PanelAction, panelAction } from '../panelAction.ts';
import { lastWorkingDay } from './lastWorkingDay.ts';
import { pullRequests } from './pullRequests.ts';
import { repositoryNews } from './repositoryNews.ts';
import { localDay, panelHistory, standupText } from './standupText.ts';

const MOST_TASKS = 500;

/** Everything that a standup is made of, as text. */
export function standupFactsAction(parts: {
  readonly clock: Clock;
  readonly log: Pick<PanelLog, 'tasks' | 'approvals'>;
}): PanelAction {
  const { clock, log } = parts;
  return panelAction({
    name: 'standup-facts',
    summary: 'Collects commits, tasks of this panel and open pull requests since the last working day.',
    input: z.strictObject({
      since: z.union([z.literal(''), z.iso.date()]).default(''),
      author: z.enum(['mine', 'everyone']).default('mine'),
    }),
    run: async ({ since: day, author }, context) => {
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
      return { since: localDay(since), text: visibleText(text), commits: news.commits.length };
    },
  });
}
