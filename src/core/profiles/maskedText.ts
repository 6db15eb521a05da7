import type { JsonObject, JsonValue } from '../../base/json.ts';
import { MASK } from '../security/maskedOutput.ts';

/** Values of these are hidden, wherever they stand. */
const SECRET_HOLDERS = new Set(['env', 'headers']);
/** Variables that make a program load or run something: hiding them would hide what is approved. */
const SHOWN_VARIABLE =
  /^(?:PATH|HOME|SHELL|ENV|BASH_ENV|PROMPT_COMMAND|EDITOR|VISUAL|PAGER|NODE_ENV|NODE_PATH|CLASSPATH|GIT_\w*|LD_\w+|DYLD_\w+|\w*_OPTIONS|\w*_OPTS|\w*OPT|PYTHON\w+|PERL5\w*|RUBYLIB|CLAUDE_CODE_USE_\w+|ANTHROPIC_MODEL|LANG|LC_\w+|TZ|PORT|DEBUG)$/i;
const HARMLESS_VALUE = /^(?:true|false|yes|no|on|off|\d{1,5})?$/i;

/** A variable or header as it may be shown: what refers to a variable stays, an address keeps its host, a secret goes. */
export function maskedValue(name: string, value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (SHOWN_VARIABLE.test(name) || HARMLESS_VALUE.test(text)) {
    return text;
  }
  const address = maskedAddress(text);
  if (address !== undefined) {
    return address;
  }
  const references = [...text.matchAll(/\$\{([A-Za-z_]\w*)(:-[^}]*)?\}/g)].map(
    ([, variable, fallback]) => `\${${variable}${fallback === undefined ? '' : `:-${MASK}`}}`,
  );
  const isReferenceOnly = text.replace(/\$\{[A-Za-z_]\w*(?::-[^}]*)?\}/g, '').trim() === '';
  return references.length === 0 ? MASK : `${references.join(' ')}${isReferenceOnly ? '' : ` ${MASK}`}`;
}

/** What is after the last `@` of an address, or what is before a slash of a password. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/** An http address without user, password, query and path; nothing when the text is none. */
function maskedAddress(text: string): string | undefined {
  const parts = /^(https?|wss?|socks5h?):\/\/([^/?#\s]*)([^\s]*)$/i.exec(text);
  if (parts === null) {
    return undefined;
  }
  const [, scheme, authority = '', rest = ''] = parts;
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  if (!HOST.test(host) || rest.includes('@')) {
    return undefined;
  }
  const user = authority.includes('@') ? `${MASK}@` : '';
  return `${scheme}://${user}${host}${rest === '' || rest === '/' ? rest : `/${MASK}`}`;
}

/** The address of a server: its path is shown, what may hold a secret is not. */
export function shownUrl(url: string): string {
  const [beforeFragment = ''] = url.split('#');
  const [beforeQuery = '', query] = beforeFragment.split('?');
  const open = beforeQuery.replace(/^([a-z]+:\/\/)[^/]*@/i, `$1${MASK}@`);
  return query === undefined ? open : `${open}?${MASK}`;
}

/** The same data with every secret hidden: values under `env` and `headers`, and parts of `url`. */
export function masked(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(masked);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inside]) => {
      if (SECRET_HOLDERS.has(key) && isObject(inside)) {
        return [
          key,
          Object.fromEntries(Object.entries(inside).map(([name, secret]) => [name, maskedValue(name, secret)])),
        ];
      }
      return [key, key === 'url' && typeof inside === 'string' ? shownUrl(inside) : masked(inside)];
    }),
  );
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
