/** Content of the workspace that a person approved once: for exactly this content, never for a later edit of it. */
export interface Grant {
  /** Digest of the whole content; another content has another one. */
  readonly fingerprint: string;
  /** What kind of content, such as `mcpServers`. */
  readonly kind: string;
  readonly headline: string;
  /** Which file or folder it stands in, relative to the workspace. */
  readonly scopePath?: string;
  /** Who approved it, as text. */
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface GrantStore {
  isGranted(fingerprint: string): boolean;
  /** Granting the same content again changes nothing. */
  grant(grant: Grant): void;
  /** Newest first. */
  list(): readonly Grant[];
  revoke(fingerprint: string): void;
}
