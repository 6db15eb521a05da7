import { expect, it } from 'vitest';
import { backupAction } from '../../../../src/app/actions/backupAction.ts';
import { ActionStage } from './actionStage.ts';

async function summaryOf(leftOut: readonly string[]): Promise<unknown> {
  const made = { archive: '/backups/one.tar.gz', bytes: 2000, files: 3, leftOut, removed: [] };
  const action = backupAction({ backups: { make: async () => made } });
  const output = await action.run({}, new ActionStage().context());
  return (output as { readonly summary: string }).summary;
}

it('says what a backup leaves out where it calls it good', async () => {
  const good = '3 files in 2 KB, unpacked again and found equal: /backups/one.tar.gz';
  expect(await summaryOf([])).toBe(good);
  expect(await summaryOf(['.claude/a: a link, or no file'])).toBe(`${good}\nLeft out: .claude/a: a link, or no file.`);
  expect(await summaryOf(['.claude/a: a link, or no file', 'b', 'c'])).toBe(
    `${good}\nLeft out: .claude/a: a link, or no file, and 2 more; "claude-panel restore" lists them.`,
  );
});
