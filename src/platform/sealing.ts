import { createHash, createHmac } from 'node:crypto';
import { decrypt, encrypt } from './aes-gcm.ts';
import { type PlatformKey, readKeyring } from './keyring.ts';

/** What the platform itself encrypts, with ENCRYPTION_KEY. People's data have keys of their own: `subject-keys/`. */
export interface Sealing {
  /** Id of the key that seals; it stands before the dot of whatever `seal` returns. */
  keyId: string;
  /**
   * Encrypts text with AES-256-GCM under a fresh nonce.
   * @param context where the text belongs, `webhooks.secret/{id}`; it opens nowhere else
   */
  seal: (plain: string, context?: string) => string;
  /** @throws Error when it was sealed with a key that is not known or for another place, or was changed */
  open: (sealed: string, context?: string) => string;
  /** HMAC-SHA-256, hex: compares values without keeping them. */
  digest: (value: string) => string;
  /** Whether `digest`, with any known key, made this of the value: what was kept before a change of keys is recognised. */
  isDigestOf: (digest: string, value: string) => boolean;
}

/** @param keys ENCRYPTION_KEY, the newest key first. @throws Error when it is not usable */
export const createSealing = (keys: string): Sealing => {
  const ring = readKeyring(keys);
  const [newest] = ring;
  const digestBy = ({ key }: PlatformKey, value: string) => createHmac('sha256', key).update(value).digest('hex');
  return {
    keyId: newest.id,
    seal: (plain, context = '') => `${newest.id}.${encrypt(newest.key, plain, context).toString('base64')}`,
    open: (sealed, context = '') => {
      const dot = sealed.indexOf('.');
      const known = ring.find(({ id }) => id === sealed.slice(0, dot));
      if (!known) throw new Error('this was sealed with a key that ENCRYPTION_KEY does not hold');
      return decrypt(known.key, Buffer.from(sealed.slice(dot + 1), 'base64'), context).toString('utf8');
    },
    digest: (value) => digestBy(newest, value),
    isDigestOf: (digest, value) => ring.some((key) => digestBy(key, value) === digest),
  };
};

/** SHA-256, hex; for tokens that are random enough to need no slow hash. */
export const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');
