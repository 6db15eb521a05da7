import type { CommandPlaces } from '../app/commandSources.ts';
import { packageFolder } from '../app/packageFolder.ts';
import { panelHome } from '../app/panelHome.ts';
import type { CommandContext } from './commandContext.ts';
import type { GivenArguments } from './givenArguments.ts';
import { chosenWorkspace } from './panelSession.ts';

/** Where the commands that this command line can see come from. */
export function commandPlaces(context: CommandContext, given: GivenArguments): CommandPlaces {
  return {
    folder: chosenWorkspace(context, given),
    home: panelHome(context.environment),
    builtIn: packageFolder(),
  };
}
