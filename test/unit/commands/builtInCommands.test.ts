import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ActionRegistry } from '../../../src/app/actions/actionRegistry.ts';
import { builtInActions } from '../../../src/app/actions/builtInActions.ts';
import type { CatalogCommand } from '../../../src/core/catalog/command.ts';
import { parseCommandFile } from '../../../src/core/catalog/commandFile.ts';
import { BUILT_IN_NAMES, INTERNAL_NAMES } from '../../../src/core/profiles/profileSchema.ts';
import { projectRoot } from '../../harness/toolchain.ts';

const FOLDER = path.join(projectRoot, 'commands');
const FILES = readdirSync(FOLDER).sort();
const ACTIONS = new ActionRegistry(builtInActions({} as never));

async function parsed(file: string): Promise<{ command: CatalogCommand; actions: readonly string[] }> {
  const whole = path.join(FOLDER, file);
  const result = await parseCommandFile(readFileSync(whole, 'utf8'), whole, 'global');
  if (result.state === 'bad') {
    throw new Error(result.faults.map(({ place, message }) => `${file}:${place.line}: ${message}`).join('\n'));
  }
  return { command: result.command, actions: result.actions.map(({ action }) => action) };
}

function profilesOf({ profile, body }: CatalogCommand): string[] {
  const steps = body.kind === 'steps' ? body.steps : [];
  return [profile, ...steps.map(step => ('prompt' in step ? step.profile : undefined))].filter(
    name => name !== undefined,
  );
}

describe('the built-in commands', () => {
  it('are ten', () => {
    expect(FILES).toEqual([
      'backup-now.yaml',
      'build-agent.yaml',
      'daily-standup.yaml',
      'god-mode.yaml',
      'health-status.yaml',
      'research-mode.yaml',
      'safe-mode.yaml',
      'security-audit.yaml',
      'serena.yaml',
      'unfuck-this.yaml',
    ]);
  });

  it.each(FILES)('%s has no fault, and uses only actions and profiles that there are', async file => {
    const { command, actions } = await parsed(file);
    for (const action of actions) {
      expect(ACTIONS.names).toContain(action);
    }
    for (const profile of profilesOf(command)) {
      expect([...BUILT_IN_NAMES, ...INTERNAL_NAMES]).toContain(profile);
    }
    expect(command.icon).toBeDefined();
  });

  it.each(FILES)('%s has limits wherever a task works without being asked', async file => {
    const { command } = await parsed(file);
    const unasked = profilesOf(command).some(profile => ['god', 'readOnly', 'research'].includes(profile));
    expect(unasked).toBe(command.limits.usd !== undefined && command.limits.minutes !== undefined);
  });

  it('god-mode shows what it grants at a gate, takes a snapshot first, and is the only one with that profile', async () => {
    const { command } = await parsed('god-mode.yaml');
    expect(command.requiresSnapshot).toBe(true);
    const steps = command.body.kind === 'steps' ? command.body.steps : [];
    expect(steps.map(({ id }) => id)).toEqual(['grants', 'confirm', 'work']);
    const { usd, turns, minutes } = command.limits;
    expect(steps[1]).toMatchObject({
      approve: expect.stringContaining(`at most ${usd} US dollars, ${turns} turns and ${minutes} minutes`),
      show: '${{ steps.grants.output.text }}',
    });
    const commands = await Promise.all(FILES.map(async one => (await parsed(one)).command));
    expect(commands.filter(one => profilesOf(one).includes('god')).map(({ name }) => name)).toEqual(['god-mode']);
  });

  it('safe-mode says that it is not the flag of Claude Code', async () => {
    expect((await parsed('safe-mode.yaml')).command.description).toContain("not Claude Code's own --safe-mode");
  });
});
