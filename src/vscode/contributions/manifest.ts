import { WORKSPACE_COMMANDS } from '../../core/catalog/commandNames.ts';
import { PROFILES_FILE } from '../../core/profiles/profilesFile.ts';
import { COMMAND_NAMES, COMMANDS, type CommandContribution, commandId } from './commands.ts';
import { KEYBINDINGS } from './keybindings.ts';
import { MENUS } from './menus.ts';
import { RESTRICTED_SETTINGS, SETTING_NAMES, SETTINGS, type SettingContribution } from './settings.ts';
import {
  COMMANDS_VIEW_ID,
  CONTAINER_ID,
  DATA_FILE,
  EDIT_SCHEME,
  REVIEW_VIEW_ID,
  TASK_TYPE,
  TASKS_VIEW_ID,
  VIEW_SCHEME,
} from './views.ts';
import { WALKTHROUGH, WALKTHROUGH_ID } from './walkthrough.ts';

/** The parts of `package.json` that are made from the typed source, and `package.nls.json`. */
export interface Manifest {
  readonly packageJson: Readonly<Record<string, unknown>>;
  /** Key → English text. */
  readonly texts: Readonly<Record<string, string>>;
}

type Text = (key: string, english: string) => string;

export function buildManifest(): Manifest {
  const texts: Record<string, string> = {};
  const text: Text = (key, english) => {
    if (key in texts) {
      throw new Error(`The text ${key} is there twice.`);
    }
    texts[key] = english;
    return `%${key}%`;
  };
  return {
    packageJson: {
      main: './dist/extension.mjs',
      icon: 'media/icon.png',
      l10n: './l10n',
      categories: ['AI', 'Chat', 'Other'],
      extensionKind: ['workspace'],
      engines: { vscode: '^1.101.0' },
      activationEvents: [
        `workspaceContains:${DATA_FILE}`,
        `workspaceContains:${WORKSPACE_COMMANDS}/*.yaml`,
        `onFileSystem:${EDIT_SCHEME}`,
        `onFileSystem:${VIEW_SCHEME}`,
        `onTaskType:${TASK_TYPE}`,
        'onUri',
      ],
      capabilities: capabilities(text),
      contributes: {
        commands: COMMAND_NAMES.map(name => command(name, COMMANDS[name], text)),
        configuration: configuration(text),
        keybindings: KEYBINDINGS.map(binding => ({ ...binding, command: commandId(binding.command) })),
        menus: { ...menus(), commandPalette: palette() },
        viewsContainers: {
          activitybar: [{ id: CONTAINER_ID, title: text('container', 'Claude'), icon: 'media/icon.svg' }],
        },
        views: {
          [CONTAINER_ID]: [
            {
              id: TASKS_VIEW_ID,
              type: 'webview',
              name: text('view.tasks', 'Tasks'),
              contextualTitle: text('view.tasks.context', 'Claude'),
              icon: 'media/icon.svg',
            },
            {
              id: REVIEW_VIEW_ID,
              name: text('view.review', 'Review'),
              contextualTitle: text('view.review.context', 'Claude'),
              icon: 'media/icon.svg',
              when: 'claudePanel.reviewing',
            },
            {
              id: COMMANDS_VIEW_ID,
              name: text('view.commands', 'Commands'),
              contextualTitle: text('view.commands.context', 'Claude'),
              icon: 'media/icon.svg',
              visibility: 'collapsed',
            },
          ],
        },
        viewsWelcome: welcome(text),
        taskDefinitions: [taskDefinition(text)],
        walkthroughs: [walkthrough(text)],
        // Read by extensions for YAML; completion and problems of commands need none of them.
        yamlValidation: [
          { fileMatch: `**/${WORKSPACE_COMMANDS}/*.yaml`, url: './schemas/command.schema.json' },
          { fileMatch: `**/${PROFILES_FILE}`, url: './schemas/profiles.schema.json' },
        ],
      },
    },
    texts,
  };
}

function command(name: (typeof COMMAND_NAMES)[number], contribution: CommandContribution, text: Text): object {
  const { title, icon, enablement } = contribution;
  return {
    command: commandId(name),
    category: 'Claude',
    title: text(`command.${name}`, title),
    ...(icon === undefined ? {} : { icon }),
    ...(enablement === undefined ? {} : { enablement }),
  };
}

