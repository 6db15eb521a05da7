import { css, html, type TemplateResult } from 'lit';

/** The part of VS Code's icon font that the panel uses: name → character. */
const CHARACTERS = {
  add: '\uea60',
  agent: '\uec67',
  archive: '\uea98',
  'arrow-down': '\uea9a',
  beaker: '\uea79',
  check: '\ueab2',
  checklist: '\ueab3',
  'chevron-down': '\ueab4',
  'chevron-left': '\ueab5',
  'chevron-right': '\ueab6',
  'chevron-up': '\ueab7',
  circle: '\ueabc',
  'circle-filled': '\uea71',
  'circle-slash': '\ueabd',
  clock: '\uec75',
  close: '\uea76',
  comment: '\uea6b',
  copy: '\uebcc',
  diff: '\ueae1',
  discard: '\ueae2',
  edit: '\uea73',
  ellipsis: '\uea7c',
  error: '\uea87',
  eye: '\uea70',
  file: '\uea7b',
  folder: '\uea83',
  fork: '\uea63',
  globe: '\ueb01',
  info: '\uea74',
  keyboard: '\uea65',
  link: '\ueb14',
  'list-tree': '\ueb86',
  /** Drawn as a ring, which also tells standing still that something goes on. */
  loading: '',
  lock: '\uea75',
  mcp: '\uec47',
  'new-file': '\uea7f',
  pass: '\ueba4',
  pause: '\uead1',
  play: '\ueb2c',
  plug: '\ueb2d',
  question: '\ueb32',
  redo: '\uebb0',
  refresh: '\ueb37',
  reply: '\uea7d',
  rerun: '\uebc0',
  search: '\uea6d',
  send: '\uec0f',
  settings: '\ueb52',
  shield: '\ueb53',
  stop: '\uead7',
  terminal: '\uea85',
  tools: '\ueb6d',
  trash: '\uea81',
  unarchive: '\uea7d',
  untrusted: '\uebc2',
  warning: '\uea6c',
} as const;

export type IconName = keyof typeof CHARACTERS;

/** Drawn for the eye only; what it means is said in words beside it or in the name of its button. */
export function icon(name: IconName, classes = ''): TemplateResult {
  return html`<span class="icon ${name === 'loading' ? 'ring' : ''} ${classes}" aria-hidden="true">${CHARACTERS[name]}</span>`;
}

export const iconStyles = css`
  .icon {
    font: normal 16px / 16px codicon;
    display: inline-block;
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    text-align: center;
    user-select: none;
    -webkit-font-smoothing: antialiased;
  }
  .icon.small {
    font-size: 14px;
    line-height: 14px;
    inline-size: 14px;
    block-size: 14px;
  }
  .icon.ring::before {
    content: '';
    display: block;
    box-sizing: border-box;
    margin: 2px;
    inline-size: 12px;
    block-size: 12px;
    border: 1.5px solid color-mix(in srgb, currentColor 30%, transparent);
    border-block-start-color: currentColor;
    border-inline-end-color: currentColor;
    border-radius: 50%;
  }
  .icon.ring.small::before {
    margin: 1.5px;
    inline-size: 11px;
    block-size: 11px;
  }
  .icon.spin {
    animation: icon-spin 1.4s linear infinite;
  }
  @keyframes icon-spin {
    to {
      rotate: 360deg;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .icon.spin {
      animation: none;
    }
  }
`;
