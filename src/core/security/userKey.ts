import { createHmac } from 'node:crypto';

/** The secret of one user on one machine: only programs of this user can sign, so what is signed was written by one of them. */
export interface UserKey {
  /** HMAC-SHA256 of the text, as hexadecimal text. The text begins with what the signature is for. */
  sign(text: string): string;
}

export function userKeyFrom(secret: Uint8Array): UserKey {
  return { sign: text => createHmac('sha256', secret).update(text).digest('hex') };
}