function palette(): readonly object[] {
  return COMMAND_NAMES.flatMap(name => {
    const { palette: when }: CommandContribution = COMMANDS[name];
    return when === undefined ? [] : [{ command: commandId(name), when: when === false ? 'false' : when }];
  });
}

function menus(): Readonly<Record<string, readonly object[]>> {
  return Object.fromEntries(
    Object.entries(MENUS).map(([place, items]) => [
      place,
      items.map(({ command: name, when, group }) => ({ command: commandId(name), when, group })),
    ]),
  );
}

function configuration(text: Text): object {
  const properties = SETTING_NAMES.map((name, order) => [
    `claudePanel.${name}`,
    { order, ...setting(name, SETTINGS[name], text) },
  ]);
  return { title: text('settings', 'Control Panel for Claude Code'), properties: Object.fromEntries(properties) };
}

function setting(name: string, contribution: SettingContribution, text: Text): object {
  const { scope, description } = contribution;
  const common = { scope, markdownDescription: text(`setting.${name}`, description), default: contribution.default };
  switch (contribution.type) {
    case 'choice': {
      const { choices } = contribution;
      return {
        ...common,
        type: 'string',
        enum: Object.keys(choices),
        enumDescriptions: Object.entries(choices).map(([choice, about]) => text(`setting.${name}.${choice}`, about)),
      };
    }
    case 'integer':
      return { ...common, type: 'integer', minimum: contribution.minimum, maximum: contribution.maximum };
    case 'string':
    case 'boolean':
      return { ...common, type: contribution.type };
  }
}

function capabilities(text: Text): object {
  return {
    virtualWorkspaces: {
      supported: false,
      description: text('capability.virtual', 'Claude Code works on files of a real file system.'),
    },
    untrustedWorkspaces: {
      supported: 'limited',
      description: text(
        'capability.untrusted',
        'Nothing is started in a folder that you do not trust: no Claude Code, no MCP server, no command.',
      ),
      restrictedConfigurations: RESTRICTED_SETTINGS.map(name => `claudePanel.${name}`),
    },
  };
}

/** Shown while the tree of commands is empty. */
function welcome(text: Text): readonly object[] {
  return [
    {
      view: COMMANDS_VIEW_ID,
      contents: text(
        'welcome.noFolder',
        'Open a folder to see its commands.\n[Open Folder](command:vscode.openFolder)',
      ),
      when: 'workbenchState == empty',
    },
    {
      view: COMMANDS_VIEW_ID,
      contents: text(
        'welcome.untrusted',
        'This folder is not trusted, so no command of it is read or run.\n[Manage Workspace Trust](command:workbench.trust.manage)',
      ),
      when: 'workbenchState != empty && !isWorkspaceTrusted',
    },
    {
      view: COMMANDS_VIEW_ID,
      contents: text(
        'welcome.commands',
        `A command is a prompt or a chain of steps that you run by its name.\n[New Command…](command:${commandId('newCommand')})`,
      ),
      when: 'workbenchState != empty && isWorkspaceTrusted',
    },
  ];
}

function taskDefinition(text: Text): object {
  return {
    type: TASK_TYPE,
    properties: {
      command: {
        type: 'string',
        description: text('task.command', 'The command to run, such as daily-standup or project:release-notes.'),
      },
      inputs: { type: 'object', description: text('task.inputs', 'Values of its inputs, by name.') },
      prompt: { type: 'string', description: text('task.prompt', 'What Claude should do, in place of a command.') },
      profile: { type: 'string', description: text('task.profile', 'The profile of the prompt.') },
    },
  };
}

function walkthrough(text: Text): object {
  const { title, description, steps } = WALKTHROUGH;
  return {
    id: WALKTHROUGH_ID,
    title: text('walkthrough', title),
    description: text('walkthrough.description', description),
    steps: steps.map(step => ({
      id: step.id,
      title: text(`walkthrough.${step.id}`, step.title),
      description: text(`walkthrough.${step.id}.description`, step.description),
      media: {
        svg: `media/walkthrough/${step.picture}`,
        altText: text(`walkthrough.${step.id}.picture`, step.pictureText),
      },
      completionEvents: step.completionEvents,
    })),
  };
}
