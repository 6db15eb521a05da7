import * as z from 'zod';
import { type Navigation, startNavigation, TASK_TABS } from './navigation.ts';

const savedSchema = z.object({
  version: z.literal(1),
  openTaskId: z.string().max(200).optional(),
  openChainId: z.string().max(200).optional(),
  openStepId: z.string().max(200).optional(),
  tab: z.enum(TASK_TABS).optional(),
  follow: z.boolean().optional(),
  draft: z.string().max(200_000).optional(),
  followUps: z.record(z.string(), z.string()).optional(),
  profile: z.string().optional(),
  folder: z.string().optional(),
  foldedGroups: z.array(z.string()).optional(),
  unfoldedChains: z.array(z.string()).optional(),
  showArchived: z.boolean().optional(),
  planOpen: z.boolean().optional(),
});

/** What is kept is only where the person was. What is unreadable, or from another version, starts afresh. */
export function readNavigation(saved: unknown): Navigation {
  const read = savedSchema.safeParse(saved);
  if (!read.success) {
    return startNavigation;
  }
  const { version: _, ...kept } = read.data;
  const present = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  return { ...startNavigation, ...present };
}

export function navigationToSave(navigation: Navigation): unknown {
  return { version: 1, ...navigation };
}
