import type { Migration } from './migration.ts';
import { migration1 } from './migration1.ts';
import { migration2 } from './migration2.ts';
import { migration3 } from './migration3.ts';

/** Forward only, in order. */
export const allMigrations: readonly Migration[] = [migration1, migration2, migration3];
