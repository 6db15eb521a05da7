import { type Failure, toFailure } from '../base/panelError.ts';
import type { UserKey } from '../core/security/userKey.ts';
import { refuseForeignFile } from './foreignFile.ts';
import { findDamage } from './openDatabase.ts';
import { PanelDatabase } from './panelDatabase.ts';
import { damaged } from './storeError.ts';

type CopyCheck =
  | { readonly state: 'sound' }
  /** It does not carry the mark of this user. */
  | { readonly state: 'foreign'; readonly failure: Failure }
  | { readonly state: 'unusable'; readonly failure: Failure };

/** Reads the whole of a copy of the workspace file that nobody has open. Never throws. */
export function checkCopiedFile(path: string, userKey: UserKey): CopyCheck {
  try {
    if (refuseForeignFile({ path, userKey }) === undefined) {
      return { state: 'unusable', failure: toFailure(damaged(path, 'It is empty.')) };
    }
    const database = new PanelDatabase(path, { readOnly: true });
    try {
      const finding = findDamage(database);
      return finding === undefined
        ? { state: 'sound' }
        : { state: 'unusable', failure: toFailure(damaged(path, finding)) };
    } finally {
      database.dispose();
    }
  } catch (error) {
    const failure = toFailure(error);
    return { state: failure.reason === 'foreign' ? 'foreign' : 'unusable', failure };
  }
}
