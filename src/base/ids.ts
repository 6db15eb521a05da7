declare const crypto: { randomUUID(): string; getRandomValues(bytes: Uint8Array): Uint8Array };

export type NewId = () => string;

/** A random UUID, as Claude Code wants for sessions and user messages. */
export const newUuid: NewId = () => crypto.randomUUID();

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A short id that a person can type: eight characters of Crockford's base 32, about 10^12 values. */
export const newShortId: NewId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, byte => ALPHABET[byte & 31]).join('');
};
