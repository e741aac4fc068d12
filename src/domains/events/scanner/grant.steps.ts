import { DEVICE_ROLE } from '../../../kernel/actor.ts';
import type { Tokens } from '../../../platform/tokens.ts';
import { presentScanner } from './present.ts';
import type { ScannerRow } from './scanner.reads.ts';

/** An access token for a device, and the device. */
export const grantScanner = async (tokens: Pick<Tokens, 'issue'>, row: ScannerRow) => {
  const { token, expiresAt } = await tokens.issue({
    userId: row.id,
    sessionId: row.sessionId ?? row.id,
    role: DEVICE_ROLE,
  });
  return { scanner: presentScanner(row), accessToken: token, expiresAt: expiresAt.toISOString() };
};
