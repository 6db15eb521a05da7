import { toFailure } from '../../base/panelError.ts';
import type { ToExtension } from '../../protocol/toExtension.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';
import { approvalHandlers } from './handlers/approvalHandlers.ts';
import { chainHandlers } from './handlers/chainHandlers.ts';
import { documentHandlers } from './handlers/documentHandlers.ts';
import { taskHandlers } from './handlers/taskHandlers.ts';
import { viewHandlers } from './handlers/viewHandlers.ts';
import type { Handler, HandlerContext, Handlers } from './messageHandler.ts';

const HANDLERS: Handlers<ToExtension['type']> = {
  ...viewHandlers,
  ...taskHandlers,
  ...chainHandlers,
  ...approvalHandlers,
  ...documentHandlers,
};

/** Handles one message of a view, and gives the reply when it is a request. */
export async function dispatchMessage(
  message: ToExtension,
  context: HandlerContext,
): Promise<Extract<ToWebview, { type: 'reply' }> | undefined> {
  const handler = HANDLERS[message.type] as Handler<ToExtension['type']>;
  const requestId = 'requestId' in message ? message.requestId : undefined;
  try {
    const result = await handler(message, context);
    return requestId === undefined
      ? undefined
      : {
          type: 'reply',
          requestId,
          ...(result?.taskId === undefined ? {} : { taskId: result.taskId }),
          ...(result?.chainId === undefined ? {} : { chainId: result.chainId }),
        };
  } catch (error) {
    const failure = toFailure(error);
    context.connection.note(`${message.type}: ${failure.message}${failure.detail ? ` ${failure.detail}` : ''}`);
    return requestId === undefined ? undefined : { type: 'reply', requestId, failure };
  }
}
