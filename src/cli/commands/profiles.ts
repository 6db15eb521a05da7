import { EXIT } from '../../app/following/exitCode.ts';
import type { CatalogResult, ResolvedProfile } from '../../core/profiles/profileCatalog.ts';
import type { CommandAction } from '../commandSpec.ts';
import { withPanel } from '../panelSession.ts';
import { failureLines } from '../progress/failureText.ts';
import type { Paint } from '../terminal/palette.ts';
import { oneLine } from '../terminal/plainText.ts';

/** The profiles that a task can be started with, and what each grants. */
export const profiles: CommandAction = (context, given) =>
  withPanel(context, given, { runsTasks: false }, async panel => {
    const { terminal } = context;
    const catalog = await panel.profiles();
    if (given.flag('json')) {
      terminal.line(
        JSON.stringify(
          catalog.profiles.map(profile => row(profile, catalog)),
          undefined,
          2,
        ),
      );
    } else {
      for (const profile of catalog.profiles) {
        for (const line of profileLines(profile, catalog, terminal.paint)) {
          terminal.line(line);
        }
      }
    }
    for (const line of catalog.problems.flatMap(failureLines)) {
      terminal.say(line);
    }
    return EXIT.succeeded;
  });

function isDefault(name: string, { defaultName, defaultProblem }: CatalogResult): boolean {
  return name === defaultName && defaultProblem === undefined;
}

function row(profile: ResolvedProfile, catalog: CatalogResult): object {
  const { name, source, description, launch, limits, grants, needsApproval, problem } = profile;
  return {
    name,
    source,
    description,
    is_default: isDefault(name, catalog),
    model: launch.model ?? null,
    permission_mode: launch.permissionMode,
    mcp_servers: Object.keys(launch.mcpServers),
    limits,
    grants,
    needs_approval: needsApproval,
    problem: problem ?? null,
  };
}

function profileLines(
  { name, source, description, grants, needsApproval, problem }: ResolvedProfile,
  catalog: CatalogResult,
  paint: Paint,
): readonly string[] {
  const marks = [
    source,
    isDefault(name, catalog) ? 'default' : '',
    needsApproval ? 'its content needs your approval' : '',
  ];
  return [
    `${paint('bold', oneLine(name))}  ${paint('dim', marks.filter(Boolean).join(' · '))}`,
    ...(description === '' ? [] : [`  ${oneLine(description)}`]),
    ...grants.map(grant => `  - ${oneLine(grant)}`),
    ...(problem === undefined ? [] : failureLines(problem).map(line => `  ${paint('red', line)}`)),
  ];
}
