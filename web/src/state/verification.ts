import { signal } from '@preact/signals';
import type { Output } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';

/** The code that was sent to prove the own address; null while this page knows of none. */
export const codeSent = signal<Output<'verification.start'> | null>(null);

/** Has a new code sent; earlier ones end. @throws RallyError */
export const sendCode = async (): Promise<void> => {
  codeSent.value = await client.call('verification.start', { kind: 'EMAIL' });
};

/** @throws RallyError */
export const confirmCode = async (code: string): Promise<void> => {
  if (!codeSent.value) return;
  const { verificationId } = codeSent.value;
  await client.call('verification.confirm', { verificationId, code });
  codeSent.value = null;
};
