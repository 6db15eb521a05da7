import type { JsonObject } from '../../../base/json.ts';
import type { ClaudeAccount, ClaudeCommand, ClaudeEvent, ClaudeModel } from '../claudeEvents.ts';
import { asRaw, asRaws, asText, asTexts, type Raw } from './rawFields.ts';

type RawInitialized = Raw<'account' | 'models' | 'commands' | 'claude_code_version'>;
type RawAccount = Raw<'apiKeySource' | 'tokenSource' | 'apiProvider' | 'subscriptionType' | 'email' | 'organization'>;
type RawModel = Raw<'value' | 'resolvedModel' | 'displayName' | 'description' | 'supportedEffortLevels'>;
type RawCommand = Raw<'name' | 'description' | 'argumentHint'>;

/** The answer to the first request. Older versions leave out their own version, which is known from elsewhere. */
export function translateInitialized(
  response: JsonObject,
  knownVersion: string,
): Extract<ClaudeEvent, { type: 'ready' }> {
  const raw = response as RawInitialized;
  return {
    type: 'ready',
    account: readAccount(asRaw(raw.account) ?? {}),
    models: asRaws<keyof RawModel>(raw.models).flatMap(readModel),
    commands: asRaws<keyof RawCommand>(raw.commands).flatMap(readCommand),
    version: asText(raw.claude_code_version) ?? knownVersion,
  };
}

function readAccount(raw: RawAccount): ClaudeAccount {
  const fields = {
    apiKeySource: asText(raw.apiKeySource),
    tokenSource: asText(raw.tokenSource),
    apiProvider: asText(raw.apiProvider),
    subscription: asText(raw.subscriptionType),
    email: asText(raw.email),
    organization: asText(raw.organization),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function readModel(raw: RawModel): readonly ClaudeModel[] {
  const value = asText(raw.value);
  const resolved = asText(raw.resolvedModel);
  return value === undefined
    ? []
    : [
        {
          value,
          ...(resolved === undefined ? {} : { resolved }),
          displayName: asText(raw.displayName) ?? value,
          description: asText(raw.description) ?? '',
          effortLevels: asTexts(raw.supportedEffortLevels),
        },
      ];
}

function readCommand(raw: RawCommand): readonly ClaudeCommand[] {
  const name = asText(raw.name);
  return name === undefined
    ? []
    : [{ name, description: asText(raw.description) ?? '', argumentHint: asText(raw.argumentHint) ?? '' }];
}
