import * as z from 'zod';

const profileOptionSchema = z.object({
  name: z.string(),
  source: z.enum(['built in', 'workspace']),
  description: z.string(),
  /** What it grants, line by line: model, permission mode, tools, MCP servers with their commands, limits. */
  grants: z.array(z.string()),
  mcpServers: z.array(z.string()),
  /** Why it cannot be used now, such as an error in its file. */
  problem: z.string().optional(),
  needsApproval: z.boolean(),
});
export type ProfileOption = z.infer<typeof profileOptionSchema>;

const healthItemSchema = z.object({
  id: z.string(),
  level: z.enum(['ok', 'warning', 'error']),
  text: z.string(),
  remedy: z.string().optional(),
  /** A command of the extension that mends it. */
  command: z.object({ id: z.string(), title: z.string() }).optional(),
});
export type HealthItem = z.infer<typeof healthItemSchema>;

export const panelFactsSchema = z.object({
  /** No process starts in a folder that is not trusted; the panel says so. */
  trusted: z.boolean(),
  hasFolder: z.boolean(),
  rehearsal: z.boolean(),
  profiles: z.array(profileOptionSchema),
  selectedProfile: z.string(),
  folders: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      /** Its own profiles, when there are several folders; those above are of the first one. */
      profiles: z.array(profileOptionSchema).optional(),
      selectedProfile: z.string().optional(),
    }),
  ),
  health: z.array(healthItemSchema),
  todayUsd: z.number(),
  /** The newest tasks are sent with the snapshot; older ones are fetched on request. */
  olderTasks: z.number(),
});
export type PanelFacts = z.infer<typeof panelFactsSchema>;
