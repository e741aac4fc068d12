import { expect, test } from 'vitest';
import { createMailer, MailRefused } from '../../src/platform/mail/mailer.ts';

/** Nobody listens there: what is tried fails in another way. */
const mailer = createMailer('smtp://127.0.0.1:9', 'Rally <rally@rally.example>');
const send = (to: string) =>
  mailer.send({ id: 'one', to, subject: 'News', text: 'News' }).catch((error: unknown) => error);

test.each(['a@load.invalid', 'a@invalid', 'a@Deep.Below.INVALID'])(
  'nothing is sent to %s, and never will be',
  async (to) => {
    expect(await send(to)).toBeInstanceOf(MailRefused);
  },
);

test.each(['a@invalid.example', 'a@notinvalid', 'invalid@rally.example'])('%s is tried', async (to) => {
  const error = await send(to);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(MailRefused);
});
