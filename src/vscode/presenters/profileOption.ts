import { visibleText } from '../../base/visibleText.ts';
import type { ResolvedProfile } from '../../core/profiles/profileCatalog.ts';
import type { ProfileOption } from '../../protocol/panelView.ts';

export function presentProfile(profile: ResolvedProfile): ProfileOption {
  const { name, source, description, grants, launch, needsApproval, problem } = profile;
  return {
    name,
    source,
    description: visibleText(description),
    grants: grants.map(visibleText),
    mcpServers: Object.keys(launch.mcpServers).map(visibleText),
    ...(problem === undefined
      ? {}
      : { problem: visibleText([problem.message, problem.detail, problem.remedy].filter(Boolean).join(' ')) }),
    needsApproval,
  };
}

/** The profile that a new task starts with: what was chosen last, what the user set, else what the folder says. */
export function selectedProfile(
  known: readonly { readonly name: string }[],
  wanted: readonly (string | undefined)[],
): string {
  const names = new Set(known.map(({ name }) => name));
  const found = wanted.find(name => name !== undefined && names.has(name));
  return found ?? wanted.find(name => name !== undefined && name !== '') ?? known[0]?.name ?? '';
}
