import type { Failure } from '../../base/panelError.ts';
import { plainText } from '../terminal/plainText.ts';

/** A failure as lines: what happened, why, what to do. */
export function failureLines(failure: Pick<Failure, 'message' | 'detail' | 'remedy'>): readonly string[] {
  return [failure.message, failure.detail, failure.remedy]
    .filter(text => text !== undefined && text !== '')
    .flatMap(text => plainText(text ?? '').split('\n'));
}
