import { invalidField } from '../../../kernel/errors.ts';

/** The address that is asked for, and the origins that the operator allows. */
interface Asked {
  /** A path on this server, or an address. */
  returnTo: string;
  bookingId: string;
  /** Of this server, without a slash at its end. */
  publicUrl: string;
  /** Origins beside that of this server. */
  returnOrigins: readonly string[];
}

/**
 * The address to which a payer is sent back, with the booking's id in `bookingId`. A payer trusts where they are sent from here,
 * so that it leads nowhere but to this server and to whom its operator named.
 * @throws INVALID_INPUT naming `returnTo`
 */
export const returnUrlOf = ({ returnTo, bookingId, publicUrl, returnOrigins }: Asked): string => {
  const own = new URL(publicUrl).origin;
  // Browsers take `//host` and `/\\host` for another server, and leave tabs and line breaks out.
  const isPath = /^\/(?![/\\])/.test(returnTo);
  if (/[\s\p{Cc}\\]/u.test(returnTo) || !(isPath || /^https?:\/\//i.test(returnTo)) || !URL.canParse(returnTo, own)) {
    throw invalidField(
      'returnTo',
      'must be a path on this server, such as /app/tickets, or an address that begins with https://',
    );
  }
  const url = new URL(returnTo, own);
  if (url.username !== '' || url.password !== '') throw invalidField('returnTo', 'may not name a user or a password');
  if (url.origin !== own && !returnOrigins.includes(url.origin)) {
    throw invalidField('returnTo', 'leads to another server that the operator of this one has not allowed');
  }
  url.searchParams.set('bookingId', bookingId);
  return url.href;
};
