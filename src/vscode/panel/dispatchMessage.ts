import * as z from 'zod';
import { toFailure } from '../../base/panelError.ts';
import { type ToExtension, toExtensionSchema } from '../../protocol/toExtension.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';
import { notUnderstood } from '../workspace/surfaceErrors.ts';
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

type Reply = Extract<ToWebview, { type: 'reply' }>;

const requestSchema = z.object({ requestId: z.string().min(1).max(200) });

/** The reply to a request that does not fit the protocol at this path; none when nobody waits for one. */
function refuse(message: unknown, path: readonly PropertyKey[]): Reply | undefined {
  const request = requestSchema.safeParse(message);
  return request.success
    ? {
        type: 'reply',
        requestId: request.data.requestId,
        failure: toFailure(notUnderstood(path.length === 0 ? 'the whole message' : path.map(String).join('.'))),
      }
    : undefined;
}

/** Handles whatever a view sent, and gives the reply when it is a request. */
export async function dispatchMessage(data: unknown, context: HandlerContext): Promise<Reply | undefined> {
  const parsed = toExtensionSchema.safeParse(data);
  if (!parsed.success) {
    context.connection.note(`A message of the view was not understood: ${parsed.error.message}`);
    return refuse(data, parsed.error.issues[0]?.path ?? []);
  }
  const message = parsed.data;
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
