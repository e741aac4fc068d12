import { createTransport } from 'nodemailer';

/** A letter. */
export interface Letter {
  /** Stays the same over retries, so that a mail server or a mailbox can tell a repeat: the local part of Message-ID. */
  id: string;
  to: string;
  subject: string;
  text: string;
}

/** Sends mail. */
export interface Mailer {
  /** @throws MailRefused when a repeat cannot help, another Error when it may */
  send: (letter: Letter) => Promise<void>;
}

/** The server will never take this letter: the address does not exist, or the letter is not acceptable. */
export class MailRefused extends Error {}

/** No mail server will ever be there, RFC 2606 section 2: test accounts have such addresses. */
const NOWHERE = /@(.*\.)?invalid$/i;

const TIMEOUTS = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 15_000 };
/** Letters on their way at once. */
const CONNECTIONS = 5;

/**
 * @param url smtp://user:password@host:port, or smtps://
 * @param from the sender every letter names
 */
export const createMailer = (url: string, from: string): Mailer => {
  const transport = createTransport({ url, pool: true, maxConnections: CONNECTIONS, ...TIMEOUTS });
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '');
  return {
    send: async ({ id, ...letter }) => {
      if (NOWHERE.test(letter.to)) throw new MailRefused(`${letter.to} is no address that mail could reach`);
      try {
        await transport.sendMail({ ...letter, from, messageId: `<${id}@${domain}>` });
      } catch (error) {
        throw isFinal(error) ? new MailRefused(String(error), { cause: error }) : error;
      }
    },
  };
};

/** 5xx answers are final, RFC 5321 section 4.2.1. */
const isFinal = (error: unknown): boolean => {
  const code = (error as { responseCode?: unknown }).responseCode;
  return typeof code === 'number' && code >= 500;
};
