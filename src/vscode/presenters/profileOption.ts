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

type Named = readonly { readonly name: string }[];

/** The first wanted one that there is. While nothing is known of the folder, the first that is wanted. */
export function wantedProfile(known: Named, wanted: readonly (string | undefined)[]): string | undefined {
  const given = wanted.filter(name => name !== undefined && name !== '');
  return known.length === 0 ? given[0] : given.find(wish => known.some(({ name }) => name === wish));
}

/** The profile that a new task starts with: what was chosen last, what the user set, else what the folder says. */
export function selectedProfile(known: Named, wanted: readonly (string | undefined)[]): string {
  return wantedProfile(known, wanted) ?? wanted.find(name => name !== undefined && name !== '') ?? known[0]?.name ?? '';
}
