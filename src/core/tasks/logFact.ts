import type { ChainFact } from '../chains/chainFact.ts';
import type { TaskLogFact } from './taskFact.ts';

/** Everything that may stand in the log. */
export type LogFact = TaskLogFact | ChainFact;
