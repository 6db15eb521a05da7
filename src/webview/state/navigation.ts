/** Where a person is in the panel and what they were typing. The only part of the state that is kept when the view closes. */
export interface Navigation {
  readonly openTaskId: string | undefined;
  /** The chain that is open, also behind an open task of it. */
  readonly openChainId: string | undefined;
  /** The step of it whose details are shown. */
  readonly openStepId: string | undefined;
  readonly tab: TaskTab;
  /** Keeps the newest of the transcript in sight. */
  readonly follow: boolean;
  readonly draft: string;
  /** Words for a task that were not sent yet, by task. */
  readonly followUps: Readonly<Record<string, string>>;
  /** Picked here and not yet confirmed by the extension. */
  readonly profile: string | undefined;
  readonly folder: string | undefined;
  readonly foldedGroups: readonly string[];
  /** Chains whose tasks are shown in the list. */
  readonly unfoldedChains: readonly string[];
  readonly showArchived: boolean;
  readonly planOpen: boolean;
}

export const TASK_TABS = ['transcript', 'changes', 'tools', 'cost', 'details'] as const;
export type TaskTab = (typeof TASK_TABS)[number];

export const startNavigation: Navigation = {
  openTaskId: undefined,
  openChainId: undefined,
  openStepId: undefined,
  tab: 'transcript',
  follow: true,
  draft: '',
  followUps: {},
  profile: undefined,
  folder: undefined,
  foldedGroups: [],
  unfoldedChains: [],
  showArchived: false,
  planOpen: false,
};

/** Drafts kept for at most this many tasks. */
const DRAFTS_KEPT = 20;

export function withFollowUp(navigation: Navigation, taskId: string, text: string): Navigation {
  const others = Object.entries(navigation.followUps).filter(([id]) => id !== taskId);
  const kept = text === '' ? others : [...others, [taskId, text] as const];
  return { ...navigation, followUps: Object.fromEntries(kept.slice(-DRAFTS_KEPT)) };
}
