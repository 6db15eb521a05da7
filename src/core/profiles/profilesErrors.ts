import { type Failure, PanelError, toFailure } from '../../base/panelError.ts';
import { visibleText } from '../../base/visibleText.ts';
import { describePlace, type FileFault, type FileFaultReason, type FilePlace } from '../validation/fileFault.ts';

export type ProfilesErrorReason =
  | FileFaultReason
  | 'forbiddenMode'
  | 'reservedName'
  | 'unknownServers'
  | 'ambiguousServer'
  | 'badServer'
  | 'unknownDefault'
  | 'unknownProfile'
  | 'badSettings'
  | 'notLookedAt';

/** Something wrong with a profile or its files, as plain data with its place. */
export interface ProfileProblem extends Failure {
  readonly family: 'profiles';
  readonly reason: ProfilesErrorReason;
  readonly place?: FilePlace;
}

export class ProfilesError extends PanelError<ProfilesErrorReason> {
  readonly family = 'profiles';
  readonly place: FilePlace | undefined;

  constructor(
    reason: ProfilesErrorReason,
    text: { message: string; detail?: string | undefined; remedy: string; cause?: unknown },
    place?: FilePlace,
  ) {
    super(reason, { ...text, message: visibleText(text.message), detail: text.detail && visibleText(text.detail) });
    this.place = place;
  }

  toProblem(): ProfileProblem {
    return {
      ...toFailure(this),
      family: this.family,
      reason: this.reason,
      ...(this.place === undefined ? {} : { place: this.place }),
    };
  }
}

function inPlace(
  reason: ProfilesErrorReason,
  place: FilePlace,
  text: { message: string; detail?: string | undefined; remedy: string; cause?: unknown },
): ProfilesError {
  return new ProfilesError(reason, { ...text, message: `${describePlace(place)}: ${text.message}` }, place);
}

/** What is wrong with a file of profiles in general. */
export function profilesError(fault: FileFault): ProfilesError {
  const { reason, place, message, detail } = fault;
  const remedy = reason === 'badYaml' ? 'Correct this line; docs/profiles.md shows examples.' : fault.remedy;
  return inPlace(reason, place, { message, detail, remedy });
}

export function duplicateKey(place: FilePlace, profile: string): ProfilesError {
  return inPlace('duplicateKey', place, {
    message: `a key of the profile "${profile}" stands here twice.`,
    remedy: 'Keep one of the two: it would not be clear which one counts.',
  });
}

export function forbiddenMode(place: FilePlace, profile: string): ProfilesError {
  return inPlace('forbiddenMode', place, {
    message: `the profile "${profile}" wants the mode bypassPermissions, which no file of a workspace can grant.`,
    remedy: 'Choose another permissionMode, such as acceptEdits, or list what may run without asking in allowedTools.',
  });
}

export function reservedName(place: FilePlace, name: string): ProfilesError {
  return inPlace('reservedName', place, {
    message: `the name "${name}" belongs to a built-in profile.`,
    remedy: `Choose another name; "extends: ${name.toLowerCase()}" starts from the built-in one.`,
  });
}

export function internalName(place: FilePlace, name: string): ProfilesError {
  return inPlace('reservedName', place, {
    message: `the name "${name}" belongs to a profile of a built-in command.`,
    remedy: 'Choose another name.',
  });
}

export function unknownServers(
  place: FilePlace,
  text: { profile: string; wanted: string; nearest: string | undefined; known: string },
): ProfilesError {
  return inPlace('unknownServers', place, {
    message: `the profile "${text.profile}" wants MCP servers that are not defined: ${text.wanted}.`,
    detail: text.known,
    remedy:
      text.nearest === undefined
        ? 'Define them in .mcp.json, in a file .mcp.NAME.json, or in the profile itself.'
        : `Did you mean "${text.nearest}"?`,
  });
}

export function ambiguousServer(
  place: FilePlace,
  text: { profile: string; server: string; files: readonly string[] },
): ProfilesError {
  return inPlace('ambiguousServer', place, {
    message: `the profile "${text.profile}" wants the MCP server "${text.server}", which is defined differently in ${text.files.join(' and ')}.`,
    remedy: 'Name the file instead ("mcp: NAME" for .mcp.NAME.json), or write the server out in the profile.',
  });
}

export function badServer(file: string, server: string, why: string): ProfilesError {
  return inPlace(
    'badServer',
    { file },
    {
      message: `the MCP server "${server}" cannot be used: ${why}`,
      remedy: 'Correct this server in the file.',
    },
  );
}

export function unknownDefault(place: FilePlace, name: string, nearest: string | undefined): ProfilesError {
  return inPlace('unknownDefault', place, {
    message: `the default profile "${name}" does not exist or cannot be used.`,
    remedy: nearest === undefined ? 'Name a profile that exists.' : `Did you mean "${nearest}"?`,
  });
}

export function badSettings(file: string): ProfilesError {
  return inPlace(
    'badSettings',
    { file },
    {
      message: 'these settings of Claude Code are not valid JSON, so your rules in them are not applied.',
      remedy: 'Correct the file: until then this source of settings is left out.',
    },
  );
}

export function unknownProfile(name: string, nearest: string | undefined, known: readonly string[]): ProfilesError {
  return new ProfilesError('unknownProfile', {
    message: `There is no profile "${name}" in this folder.`,
    detail: `Profiles: ${known.join(', ')}.`,
    remedy: nearest === undefined ? 'Choose one of the profiles.' : `Did you mean "${nearest}"?`,
  });
}

/** It needs a look at this machine, which is taken only when a task is started with it. */
export function profileNotLookedAt(name: string): ProfilesError {
  return new ProfilesError('notLookedAt', {
    message: `The profile "${name}" is made when a task starts with it.`,
    remedy: 'Run the command that it belongs to.',
  });
}
