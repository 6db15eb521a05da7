import { visibleText } from '../../base/visibleText.ts';
import type { LaunchProfile, ProfileLimits } from './launchProfile.ts';
import { modeWords } from './modeWords.ts';
import { describeRule, type WorkspaceContent } from './workspaceContent.ts';

/** What a profile grants and how it works, one line each, in the order in which a person wants to know it. */
export function profileGrants(parts: {
  readonly launch: LaunchProfile;
  readonly limits: ProfileLimits;
  readonly notes: readonly string[];
  readonly content: WorkspaceContent | undefined;
}): string[] {
  const { launch, limits, notes, content } = parts;
  const { model, fallbackModel, effort, askTools = [], allowedTools, disallowedTools, settingSources } = launch;
  const asksForAll = askTools.includes('*');
  const fromFolder = settingSources === undefined || settingSources.some(source => source !== 'user');
  const lines = [
    `Model: ${model ?? 'the one of your Claude Code settings'}`,
    ...(fallbackModel === undefined ? [] : [`While it is overloaded: ${fallbackModel}`]),
    ...(effort === undefined ? [] : [`Effort: ${effort}`]),
    // In a sandbox the notes say what the mode comes to.
    ...(launch.sandbox === undefined ? [`Mode: ${describeMode(launch.permissionMode, asksForAll)}`] : []),
    ...notes,
    ...(askTools.length > 0 && !asksForAll ? [`Always asks: ${askTools.join(', ')}`] : []),
    ...allowedTools.map(describeRule),
    ...(disallowedTools.length === 0 ? [] : [`Never: ${disallowedTools.join(', ')}`]),
    ...(Object.keys(launch.mcpServers).length === 0 ? ['MCP servers: none'] : []),
    ...(content?.grants ?? []),
    fromFolder
      ? 'Claude Code settings: yours and those of this folder'
      : 'Claude Code settings: yours only; rules, agents, hooks and instructions of this folder are left out',
    describeLimits(limits),
  ];
  // The mode and the rules of a workspace profile stand among what has to be approved, too.
  return [...new Set(lines.map(visibleText))];
}

function describeMode(mode: LaunchProfile['permissionMode'], asksForAll: boolean): string {
  if (!asksForAll) {
    const { title, sentence } = modeWords(mode);
    return `${title}. ${sentence}`;
  }
  switch (mode) {
    case 'dontAsk':
      return 'Deny everything. Every tool would have to be asked for, and this mode never asks.';
    case 'plan':
      return 'Plan first, and ask for everything. Asks before every tool, reading included, and for the plan.';
    default:
      return 'Ask for everything. Asks before every tool, reading included.';
  }
}

function describeLimits({ minutes, usd, turns }: ProfileLimits): string {
  const parts = [
    minutes === undefined ? '' : `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`,
    usd === undefined ? '' : `${usd} US dollars`,
    turns === undefined ? '' : `${turns} ${turns === 1 ? 'turn' : 'turns'}`,
  ].filter(part => part !== '');
  return parts.length === 0 ? 'Limits: none of its own' : `Limits: at most ${parts.join(', ')}; a command may set less`;
}
