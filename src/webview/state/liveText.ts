import type { LivePart } from '../../protocol/toWebview.ts';
import type { TranscriptItem } from '../../protocol/transcriptView.ts';

/** One block that is being written right now. */
export interface LiveBlock {
  readonly messageId: string;
  readonly blockIndex: number;
  readonly kind: LivePart['kind'];
  readonly text: string;
  readonly toolName: string | undefined;
  readonly toolUseId: string | undefined;
}

/** In the order in which they began. */
export type LiveText = readonly LiveBlock[];

/** More than anyone reads while it is written; the whole text comes with the item. */
const LIVE_LIMIT = 200_000;

export function withParts(live: LiveText, parts: readonly LivePart[], discarded: readonly string[]): LiveText {
  const blocks = live.filter(block => !discarded.includes(block.messageId));
  for (const part of parts) {
    if (discarded.includes(part.messageId)) {
      continue;
    }
    const at = blocks.findIndex(block => block.messageId === part.messageId && block.blockIndex === part.blockIndex);
    const known = blocks[at];
    const text = (known?.text ?? '') + part.text;
    const block: LiveBlock = {
      messageId: part.messageId,
      blockIndex: part.blockIndex,
      kind: part.kind,
      text: text.length > LIVE_LIMIT ? text.slice(-LIVE_LIMIT) : text,
      toolName: part.toolName ?? known?.toolName,
      toolUseId: part.toolUseId ?? known?.toolUseId,
    };
    if (known === undefined) {
      blocks.push(block);
    } else {
      blocks[at] = block;
    }
  }
  return blocks;
}

/** The whole item is here: the block that it finishes goes. A message may hold several blocks of one kind, in order. */
export function withoutFinished(live: LiveText, item: TranscriptItem): LiveText {
  if (live.length === 0) {
    return live;
  }
  if (item.kind === 'turnEnd') {
    return [];
  }
  const at = live.findIndex(block => finishes(item, block));
  return at < 0 ? live : live.toSpliced(at, 1);
}

function finishes(item: TranscriptItem, block: LiveBlock): boolean {
  switch (item.kind) {
    case 'text':
    case 'thinking':
      return block.kind === item.kind && block.messageId === item.messageId;
    case 'tool':
      return (
        block.kind === 'toolInput' &&
        (block.toolUseId === undefined ? block.toolName === item.name : block.toolUseId === item.toolUseId)
      );
    default:
      return false;
  }
}
