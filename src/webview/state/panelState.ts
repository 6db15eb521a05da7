import type { ApprovalCard } from '../../protocol/approvalView.ts';
import type { ChainDetail, ChainSummary } from '../../protocol/chainView.ts';
import type { PanelFacts } from '../../protocol/panelView.ts';
import type { TaskDetail, TaskSummary } from '../../protocol/taskView.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';
import type { LiveText } from './liveText.ts';
import { type Navigation, startNavigation } from './navigation.ts';
import type { Thread } from './thread.ts';

/** The key of a task's own thread; those of sub-agents have the id of the tool call that started them. */
export const MAIN_THREAD = '';

export type RevealTarget = Extract<ToWebview, { type: 'reveal' }>['target'];

export interface PanelState {
  /** `lost`: a message was missed; what is shown may be old until the next snapshot. */
  readonly connection: 'connecting' | 'live' | 'lost';
  readonly protocolMismatch: boolean;
  readonly surface: 'sidebar' | 'editor';
  readonly sequence: number;
  /** Goes up with every snapshot. */
  readonly snapshots: number;
  readonly measure: boolean;
  readonly tasks: ReadonlyMap<string, TaskSummary>;
  readonly approvals: ReadonlyMap<string, ApprovalCard>;
  readonly chains: ReadonlyMap<string, ChainSummary>;
  readonly facts: PanelFacts | undefined;
  /** Of the open task only. */
  readonly detail: TaskDetail | undefined;
  /** Of the open chain only. */
  readonly chainDetail: ChainDetail | undefined;
  readonly threads: ReadonlyMap<string, Thread>;
  readonly live: LiveText;
  /** Whether the whole VS Code window has the focus; unknown until the extension says it. */
  readonly windowFocused: boolean | undefined;
  readonly navigation: Navigation;
  /** What the extension asked to show last; the number tells two equal wishes apart. */
  readonly reveal: { readonly target: RevealTarget; readonly number: number } | undefined;
}

export function startState(navigation: Navigation = startNavigation): PanelState {
  return {
    connection: 'connecting',
    protocolMismatch: false,
    surface: 'sidebar',
    sequence: 0,
    snapshots: 0,
    measure: false,
    tasks: new Map(),
    approvals: new Map(),
    chains: new Map(),
    facts: undefined,
    detail: undefined,
    chainDetail: undefined,
    threads: new Map(),
    live: [],
    windowFocused: undefined,
    navigation,
    reveal: undefined,
  };
}
