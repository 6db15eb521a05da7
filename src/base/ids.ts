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

let lastTime = 0;
let lastCount = 0;

/**
 * A UUID that sorts by the time it was made (version 7, RFC 9562), counting up within a millisecond.
 * In an index such ids land side by side: a batch of events then writes a few pages of the file, not one for each.
 */
export const newOrderedUuid: NewId = () => {
  const now = Date.now();
  if (now > lastTime) {
    lastTime = now;
    lastCount = 0;
  } else {
    lastCount += 1;
    if (lastCount > 0xfff) {
      lastTime += 1;
      lastCount = 0;
    }
  }
  const time = lastTime.toString(16).padStart(12, '0');
  const count = lastCount.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${crypto.randomUUID().slice(19)}`;
};
