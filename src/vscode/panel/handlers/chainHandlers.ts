import type { Handlers } from '../messageHandler.ts';

/** What a person does with chains in the panel. */
export const chainHandlers: Handlers<'openChain' | 'chainAction' | 'rerunStep' | 'openStepOutput'> = {
  openChain: ({ chainId, stepId }, { connection }) => connection.openChain(chainId, stepId),
  chainAction: async ({ chainId, action }, { actions }) => {
    const started = await actions.chainAction(chainId, action);
    return started === undefined ? undefined : { chainId: started };
  },
  rerunStep: ({ chainId, stepId }, { actions }) => actions.rerunStep(chainId, stepId),
  openStepOutput: ({ chainId, stepId }, { actions }) => actions.openStepOutput(chainId, stepId),
};
