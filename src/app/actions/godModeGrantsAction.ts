import * as z from 'zod';
import type { ResolvedProfile } from '../../core/profiles/profileCatalog.ts';
import { godGrants } from '../godConfirmation.ts';
import { type PanelAction, panelAction } from './panelAction.ts';

interface Parts {
  /** @throws PanelError when god mode is not revealed. */
  readonly findProfile: (name: string, cwd: string) => Promise<ResolvedProfile>;
}

/** What god mode would grant here and now. A task starts with it only when a gate has shown exactly this. */
export function godModeGrantsAction({ findProfile }: Parts): PanelAction {
  return panelAction({
    name: 'god-mode-grants',
    summary: 'Looks whether there is a sandbox, and says what god mode would grant.',
    input: z.strictObject({}),
    run: async (_input, { folder }) => {
      const profile = await findProfile('god', folder);
      return { text: godGrants(profile), sandbox: profile.launch.sandbox !== undefined };
    },
  });
}
