import { http } from '../../support/people.ts';
import { until } from '../../support/until.ts';
import type { Stage } from './stage.ts';

const TAKEN_WITHIN_MS = 60_000;

/** A provider whose webhooks come late, in any order, several times or never, and which does not always answer. */
export const TROUBLE = {
  delayMs: 20,
  shuffleMs: 1_500,
  copies: 3,
  losePercent: 20,
  silentPercent: 5,
  feeBasisPoints: 175,
};

export const CALM = { ...TROUBLE, delayMs: 0, shuffleMs: 0, copies: 1, losePercent: 0, silentPercent: 0 };

/** Makes the sandbox behave, asking again as long as the servers only say to. @throws Error when nobody takes it */
export const setSwitches = async (stage: Stage, switches: object): Promise<void> => {
  const token = await stage.tokenOf(stage.buyers[0] ?? '', 'ADMIN');
  const url = `${stage.cluster.nodes[0]?.url}/v1/sandbox/switches`;
  const answer = await until(
    async () => {
      const given = await http(url, { method: 'PUT', token, body: switches }).catch(() => null);
      return given === null || given.body.retryable === true ? null : given;
    },
    { withinMs: TAKEN_WITHIN_MS, what: 'an answer about the switches' },
  );
  if (answer.status !== 200) throw new Error(`the switches were answered ${answer.status}`);
};
