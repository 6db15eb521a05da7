import { describe, expect, it } from 'vitest';
import { cleanEnvironment, withFoldersOnPath } from '../../../../src/core/claude/claudeEnvironment.ts';

describe('cleanEnvironment', () => {
  it('keeps what the user has set up for Claude Code', () => {
    const own = {
      ANTHROPIC_API_KEY: 'k',
      ANTHROPIC_BASE_URL: 'https://gateway',
      CLAUDE_CONFIG_DIR: '/c',
      CLAUDE_CODE_USE_BEDROCK: '1',
      CLAUDE_CODE_OAUTH_TOKEN: 't',
      CLAUDE_CODE_MAX_RETRIES: '2',
      HTTPS_PROXY: 'http://p',
      NODE_EXTRA_CA_CERTS: '/ca.pem',
      AWS_PROFILE: 'dev',
      PATH: '/bin',
      npm_config_registry: 'https://mirror',
    };
    expect(cleanEnvironment(own, 'linux')).toEqual(own);
  });

  it('drops what belongs to an outer session', () => {
    const outer = {
      CLAUDECODE: '1',
      CLAUDE_CODE_ENTRYPOINT: 'cli',
      CLAUDE_CODE_SSE_PORT: '1',
      CLAUDE_CODE_SESSION_ID: 's',
      CLAUDE_PID: '1',
      CLAUDE_PROJECT_DIR: '/p',
      CLAUDE_PANEL_TASK_ID: 't',
    };
    expect(cleanEnvironment(outer, 'linux')).toEqual({});
  });

  it('drops what belongs to the editor, and what would change other programs', () => {
    const editor = {
      VSCODE_PID: '1',
      VSCODE_IPC_HOOK: 's',
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: '--inspect',
      NODE_CHANNEL_FD: '3',
      CHROME_DESKTOP: 'code.desktop',
      UNSET: undefined,
    };
    expect(cleanEnvironment(editor, 'linux')).toEqual({});
  });

  it('drops the askpass programs of the editor, and keeps those of the user', () => {
    const users = { GIT_ASKPASS: '/usr/bin/askpass' };
    expect(cleanEnvironment(users, 'linux')).toEqual(users);
    expect(cleanEnvironment({ ...users, VSCODE_GIT_ASKPASS_MAIN: 'm' }, 'linux')).toEqual({});
  });

  it('does not care for the case of names on Windows, and does elsewhere', () => {
    expect(cleanEnvironment({ NodE_Options: 'x', Path: 'p' }, 'win32')).toEqual({ Path: 'p' });
    expect(cleanEnvironment({ node_options: 'x' }, 'linux')).toEqual({ node_options: 'x' });
  });
});

describe('withFoldersOnPath', () => {
  it('adds at the end what is missing', () => {
    expect(withFoldersOnPath({ PATH: '/a:/b' }, ['/b', '/c'], 'linux')).toEqual({ PATH: '/a:/b:/c' });
    expect(withFoldersOnPath({}, ['/c'], 'darwin')).toEqual({ PATH: '/c' });
    expect(withFoldersOnPath({ Path: 'C:\\a' }, ['C:\\b'], 'win32')).toEqual({ Path: 'C:\\a;C:\\b' });
  });
});
