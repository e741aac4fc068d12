import { isIP } from 'node:net';
import { isPublicAddress } from './public-addresses.ts';

/**
 * Why an endpoint is never called, as the end of a sentence; null when it may be. What a name resolves to is looked at when
 * the connection is made.
 * @param testOrigin the one origin that is exempt
 */
export const objectionTo = (endpoint: string, testOrigin: string | undefined): string | null => {
  if (!URL.canParse(endpoint)) return 'is not a URL';
  const url = new URL(endpoint);
  if (url.username !== '' || url.password !== '') return 'must not hold a name or a password';
  if (url.origin === testOrigin) return null;
  if (url.protocol !== 'https:') return 'must be https';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && !isPublicAddress(host) ? 'is not on a public host' : null;
};
