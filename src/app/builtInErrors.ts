import { PanelError } from '../base/panelError.ts';

export type BuiltInErrorReason = 'godModeHidden' | 'notConfirmed' | 'serenaMissing';

/** What keeps a built-in command from starting. */
export class BuiltInError extends PanelError<BuiltInErrorReason> {
  readonly family = 'builtIn';
}

export function godModeHidden(): BuiltInError {
  return new BuiltInError('godModeHidden', {
    message: 'God mode is switched off.',
    detail: 'In it Claude works without asking, so it has to be revealed by your own settings first.',
    remedy:
      'Turn on "claudePanel.revealGodMode" in your user settings; on the command line set CLAUDE_PANEL_REVEAL=godMode.',
  });
}

export function notConfirmed(): BuiltInError {
  return new BuiltInError('notConfirmed', {
    message: 'God mode was not started: nobody has confirmed what it grants.',
    detail: 'What was shown is not what would be granted now, or nothing was shown.',
    remedy: 'Run the command god-mode, and confirm it when it asks.',
  });
}

export function serenaMissing(): BuiltInError {
  return new BuiltInError('serenaMissing', {
    message: 'Serena is not installed.',
    detail: 'Neither "serena" nor "uvx", which can fetch it, is on the PATH.',
    remedy:
      'Install uv (https://docs.astral.sh/uv/getting-started/installation/) and then Serena with: uv tool install --from git+https://github.com/oraios/serena serena-agent. Start VS Code anew, so that it sees the new PATH.',
  });
}
