import { nearestWord } from '../validation/nearestWord.ts';
import {
  badInput,
  type CommandFault,
  commandCycle,
  unknownAction,
  unknownCommand,
  unusableCommand,
} from './catalogFaults.ts';
import type { CatalogCommand } from './command.ts';
import type { ActionUse, CommandUse } from './commandFile.ts';
import type { CommandEntry } from './commandFolder.ts';
import { fullNamesOf } from './commandNames.ts';
import { givenProblem, isRequired } from './inputValues.ts';
import { cycleIn } from './stepGraph.ts';

interface Node {
  readonly fullName: string;
  /** Nothing when its own file is not right. */
  readonly command: CatalogCommand | undefined;
  readonly uses: readonly (CommandUse & { readonly target: string | undefined })[];
  readonly actions: readonly ActionUse[];
}

/**
 * What is wrong between commands, by the full name of the one in whose file it stands: a step that runs what is not
 * there, what is broken, or in the end itself. Pure.
 *
 * @param actions the names of all actions; not checked when they are not known
 */
export function checkUses(
  entries: readonly CommandEntry[],
  actions?: readonly string[],
): ReadonlyMap<string, readonly CommandFault[]> {
  const nodes = nodesOf(entries);
  const names = [...new Set(entries.map(({ name }) => name))];
  const faults = new Map<string, CommandFault[]>();
  const add = (node: Node, found: readonly CommandFault[]): void => {
    if (found.length > 0) {
      faults.set(node.fullName, [...(faults.get(node.fullName) ?? []), ...found]);
    }
  };
  for (const node of nodes.values()) {
    add(node, unknownActions(node, actions));
    for (const use of node.uses) {
      const target = use.target === undefined ? undefined : nodes.get(use.target);
      const missing =
        target === undefined ? [unknownCommand(use.place, use.reference, nearestWord(use.reference, names))] : [];
      add(node, [...missing, ...(target?.command === undefined ? [] : inputFaults(use, target.command))]);
    }
  }
  addCycles(nodes, add);
  addBroken(nodes, faults, add);
  return faults;
}

function nodesOf(entries: readonly CommandEntry[]): ReadonlyMap<string, Node> {
  const all = new Set(entries.map(({ namespace, name }) => `${namespace}:${name}`));
  return new Map(
    entries.map(({ namespace, name, parsed }): [string, Node] => {
      const fullName = `${namespace}:${name}`;
      const good = parsed.state === 'good' ? parsed : undefined;
      const uses = (good?.uses ?? []).map(use => ({
        ...use,
        target: fullNamesOf(use.reference, namespace).find(one => all.has(one)),
      }));
      return [fullName, { fullName, command: good?.command, uses, actions: good?.actions ?? [] }];
    }),
  );
}

function unknownActions(node: Node, actions: readonly string[] | undefined): CommandFault[] {
  return actions === undefined
    ? []
    : node.actions
        .filter(({ action }) => !actions.includes(action))
        .map(({ action, place }) => unknownAction(place, action, nearestWord(action, actions)));
}

function inputFaults(use: CommandUse, target: CatalogCommand): CommandFault[] {
  const known = target.inputs.map(({ name }) => name);
  const unknown = Object.keys(use.inputs).filter(name => !known.includes(name));
  const missing = target.inputs.filter(input => isRequired(input) && !Object.hasOwn(use.inputs, input.name));
  const unfit = target.inputs.flatMap(input => {
    const value = Object.hasOwn(use.inputs, input.name) ? use.inputs[input.name] : undefined;
    const isWritten = value !== undefined && !(typeof value === 'string' && value.includes('${{'));
    const why = isWritten ? givenProblem(input, value) : undefined;
    return why === undefined ? [] : [{ name: input.name, why }];
  });
  return [
    ...unknown.map(name => {
      const near = nearestWord(name, known);
      const remedy = near === undefined ? 'Remove it.' : `Did you mean "${near}"?`;
      return badInput(use.place, name, `is none of the command "${use.reference}".`, remedy);
    }),
    ...missing.map(({ name }) =>
      badInput(use.place, name, `of the command "${use.reference}" is not given.`, `Add it to "inputs" of the step.`),
    ),
    ...unfit.map(({ name, why }) =>
      badInput(use.placeOfInput(name), name, `of the command "${use.reference}" ${why}`, 'Correct the value.'),
    ),
  ];
}

/** Every command that would run itself, in the end. */
function addCycles(nodes: ReadonlyMap<string, Node>, add: (node: Node, faults: readonly CommandFault[]) => void): void {
  const targets = new Map([...nodes].map(([name, { uses }]) => [name, uses.flatMap(({ target }) => target ?? [])]));
  for (let cycle = cycleIn(targets); cycle !== undefined; cycle = cycleIn(targets)) {
    for (const [index, name] of cycle.slice(0, -1).entries()) {
      const node = nodes.get(name);
      const next = cycle[index + 1];
      const use = node?.uses.find(({ target }) => target === next);
      if (node !== undefined && use !== undefined) {
        add(node, [commandCycle(use.place, [...cycle.slice(index, -1), ...cycle.slice(0, index), name])]);
      }
      targets.set(
        name,
        (targets.get(name) ?? []).filter(target => target !== next),
      );
    }
  }
}

/** A command that runs a broken one is broken, too. */
function addBroken(
  nodes: ReadonlyMap<string, Node>,
  faults: ReadonlyMap<string, readonly CommandFault[]>,
  add: (node: Node, faults: readonly CommandFault[]) => void,
): void {
  const isBroken = (node: Node): boolean => node.command === undefined || faults.has(node.fullName);
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of nodes.values()) {
      const broken = node.uses.filter(({ target }) => target !== undefined && isBroken(nodes.get(target) ?? node));
      if (!isBroken(node) && broken.length > 0) {
        add(
          node,
          broken.map(({ place, reference }) => unusableCommand(place, reference)),
        );
        changed = true;
      }
    }
  }
}
