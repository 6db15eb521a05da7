/** Text that is being written. For the eye only: never stored, and only told in the process that owns the task. */
export type LiveUpdate =
  | {
      readonly kind: 'part';
      readonly taskId: string;
      readonly messageId: string;
      readonly blockIndex: number;
      readonly part: 'text' | 'thinking' | 'toolInput';
      readonly text: string;
      readonly toolName?: string;
    }
  | { readonly kind: 'discarded'; readonly taskId: string; readonly messageId: string };
