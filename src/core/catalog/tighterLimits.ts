/** As in a command, a profile or a task: US dollars, model rounds, minutes. */
export interface WorkLimits {
  readonly usd?: number;
  readonly turns?: number;
  readonly minutes?: number;
}

const NAMES = ['usd', 'turns', 'minutes'] as const;

type Given = { readonly [Name in keyof WorkLimits]?: number | undefined };

/** Of each limit the smaller one. Pure. */
export function tighterLimits(...all: readonly (Given | undefined)[]): WorkLimits {
  return Object.fromEntries(
    NAMES.flatMap(name => {
      const given = all.flatMap(limits => limits?.[name] ?? []);
      return given.length === 0 ? [] : [[name, Math.min(...given)]];
    }),
  );
}
