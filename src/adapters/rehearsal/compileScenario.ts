import type { JsonObject } from '../../base/json.ts';
import { apiFailure } from './apiError.ts';
import type { Fault, Match, Round, Rule, Step, TextTest, Timing } from './scenarioModel.ts';
import {
  type WrittenError,
  type WrittenMatch,
  type WrittenReply,
  type WrittenRule,
  type WrittenStep,
  type WrittenTiming,
  writtenRegex,
} from './scenarioSchema.ts';

const PLAIN_TIMING: Timing = { delay: 0, pace: 0, chunk: 40 };
const HUGE_DELTA_BYTES = 16 * 1024;

export function compileRule(rule: WrittenRule, index: number, defaults: WrittenTiming | undefined): Rule {
  return {
    name: rule.name ?? `rule ${index + 1}`,
    match: compileMatch(rule.match ?? {}),
    rounds: compileReply(rule.reply, defaults),
  };
}

function compileMatch(match: WrittenMatch): Match {
  const { lastTool } = match;
  return {
    prompt: compileTest(match.prompt),
    turn: match.turn,
    tools: match.tool === undefined ? [] : [match.tool].flat(),
    agent: match.agent,
    model: compileTest(match.model),
    followUp: match.followUp,
    planMode: match.planMode,
    lastTool: lastTool && {
      name: compileTest(lastTool.name),
      input: compileTest(lastTool.input),
      result: compileTest(lastTool.result),
      error: lastTool.error,
    },
    utility: match.utility ?? false,
  };
}

function compileTest(text: string | undefined): TextTest | undefined {
  if (text === undefined) {
    return undefined;
  }
  const regex = writtenRegex(text);
  return regex === undefined
    ? { kind: 'contains', text: text.toLowerCase() }
    : { kind: 'regex', expression: new RegExp(regex.source, regex.flags) };
}

/** A round that only fails gives no assistant message, so it is one with the round after it. */
export function compileReply(reply: WrittenReply, defaults: WrittenTiming | undefined): Round[] {
  const timing = { ...PLAIN_TIMING, ...given(defaults ?? {}) };
  const rounds: Round[] = [];
  let before: WrittenStep[] = [];
  for (const steps of reply) {
    const all = [...before, ...steps];
    if (steps.every(step => compileFault(step) !== undefined || step.silence !== undefined)) {
      before = all;
      continue;
    }
    before = [];
    rounds.push(compileRound(all, timing));
  }
  return before.length === 0 ? rounds : [...rounds, compileRound(before, timing)];
}

function compileRound(steps: readonly WrittenStep[], timing: Timing): Round {
  const stop = steps.map(stopOf).find(reason => reason !== undefined);
  return {
    steps: steps.flatMap(step => compileStep(step, { ...timing, ...given(step) }) ?? []),
    faults: steps.flatMap(step => compileFault(step) ?? []),
    silence: steps.reduce((sum, step) => sum + (typeof step.silence === 'number' ? step.silence : 0), 0),
    stop,
    usage: Object.assign({}, ...steps.map(step => step.usage ?? {})),
    headers: Object.assign({}, ...steps.map(step => step.headers ?? {})),
    loop: steps.some(step => step.loop === true),
  };
}

function compileStep(step: WrittenStep, timing: Timing): Step | undefined {
  if (step.text !== undefined) {
    return { kind: 'text', text: step.text, timing };
  }
  if (step.thinking !== undefined) {
    return { kind: 'thinking', text: step.thinking, timing };
  }
  if (step.tool !== undefined) {
    const { name, input = {}, optional = false } = step.tool;
    return { kind: 'tool', name, input: input as JsonObject, optional, timing };
  }
  if (typeof step.refusal === 'string') {
    return { kind: 'text', text: step.refusal, timing };
  }
  if (step.burst !== undefined) {
    return { kind: 'burst', total: step.burst.deltas * step.burst.bytes, size: step.burst.bytes };
  }
  if (step.hugeOutput !== undefined) {
    return { kind: 'burst', total: step.hugeOutput, size: HUGE_DELTA_BYTES };
  }
  return step.delay === undefined ? undefined : { kind: 'delay', ms: step.delay };
}

function stopOf(step: WrittenStep): Round['stop'] {
  if (step.refusal !== undefined) {
    return 'refusal';
  }
  return step.maxTokens === true ? 'max_tokens' : step.stop;
}

function compileFault(step: WrittenStep): Fault | undefined {
  if (step.error !== undefined) {
    return compileError(step.error);
  }
  if (step.cut !== undefined) {
    return { kind: 'cut', after: step.cut.after ?? 0, times: step.cut.times ?? 1 };
  }
  if (step.stall !== undefined) {
    return { kind: 'stall', after: step.stall.after ?? 0, times: step.stall.times ?? 1 };
  }
  if (step.malformed !== undefined) {
    return { kind: 'malformed', after: step.malformed.after ?? 0, times: step.malformed.times ?? 1 };
  }
  if (step.html !== undefined) {
    return { kind: 'html', times: step.html.times ?? Number.POSITIVE_INFINITY };
  }
  return step.silence === true ? { kind: 'silence', times: Number.POSITIVE_INFINITY } : undefined;
}

function compileError(written: WrittenError): Fault {
  const { status, after, times = Number.POSITIVE_INFINITY, ...rest } = written;
  const error = apiFailure(status, rest as Parameters<typeof apiFailure>[1]);
  return after === undefined ? { kind: 'error', times, error } : { kind: 'streamError', times, after, error };
}

function given(timing: WrittenTiming): Partial<Timing> {
  const { delay, pace, chunk } = timing;
  return {
    ...(delay === undefined ? {} : { delay }),
    ...(pace === undefined ? {} : { pace }),
    ...(chunk === undefined ? {} : { chunk }),
  };
}
