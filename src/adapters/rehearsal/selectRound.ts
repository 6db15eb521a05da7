import type { Conversation, RoundBefore, ToolOutcome } from './conversation.ts';
import type { LastToolMatch, Match, Round, Rule, Step, TextTest } from './scenarioModel.ts';

export interface Selection {
  readonly rule: Rule;
  /** Undefined when the rule has no rounds left. */
  readonly round: Round | undefined;
  /** The place of the round in its rule, from 0. */
  readonly index: number;
  /** What the expression for the prompt caught. */
  readonly captures: readonly string[];
  /** What the expression for the last tool result caught. */
  readonly resultCaptures: readonly string[];
  /** The tool outcome that matched, else the last one. */
  readonly outcome: ToolOutcome | undefined;
}

interface RequestFacts {
  readonly conversation: Conversation;
  readonly model: string;
  readonly isSideRequest: boolean;
}

/**
 * The first rule that matches answers. A rule goes on to its next round only when it answered the one before, so a rule for
 * a special case (such as a denied tool) can come between without losing a round of the others. All of that is worked out
 * again from the request each time.
 */
export function selectRound(rules: readonly Rule[], facts: RequestFacts): Selection | undefined {
  const candidates = rules.flatMap(rule => {
    const captures = matchStanding(rule.match, facts);
    return captures === undefined ? [] : [{ rule, captures, answered: 0 }];
  });
  let selection: Selection | undefined;
  for (const [index, before] of facts.conversation.rounds.entries()) {
    selection = undefined;
    for (const candidate of candidates) {
      const matched = matchTurn(candidate.rule.match, index + 1, before);
      if (matched !== undefined) {
        const { rule, captures } = candidate;
        selection = {
          rule,
          captures,
          ...matched,
          ...roundAt(rule.rounds, candidate.answered, facts.conversation.tools),
        };
        candidate.answered += 1;
        break;
      }
    }
  }
  return selection;
}

/**
 * The round for the n-th answer of a list of rounds: a round marked as a loop stays, and one that is made of nothing but
 * calls that cannot be made now is passed over.
 */
export function roundAt(
  rounds: readonly Round[],
  answered: number,
  tools: ReadonlySet<string>,
): { round: Round | undefined; index: number } {
  const possible = rounds.filter(round => round.steps.length === 0 || round.steps.some(step => canPlay(step, tools)));
  const loop = possible.findIndex(round => round.loop);
  const index = loop >= 0 && answered > loop ? loop : answered;
  return { round: possible[index], index };
}

export function canPlay(step: Step, tools: ReadonlySet<string>): boolean {
  return step.kind !== 'tool' || !step.optional || tools.has(step.name);
}

/** The part of a match that holds for all rounds of a prompt: its captures, or undefined when it does not match. */
function matchStanding(match: Match, facts: RequestFacts): readonly string[] | undefined {
  const { conversation } = facts;
  const holds =
    match.utility === facts.isSideRequest &&
    (match.agent === undefined || match.agent === conversation.agent) &&
    (match.followUp === undefined || match.followUp === conversation.isFollowUp) &&
    match.tools.every(tool => conversation.tools.has(tool)) &&
    testText(match.model, facts.model) !== undefined;
  return holds ? testText(match.prompt, conversation.prompt) : undefined;
}

type TurnMatch = Pick<Selection, 'resultCaptures' | 'outcome'>;

/** The part of a match that may hold for one round and not for the next. */
function matchTurn(match: Match, turn: number, before: RoundBefore): TurnMatch | undefined {
  if (match.turn !== undefined && match.turn !== turn) {
    return undefined;
  }
  if (match.planMode !== undefined && match.planMode !== before.inPlanMode) {
    return undefined;
  }
  const { lastTool } = match;
  if (lastTool === undefined) {
    return { resultCaptures: [], outcome: before.outcomes.at(-1) };
  }
  for (const outcome of before.outcomes.toReversed()) {
    const resultCaptures = matchOutcome(lastTool, outcome);
    if (resultCaptures !== undefined) {
      return { resultCaptures, outcome };
    }
  }
  return undefined;
}

function matchOutcome(match: LastToolMatch, outcome: ToolOutcome): readonly string[] | undefined {
  const holds =
    (match.error === undefined || match.error === outcome.isError) &&
    testText(match.name, outcome.name) !== undefined &&
    testText(match.input, JSON.stringify(outcome.input)) !== undefined;
  return holds ? testText(match.result, outcome.result) : undefined;
}

/** The captures of a test that holds (none for plain text), or undefined. */
function testText(test: TextTest | undefined, text: string): readonly string[] | undefined {
  if (test === undefined) {
    return [];
  }
  if (test.kind === 'contains') {
    return text.toLowerCase().includes(test.text) ? [] : undefined;
  }
  const found = test.expression.exec(text);
  return found === null ? undefined : found.map(part => part ?? '');
}
