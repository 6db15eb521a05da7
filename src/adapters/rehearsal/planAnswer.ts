import { randomBytes } from 'node:crypto';
import { apiFailure } from './apiError.ts';
import { type Conversation, readConversation } from './conversation.ts';
import type { FaultCounter } from './faultCounter.ts';
import type { MessagesRequest } from './messagesRequest.ts';
import { fillStep } from './placeholders.ts';
import { type Matched, placeholderValues } from './placeholderValues.ts';
import { promptScriptIn } from './promptScript.ts';
import { RehearsalError } from './rehearsalError.ts';
import type { MessageFacts } from './rehearsalRequest.ts';
import { isStreamFault, type Reply } from './reply.ts';
import { parsePromptScript } from './scenario.ts';
import type { ApiFailure, Fault, Round, Rule, Step } from './scenarioModel.ts';
import { canPlay, roundAt, type Selection, selectRound } from './selectRound.ts';
import { type SideRequestKind, sideAnswer, sideRequestKind } from './sideRequest.ts';
import { inputUsage } from './usage.ts';

/** How one request to /v1/messages is answered. */
export interface AnswerPlan {
  readonly facts: MessageFacts;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds of silence before anything is sent. */
  readonly silence: number;
  readonly outcome:
    | { readonly kind: 'reply'; readonly reply: Reply }
    | { readonly kind: 'error'; readonly error: ApiFailure }
    | { readonly kind: 'html' }
    | { readonly kind: 'silence' };
}

export interface IncomingMessage {
  readonly request: MessagesRequest;
  readonly bodyCharacters: number;
  /** Characters of the messages that came after the last answer of the model. */
  readonly newCharacters: number;
  readonly agentId: string | undefined;
}

/** Where the rounds of an answer come from. */
interface Source extends Matched {
  readonly name: string;
  readonly round: Round;
  readonly index: number;
}

export function planAnswer(incoming: IncomingMessage, rules: readonly Rule[], faults: FaultCounter): AnswerPlan {
  const { request, agentId } = incoming;
  const conversation = readConversation(request, agentId);
  const sideRequest = sideRequestKind(request);
  const source = findSource(request, conversation, rules, sideRequest);
  const facts: MessageFacts = {
    model: request.model,
    sessionId: request.sessionId,
    agent: conversation.agent,
    agentId,
    sideRequest,
    prompt: conversation.prompt,
    turn: conversation.rounds.length,
    answeredBy: source instanceof RehearsalError ? 'an error in the rehearse block' : source.name,
    fault: undefined,
  };
  if (source instanceof RehearsalError) {
    const error = apiFailure(400, { message: source.message });
    return { facts, headers: {}, silence: 0, outcome: { kind: 'error', error } };
  }
  const place = [request.sessionId, agentId, conversation.promptIndex, facts.turn, source.name].join('\n');
  const fault = faults.take(`${place}\n${source.index}\n${conversation.prompt}`, source.round);
  return {
    facts: { ...facts, fault: fault?.kind },
    headers: source.round.headers,
    silence: source.round.silence,
    outcome: outcomeOf(incoming, conversation, source, fault),
  };
}

function findSource(
  request: MessagesRequest,
  conversation: Conversation,
  rules: readonly Rule[],
  sideRequest: SideRequestKind | undefined,
): Source | RehearsalError {
  if (sideRequest !== undefined) {
    const selection = selectRound(rules, { conversation, model: request.model, isSideRequest: true });
    return sourceOf(selection) ?? plainSource('a side request', textRound(sideAnswer(sideRequest, request)));
  }
  const script = promptScriptIn(conversation.prompt);
  if (script === undefined) {
    const selection = selectRound(rules, { conversation, model: request.model, isSideRequest: false });
    return sourceOf(selection) ?? plainSource('no rule', NO_RULE);
  }
  try {
    const { round, index } = roundAt(parsePromptScript(script), conversation.rounds.length - 1, conversation.tools);
    const outcome = conversation.rounds.at(-1)?.outcomes.at(-1);
    return { ...plainSource('the rehearse block', round ?? DONE), index, outcome };
  } catch (error) {
    if (error instanceof RehearsalError) {
      return error;
    }
    throw error;
  }
}

const UNTIMED = { delay: 0, pace: 0, chunk: 40 };
const DONE: Round = textRound('Done.');
const NO_RULE: Round = textRound('No rule of the rehearsal scenario matches this prompt.');

function textRound(text: string): Round {
  const steps: Step[] = [{ kind: 'text', text, timing: UNTIMED }];
  return { steps, faults: [], silence: 0, stop: undefined, usage: {}, headers: {}, loop: false };
}

function plainSource(name: string, round: Round): Source {
  return { name, round, index: 0, captures: [], resultCaptures: [], outcome: undefined };
}

function sourceOf(selection: Selection | undefined): Source | undefined {
  return selection && { ...selection, name: selection.rule.name, round: selection.round ?? DONE };
}

function outcomeOf(
  incoming: IncomingMessage,
  conversation: Conversation,
  source: Source,
  fault: Fault | undefined,
): AnswerPlan['outcome'] {
  if (fault?.kind === 'error') {
    return { kind: 'error', error: fault.error };
  }
  if (fault?.kind === 'html' || fault?.kind === 'silence') {
    return { kind: fault.kind };
  }
  const { request } = incoming;
  const isEmpty = source.round.steps.length === 0 && source.round.stop === undefined;
  const round = isEmpty ? DONE : source.round;
  const values = placeholderValues(request.model, conversation, source);
  const steps = round.steps.filter(step => canPlay(step, conversation.tools)).map(step => fillStep(step, values));
  const usesTool = steps.some(step => step.kind === 'tool');
  const isFirst = !request.messages.some(message => message.role === 'assistant');
  return {
    kind: 'reply',
    reply: {
      messageId: newId('msg'),
      newToolUseId: () => newId('toolu'),
      model: request.model,
      steps,
      stop: round.stop ?? (usesTool ? 'tool_use' : 'end_turn'),
      input: inputUsage(incoming.bodyCharacters, incoming.newCharacters, isFirst),
      usage: source.round.usage,
      fault: fault !== undefined && isStreamFault(fault) ? fault : undefined,
    },
  };
}

/** An id in the API's style: 24 letters and digits behind a prefix. */
export function newId(prefix: string): string {
  return `${prefix}_01${randomBytes(16).toString('base64url').replace(/[-_]/g, 'x').slice(0, 22)}`;
}
