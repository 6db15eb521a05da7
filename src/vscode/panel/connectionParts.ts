import type { PanelServices } from '../../app/panelServices.ts';
import type { Clock } from '../../base/clock.ts';
import type { Event } from '../../base/event.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';
import type { ApprovalCards } from '../approvalCards.ts';
import type { PanelFactsSource } from '../panelFactsSource.ts';
import type { ChainPlans } from './chainPlans.ts';
import type { LiveTexts } from './liveTexts.ts';
import type { PaintMeter } from './paintMeter.ts';
import type { PanelActions } from './panelActions.ts';

export type RevealTarget = Extract<ToWebview, { type: 'reveal' }>['target'];

export interface ConnectionParts {
  readonly surface: 'sidebar' | 'editor';
  /** Resolves when VS Code has taken the message. */
  readonly post: (message: ToWebview) => PromiseLike<unknown>;
  readonly services: () => Promise<PanelServices>;
  readonly current: () => PanelServices | undefined;
  readonly onDidChangeServices: Event<unknown>;
  readonly facts: PanelFactsSource;
  readonly cards: ApprovalCards;
  readonly plans: ChainPlans;
  readonly liveTexts: Pick<LiveTexts, 'of'>;
  readonly actions: PanelActions;
  readonly clock: Clock;
  readonly isWindowFocused: () => boolean;
  readonly log: (text: string) => void;
  readonly meter?: PaintMeter | undefined;
}
