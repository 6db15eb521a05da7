import type { Migration } from './migration.ts';
import { migration1 } from './migration1.ts';
import { migration2 } from './migration2.ts';

/** Forward only, in order. */
export const allMigrations: readonly Migration[] = [migration1, migration2];
