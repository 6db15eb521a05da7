import * as z from 'zod';
import type { todoSchema } from '../../protocol/taskView.ts';

export type Todo = z.infer<typeof todoSchema>;

const inputSchema = z.object({
  todos: z.array(z.object({ content: z.string(), status: z.enum(['pending', 'in_progress', 'completed']) })),
});

/** The steps in the input of a TodoWrite call; nothing when it has another shape. */
export function readTodoInput(input: string): Todo[] | undefined {
  try {
    const read = inputSchema.safeParse(JSON.parse(input));
    return read.success
      ? read.data.todos.map(({ content, status }) => ({
          content,
          status: status === 'in_progress' ? 'inProgress' : status,
        }))
      : undefined;
  } catch {
    return undefined;
  }
}
