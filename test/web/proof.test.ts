import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { PROOF_PERIOD_SECONDS, proofAt as proofOfServer } from '../../src/domains/events/ticket/proof.rules.ts';
import { proofAt } from '../../web/src/guest/tickets/proof.ts';

test('the page reckons the digits that the door expects', async () => {
  for (let run = 0; run < 200; run += 1) {
    const secret = randomBytes(20);
    const atMs = Date.UTC(2026, 0, 1) + run * 7_919_000;
    const source = { secret: secret.toString('base64'), periodSeconds: PROOF_PERIOD_SECONDS };
    expect(await proofAt(source, atMs)).toBe(proofOfServer(secret, atMs));
  }
});
